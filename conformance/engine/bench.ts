import { elementwise, fromData, lift, type NumberArray } from '../../reference/arithmetic/array.ts'
import {
  type Bounded,
  type BoundedArithmetic,
  withError,
} from '../../reference/arithmetic/bounded.ts'
import { number } from '../../reference/arithmetic/number.ts'
import { ieee } from '../../reference/arithmetic/profile.ts'
import type { Operation, Parameters, Space } from '../../spec/language/operation.ts'
import type { Tensor } from '../../spec/language/tensor.ts'
import type { Case } from '../arbitraries/case.ts'
import { mapValues } from '../base/records.ts'
import { isHalf } from '../protocol/half.ts'
import type { Answers, Asking } from './answers.ts'
import { type Adjoints, adjointsOf, isAffordable, isInDoubt, mayCancel } from './deep.ts'
import { boundedBy, type Expectations } from './expectations.ts'
import { gridOf } from './grid.ts'
import type { Inputs } from './implementation.ts'
import { openOutput } from './openness.ts'
import type { Argument, Bench } from './property.ts'

type Arguments = Readonly<Record<string, Argument>>
type ArraysOf<T> = Readonly<Record<string, NumberArray<T>>>

/** The arithmetic in which laws combine answers, each of which is exactly what was answered. */
export const ours = boundedBy('float64', ieee)

/** The arrays of a question as tensors; those of the case are some already. */
function tensorsOf(inputs: Arguments, testCase: Case, { asking }: Answers): Inputs {
  return inputs === testCase.inputs
    ? testCase.inputs
    : mapValues(inputs, (argument) => toTensor(argument, asking))
}

/** What a law makes of a case is given in the format of the implementation, too. */
function toTensor(argument: Argument, { dtype, implementation: { precision } }: Asking): Tensor {
  if ('dtype' in argument) return argument
  const { shape } = argument
  if (dtype === 'float64') return { dtype, shape, data: new Float64Array(argument.data) }
  const data = new Float32Array(argument.data)
  return { dtype, shape, data: isHalf(precision) ? data.map(gridOf(precision).round) : data }
}

const asItIs = <T>(output: NumberArray<T>) => output

/** A bench on which every number is taken as exact: both sides must be equal to the bit. */
export function plainBench(
  testCase: Case,
  answers: Answers,
  expectations: Expectations,
): Bench<number, Space> {
  const { sizes, inputs, parameters } = testCase
  const exact = (argument: Argument) => lift(number, argument)
  const answer = async (operation: Operation, inputs: Arguments, parameters: Parameters) =>
    mapValues(await answers.ask(operation, tensorsOf(inputs, testCase, answers), parameters), exact)
  const expected = (operation: Operation, inputs: Arguments, parameters: Parameters) =>
    expectations.evaluate(
      number,
      operation,
      tensorsOf(inputs, testCase, answers),
      parameters,
      asItIs,
    )
  return {
    sizes,
    inputs,
    parameters,
    arithmetic: number,
    judgedBy: answers.asking.implementation,
    exact,
    array: (name: string) => exact(inputs[name]!),
    answer,
    measure: answer,
    expected,
    expectedFrom: expected,
  } as never
}

/** The bounds that the implementation of some answers is judged by. */
export function boundsOf({ asking: { implementation } }: Answers): BoundedArithmetic {
  return boundedBy(implementation.precision, implementation.profile)
}

/**
 * What the reference says, with the error that an implementation may make. Errors are carried forwards;
 * where that is in doubt and errors may cancel, by adjoints, too, and the smaller bound counts.
 *
 * Where a number on the way may overflow, nothing is said at all: code that multiplies by the zeros of a
 * padding, which the formula leaves out, makes NaN of ∞ · 0 even in elements that the number is not in.
 */
export function expectedWithin(
  bounds: BoundedArithmetic,
  expectations: Expectations,
  operation: Operation,
  inputs: Inputs,
  parameters: Parameters,
): Readonly<Record<string, NumberArray<Bounded>>> {
  const { references } = expectations
  const before = bounds.overflows()
  let overflows: number | null = null
  let adjoints: Adjoints | null | undefined
  return expectations.evaluate(bounds, operation, inputs, parameters, ({ shape, data }, name) => {
    // What overflows only after this is the sum that an element itself is.
    overflows ??= bounds.overflows() - before
    const isTried = isAffordable(data.length)
    const errorOf = (x: Bounded, i: number) => {
      if (overflows! > 0) return Number.POSITIVE_INFINITY
      const forwards = bounds.error(x)
      if (!isTried || !isInDoubt(bounds, x)) return forwards
      if (!mayCancel(operation, references)) return forwards
      if (adjoints === undefined) {
        adjoints = adjointsOf(bounds, references, operation, inputs, parameters, [forwards, x])
      }
      const smaller = adjoints?.orLess(forwards, name, i) ?? forwards
      if (smaller < forwards) expectations.byAdjoints.add(bounds)
      return smaller
    }
    return fromData(
      shape,
      data.map((x, i) => withError(bounds.toNumber(x), errorOf(x, i))),
    )
  })
}

/**
 * What the reference says of a step that begins with answers, which may have been kept with more digits.
 *
 * As where a whole question is asked, what may overflow leaves nothing to be said, of a step that begins
 * with it either: it was judged where it left the range.
 */
export function expectedAfter(
  bounds: BoundedArithmetic,
  { references }: Pick<Expectations, 'references'>,
  operation: Operation,
  {
    inputs,
    parameters,
    answered,
  }: {
    readonly inputs: Arguments
    readonly parameters: Parameters
    readonly answered: readonly string[]
  },
): ArraysOf<Bounded> {
  const arrays = mapValues(inputs, (argument, name) =>
    answered.includes(name)
      ? elementwise(lift(number, argument), bounds.returned)
      : lift(bounds, argument),
  )
  const before = bounds.overflows()
  // One step is shallow; and what is not exactly known has no place on a tape of its own.
  const outputs = references[operation.id]!(bounds, arrays, parameters)
  const isOpen =
    bounds.overflows() > before ||
    answered.some((name) => !inputs[name]!.data.every(Number.isFinite))
  const errorOf = (x: Bounded) => (isOpen ? Number.POSITIVE_INFINITY : bounds.error(x))
  return mapValues(outputs, (output) =>
    elementwise(output, (x) => withError(bounds.toNumber(x), errorOf(x))),
  )
}

/** A bench on which every number carries the error that rounding may have caused. */
export function boundedBench(
  testCase: Case,
  answers: Answers,
  expectations: Expectations,
): Bench<Bounded, Space> {
  const theirs = boundsOf(answers)
  const exact = (argument: Argument) => lift(ours, argument)

  /** Takes note of an output of which the bounds say nothing. */
  const noted = (operation: Operation, parameters: Parameters, right: ArraysOf<Bounded>) => {
    const open = openOutput(operation, parameters, right, theirs.error)
    if (open !== null) answers.open ??= `${operation.id}: ${open}`
    return right
  }
  const bounded = (operation: Operation, inputs: Inputs, parameters: Parameters) =>
    noted(
      operation,
      parameters,
      expectedWithin(theirs, expectations, operation, inputs, parameters),
    )
  const expected = (operation: Operation, inputs: Arguments, parameters: Parameters) =>
    bounded(operation, tensorsOf(inputs, testCase, answers), parameters)
  const expectedFrom = (
    operation: Operation,
    inputs: Arguments,
    parameters: Parameters,
    answered: readonly string[],
  ) => expectedAfter(theirs, expectations, operation, { inputs, parameters, answered })
  const answer = async (operation: Operation, inputs: Arguments, parameters: Parameters) =>
    mapValues(await answers.ask(operation, tensorsOf(inputs, testCase, answers), parameters), exact)
  const measure = async (operation: Operation, inputs: Arguments, parameters: Parameters) => {
    const arguments_ = tensorsOf(inputs, testCase, answers)
    const actual = await answers.ask(operation, arguments_, parameters)
    const bound = bounded(operation, arguments_, parameters)
    const measured: Record<string, NumberArray<Bounded>> = {}
    for (const output in actual) {
      const { shape, data } = actual[output]!
      const errors = bound[output]!.data
      const elements = new Array<Bounded>(data.length)
      for (let i = 0; i < data.length; i++) {
        elements[i] = withError(data[i]!, i < errors.length ? theirs.error(errors[i]!) : 0)
      }
      measured[output] = fromData(shape, elements)
    }
    return measured
  }
  const { sizes, inputs, parameters } = testCase
  const array = (name: string) => exact(inputs[name]!)
  return {
    sizes,
    inputs,
    parameters,
    arithmetic: ours,
    judgedBy: answers.asking.implementation,
    exact,
    array,
    answer,
    measure,
    expected,
    expectedFrom,
  } as never
}
