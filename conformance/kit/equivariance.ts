import type { NumberArray } from '../../reference/arithmetic/array.ts'
import type { Operation, ParametersOf, Space } from '../../spec/language/operation.ts'
import type { Values } from '../arbitraries/case.ts'
import { mapValues } from '../base/records.ts'
import type { Argument, Arrays, Bench } from '../engine/property.ts'
import { plain } from './arrays.ts'
import type { Common, Definition } from './definition.ts'
import { law } from './law.ts'
import { stillLeftOut } from './tensor.ts'

type Given<O extends Operation> = { readonly [I in keyof O['inputs']]: NumberArray<number> }
type Changed<O extends Operation> = { readonly [I in keyof O['inputs']]?: Argument }

/** A change of a question, and the change of its answer that follows. */
export interface Equivariance<O extends Operation, S extends Space = O> extends Common {
  readonly of: O
  /** A space narrower than that of the operation, or with arrays and parameters to make the change from. */
  readonly within?: S
  readonly values?: Values
  /** Parameters that are the same in every case, where the space does not draw them. */
  readonly always?: Partial<ParametersOf<O>>
  /** The inputs that change; none unless told otherwise. */
  readonly inputs?: (inputs: Given<O>, bench: Bench<unknown, S>) => Changed<O>
  /** The parameters that change; none unless told otherwise. */
  readonly parameters?: (
    parameters: ParametersOf<O>,
    bench: Bench<unknown, S>,
  ) => Partial<ParametersOf<O>>
  /** How the outputs change; they stay as they are unless told otherwise. */
  readonly outputs?: <T>(outputs: Arrays<T, O>, bench: Bench<T, S>) => Partial<Arrays<T, O>>
  /** The part of both answers that is compared, where not all of it says something. */
  readonly compared?: <T>(outputs: Arrays<T, O>, bench: Bench<T, S>) => Partial<Arrays<T, O>>
  /** Whether both answers must be the same to the bit, of any numbers. */
  readonly toTheBit?: boolean
}

/**
 * A changed question gets the answer changed accordingly: f(g · x) = h · f(x). Without a change of the
 * outputs it is an invariance. All outputs are compared, unless told otherwise.
 *
 * ```ts
 * equivariance('homogeneous', {
 *   of: averagePool,
 *   title: 'twice the image gives twice the averages',
 *   kills: [averageRectifies],
 *   inputs: ({ x }) => ({ x: changed(x, (value) => 2 * value) }),
 *   outputs: ({ y }, { arithmetic }) => ({ y: scaled(arithmetic, 2, y) }),
 * })
 * ```
 */
export function equivariance<O extends Operation, S extends Space = O>(
  name: string,
  {
    of,
    within = of as Space as S,
    always,
    inputs,
    parameters,
    outputs,
    compared,
    toTheBit = false,
    ...common
  }: Equivariance<O, S>,
): Definition {
  return law(name, {
    ...common,
    of: within,
    asks: [of],
    async holds<T>(bench: Bench<T, S>) {
      const ask = toTheBit ? bench.answer : bench.measure
      const { asked, given } = questionIn(of, bench, always)
      const changes = (inputs?.(mapValues(asked, plain) as Given<O>, bench as never) ??
        {}) as Readonly<Record<string, Argument>>
      const other = {
        asked: {
          ...asked,
          ...mapValues(changes, (after, name) => stillLeftOut(asked[name]!, after)),
        },
        given: { ...given, ...parameters?.(given, bench as never) },
      }
      const answer = await ask(of, asked as never, given as never)
      const after = await ask(of, other.asked as never, other.given as never)
      const left = Object.keys(of.outputs).filter((output) => !(output in answer))
      // What is not returned takes part in the change, and is not compared.
      const whole = left.length > 0 && bench.expected(of, asked as never, given as never)
      const before = { ...whole, ...answer }
      const shown = compared ?? ((outputs: Arrays<T, O>) => outputs)
      const expected: Partial<Arrays<T, O>> = shown(
        { ...before, ...outputs?.(before, bench) },
        bench,
      )
      const actual: Partial<Arrays<T, O>> = shown({ ...whole, ...after }, bench)
      const returned = Object.keys(expected).filter((output) => !left.includes(output))
      return returned.map((output) => ({
        label: output,
        sides: {
          actual: `${output} of the changed question`,
          expected: outputs ? `the first ${output}, changed accordingly` : `the first ${output}`,
        },
        expected: expected[output]!,
        actual: actual[output]!,
      }))
    },
  })
}

/** The same on small integers, to the bit, and on all kinds of numbers, within the bound: two properties. */
export function equivarianceTwice<O extends Operation, S extends Space = O>(
  name: string,
  options: Omit<Equivariance<O, S>, 'values' | 'toTheBit'>,
  bounded: Partial<Common> = {},
): readonly Definition[] {
  const { title } = options
  return [
    equivariance(name, { ...options, title: `${title}, to the bit` }),
    equivariance(`${name}-bounded`, {
      ...options,
      title: `${title}, within the bound`,
      ...bounded,
      values: 'reals',
    }),
  ]
}

/** The arguments of an operation in a case of a space that may have others as well. */
function questionIn<T, O extends Operation>(
  of: O,
  { inputs, parameters }: Bench<T, Space>,
  always: Partial<ParametersOf<O>> = {},
) {
  const only = (names: object, all: object) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => name in names))
  return {
    asked: only(of.inputs, inputs) as Readonly<Record<string, Argument>>,
    given: { ...only(of.parameters, parameters), ...always } as ParametersOf<O>,
  }
}
