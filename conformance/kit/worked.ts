import { fromData, type NumberArray } from '../../reference/arithmetic/array.ts'
import type {
  InputsOf,
  Operation,
  Parameters,
  ParametersOf,
  Space,
} from '../../spec/language/operation.ts'
import type { Case } from '../arbitraries/case.ts'
import type { Bench, Comparison } from '../engine/property.ts'
import type { Common, Definition } from './definition.ts'
import { law } from './law.ts'
import { nothing } from './spaces.ts'

/** A number as it is printed: right is what is no farther away than `unit`. */
export interface Printed {
  readonly printed: number
  readonly unit: number
}

/**
 * `about('569e6')` is one unit of the last digit, here a million, away at most: some publications round and others cut
 * off, so that either will do. Zeros at the end are digits, too. Throws a `RangeError` for what is no decimal number.
 */
export function about(digits: string): Printed {
  const found = /^-?\d+(?:\.(\d+))?(?:e(-?\d+))?$/.exec(digits)
  if (found === null) throw new RangeError(`not a decimal number: ${digits}`)
  const [, decimals = '', exponent = '0'] = found
  return { printed: Number(digits), unit: Number(`1e${Number(exponent) - decimals.length}`) }
}

/** `rounded('0.82e9')`, of a publication that rounds: half a unit of the last digit. */
export function rounded(digits: string): Printed {
  const { printed, unit } = about(digits)
  return { printed, unit: unit / 2 }
}

/** Of what a publication gives both ends. */
export const range = (from: number, to: number): Printed => ({
  printed: (from + to) / 2,
  unit: (to - from) / 2,
})

type Elements<O extends Operation, Element> = {
  readonly [I in keyof O['outputs']]?: readonly Element[]
}
type Unless<Given, Key extends string, Value> = keyof Given extends never
  ? { readonly [K in Key]?: Value }
  : { readonly [K in Key]: Value }

/** One question, and what its answer is by hand or in a publication: outputs of interest, row by row. */
export type WorkedCase<O extends Operation> = {
  readonly says?: string
  readonly gives: Elements<O, number | Printed>
  /** What the notes, read literally, would give: something else. */
  readonly notes?: Elements<O, number>
} & Unless<O['inputs'], 'inputs', InputsOf<O>> &
  Unless<O['parameters'], 'parameters', ParametersOf<O>>

/** One case of an operation, or several, worked out by hand or printed in a publication. */
export type Worked<O extends Operation> = Omit<Common, 'share'> & { readonly of: O } & (
    | WorkedCase<O>
    | { readonly cases: readonly WorkedCase<O>[] }
  )

/**
 * The implementation gives what was worked out by hand, or what a publication prints.
 *
 * ```ts
 * worked('E-01', {
 *   of: conv2d,
 *   title: 'the sum runs over the kernel',
 *   kills: [sumsOverImage],
 *   inputs,
 *   parameters,
 *   notes: { y: [3] },
 *   gives: { y: [1] },
 * })
 * ```
 */
export function worked<O extends Operation>(name: string, given: Worked<O>): Definition {
  const { of, title, kills } = given
  const cases = 'cases' in given ? given.cases : [given]
  for (const { notes, gives } of cases) {
    if (notes !== undefined && JSON.stringify(notes) === JSON.stringify(gives)) {
      throw new Error(`${name}: the case does not tell the notes from what is right`)
    }
  }
  const define = law(name, {
    title,
    kills,
    of: nothing,
    asks: [of],
    share: 0,
    needsStates: cases.some(({ gives }) =>
      Object.keys(gives).every((output) => of.states?.includes(output)),
    ),
    async holds({ sizes, inputs, parameters, measure, arithmetic }) {
      const { says, gives } = cases[sizes.case!]!
      const outputs = await measure(of, inputs as never, parameters as never)
      // States may be missing beside something else.
      const given = Object.entries(gives as Elements<Operation, number | Printed>).filter(
        ([output]) => output in outputs,
      )
      return given.map(([output, right]) => ({
        label: says === undefined ? `${output}, worked by hand` : `${output}: ${says}`,
        ...sides({ arithmetic }, outputs[output]!, right!),
      }))
    },
  })
  return (clause) => ({ ...define(clause), examples: cases.map(exampleOf) })
}

/** A case says which of the worked ones it is, so that its capsule does as well. */
function exampleOf(
  { inputs = {}, parameters = {} }: { readonly inputs?: object; readonly parameters?: object },
  position: number,
): Case {
  return {
    sizes: { case: position },
    inputs: inputs as Case['inputs'],
    parameters: parameters as Parameters,
  }
}

/** Both sides of what is right, element by element; of a printed number, max(|x − printed|, unit) = unit. */
function sides<T>(
  { arithmetic }: Pick<Bench<T, Space>, 'arithmetic'>,
  actual: NumberArray<T>,
  right: readonly (number | Printed)[],
): Omit<Comparison<T>, 'label'> {
  const { abs, exact, maximum, subtract } = arithmetic
  if (actual.data.length !== right.length) {
    const expected = right.map((value) => exact(typeof value === 'number' ? value : value.printed))
    return { expected: fromData([right.length], expected), actual }
  }
  const each = (of: (value: number | Printed, element: T) => T) =>
    fromData(
      actual.shape,
      right.map((value, at) => of(value, actual.data[at]!)),
    )
  return {
    expected: each((value) => exact(typeof value === 'number' ? value : value.unit)),
    actual: each((value, element) =>
      typeof value === 'number'
        ? element
        : maximum([abs(subtract(element, exact(value.printed))), exact(value.unit)]),
    ),
  }
}
