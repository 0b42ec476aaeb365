import type { Operation, Parameters } from '../../spec/language/operation.ts'
import type { Implementation, Inputs, Outputs } from '../engine/implementation.ts'
import { type Expected, expectedOf, type SmokeCase } from './cases.ts'
import { byteSwapped, laidOut, misread, orders } from './layout.ts'

/**
 * What an adapter between the implementation and this program could do wrong to get this answer: the
 * numbers of the right answer in the wrong places, or the right answer to arguments in which the
 * numbers are in the wrong places. Each in words that are the same for every case.
 */
export function explanations(
  operation: Operation,
  { testCase, expected }: SmokeCase,
  answer: Outputs,
  implementation: Implementation,
): readonly string[] {
  const found: string[] = []
  for (const [name, want] of Object.entries(expected)) {
    if (agrees(want, answer[name]!)) continue
    found.push(...outputProblems(name, want, answer[name]!, testCase.inputs, operation))
  }
  for (const { says, inputs, parameters } of mistakes(
    operation,
    testCase.inputs,
    testCase.parameters,
  )) {
    const instead = expectedOf(operation, inputs, parameters, implementation)
    if (instead !== null && agreesAll(instead, answer)) found.push(says)
  }
  return found
}

type Answered = Outputs[string]

function* outputProblems(
  name: string,
  want: Expected,
  { shape, data }: Answered,
  inputs: Inputs,
  operation: Operation,
): Generator<string> {
  const axes = operation.outputs[name]!.axes
  const inOrder = (order: readonly number[]) => order.map((axis) => axes[axis]).join(' × ')
  if (shape.join() !== want.shape.join()) {
    for (const order of orders(want.shape.length)) {
      const turned = order.map((axis) => want.shape[axis]!)
      if (turned.join() === shape.join() && near(turn(want, order), data)) {
        yield `${name} comes as ${inOrder(order)}; expected ${axes.join(' × ')}`
      }
    }
    if (near(want, data)) yield `${name} has the right numbers, but another shape`
    return
  }
  for (const order of orders(want.shape.length)) {
    if (near(turn(want, order), data)) {
      yield `the numbers of ${name} are laid out as ${inOrder(order)}; expected ${axes.join(' × ')}, the last axis varying fastest`
    }
  }
  if (near(want, byteSwapped(data))) yield `the bytes of ${name} are in the wrong order`
  for (const [input, given] of Object.entries(inputs)) {
    const echoed = given.data.length === data.length && data.every((v, i) => v === given.data[i])
    if (echoed && data.some((value) => value !== 0)) yield `${name} is the input ${input} itself`
  }
}

function turn(want: Expected, order: readonly number[]): Pick<Expected, 'data' | 'bounds'> {
  return {
    data: laidOut(want.data, want.shape, order),
    bounds: laidOut(want.bounds, want.shape, order),
  }
}

interface Mistake {
  readonly says: string
  readonly inputs: Inputs
  readonly parameters: Parameters
}

/** What could have been understood instead of the arguments. */
function* mistakes(
  operation: Operation,
  inputs: Inputs,
  parameters: Parameters,
): Generator<Mistake> {
  const reversed = Object.fromEntries(
    Object.entries(inputs).map(([name, tensor]) => {
      const order = tensor.shape.map((_, axis) => axis).toReversed()
      return [name, misread(tensor, order)]
    }),
  )
  const fortran = 'arrays are read as if the first axis varied fastest, as in Fortran'
  yield { says: fortran, inputs: reversed, parameters }
  for (const [name, tensor] of Object.entries(inputs)) {
    const { axes } = operation.inputs[name]!
    for (const order of orders(tensor.shape.length)) {
      const read = order.map((axis) => axes[axis]).join(' × ')
      yield {
        says: `${name} is read as if it were laid out as ${read}; it comes as ${axes.join(' × ')}`,
        inputs: { ...inputs, [name]: misread(tensor, order) },
        parameters,
      }
    }
  }
  const names = Object.keys(inputs)
  for (const [i, one] of names.entries()) {
    for (const other of names.slice(i + 1)) {
      if (inputs[one]!.shape.join() !== inputs[other]!.shape.join()) continue
      const swapped = { ...inputs, [one]: inputs[other]!, [other]: inputs[one]! }
      yield { says: `${one} and ${other} are mistaken for each other`, inputs: swapped, parameters }
    }
  }
  for (const [name, value] of Object.entries(parameters)) {
    if (!Array.isArray(value) || value.length < 2) continue
    const turned = { ...parameters, [name]: value.toReversed() }
    yield { says: `${name} are read in the wrong order`, inputs, parameters: turned }
  }
}

function agreesAll(want: Readonly<Record<string, Expected>>, answer: Outputs): boolean {
  return Object.entries(want).every(([name, expected]) => agrees(expected, answer[name]!))
}

/** Whether an answer is what is expected. */
export function agrees(want: Expected, { shape, data }: Answered): boolean {
  return shape.join() === want.shape.join() && near(want, data)
}

function near({ data: want, bounds }: Pick<Expected, 'data' | 'bounds'>, data: ArrayLike<number>) {
  return (
    data.length === want.length &&
    want.every((value, i) => {
      const given = data[i]!
      return Object.is(value, given) || Math.abs(value - given) <= bounds[i]!
    })
  )
}
