import type { Arithmetic } from '../../reference/arithmetic/arithmetic.ts'
import { build, type NumberArray } from '../../reference/arithmetic/array.ts'
import { checkArguments } from '../../spec/language/check.ts'
import type {
  InputsOf,
  Operation,
  Parameters,
  ParametersOf,
  Sizes,
  Space,
} from '../../spec/language/operation.ts'
import type { Tensor } from '../../spec/language/tensor.ts'
import type { Case, Values } from '../arbitraries/case.ts'
import type { Invalidity } from '../arbitraries/invalid.ts'
import type { Fault } from './fault.ts'

/** Two arrays that the clause says are equal, as far as rounding allows. */
export interface Comparison<T> {
  readonly label: string
  readonly expected: NumberArray<T>
  readonly actual: NumberArray<T>
}

export type Arrays<T, O extends Operation> = {
  readonly [I in keyof O['outputs']]: NumberArray<T>
}

/** An argument of an operation in a law: a tensor of the case, or an array made from them. */
export type Argument = Tensor | NumberArray<number>

type ArgumentsOf<O extends Operation> = { readonly [I in keyof O['inputs']]: Argument }

/**
 * What a property works with. Everything is evaluated in one arithmetic: plain numbers when both
 * sides may be equal to the bit, numbers with bounds otherwise; a property never needs to know.
 */
export interface Bench<T, S extends Space> {
  readonly sizes: Sizes
  readonly inputs: InputsOf<S>
  readonly parameters: ParametersOf<S>
  /** The arithmetic in which a law combines answers. */
  readonly arithmetic: Arithmetic<T>
  /** An input of the case as exact numbers. */
  array(name: keyof S['inputs']): NumberArray<T>
  /** Any array of exactly known numbers, lifted into the arithmetic. */
  exact(values: Argument): NumberArray<T>
  /** What the implementation answers, taken literally: for comparison with the reference. */
  answer<O extends Operation>(
    operation: O,
    inputs: NoInfer<ArgumentsOf<O>>,
    parameters: NoInfer<ParametersOf<O>>,
  ): Promise<Arrays<T, O>>
  /** What the implementation answers, with the error that rounding may have caused: for laws. */
  measure<O extends Operation>(
    operation: O,
    inputs: NoInfer<ArgumentsOf<O>>,
    parameters: NoInfer<ParametersOf<O>>,
  ): Promise<Arrays<T, O>>
  /** What the reference says, with the error that an implementation may make. */
  expected<O extends Operation>(
    operation: O,
    inputs: NoInfer<ArgumentsOf<O>>,
    parameters: NoInfer<ParametersOf<O>>,
  ): Arrays<T, O>
}

/** One executable check of a clause. */
export interface Property {
  /** The clause's id and a name of its own: `cnn.conv2d.linearity/additive`. */
  readonly id: string
  readonly clause: string
  readonly title: string
  /** Operations that an implementation must provide for this property to be run. */
  readonly operations: readonly Operation[]
  readonly space: Space
  readonly values: Values
  /** The faults that it must kill, at least one. */
  readonly kills: readonly Fault[]
  /** How many cases it tries, relative to the runs asked for; 1 unless a single case says it all. */
  readonly share: number
  readonly check: Check
  /** Fixed cases that are tried first. */
  readonly examples: readonly Case[]
}

export type Check =
  | {
      readonly kind: 'comparison'
      readonly compare: <T>(bench: Bench<T, Space>) => Promise<readonly Comparison<T>[]>
    }
  | {
      readonly kind: 'rejection'
      readonly operation: Operation
      readonly invalidities: readonly Invalidity[]
    }

type Common = {
  readonly title: string
  readonly kills: readonly Fault[]
  readonly share?: number
}

type Definition = (clause: string) => Property

/** The implementation gives what the reference gives, on cases of the operation itself. */
export function agreement<O extends Operation>(
  operation: O,
  values: Values,
  options: Partial<Common> & { kills: readonly Fault[]; name?: string },
): Definition {
  const title =
    values === 'integers'
      ? `${operation.id} equals the reference to the bit on small integers`
      : `${operation.id} is within the derived bound of the reference`
  const name = options.name ?? (values === 'integers' ? 'exact' : 'bounded')
  return law(name, operation, [operation], values, { title, ...options }, async (bench) => {
    const answer = await bench.answer(operation, bench.inputs as never, bench.parameters as never)
    const expected = bench.expected(operation, bench.inputs as never, bench.parameters as never)
    return Object.keys(operation.outputs).map((output) => ({
      label: output,
      expected: expected[output]!,
      actual: answer[output]!,
    }))
  })
}

/** What the clause says of answers to related questions. */
export function law<S extends Space>(
  name: string,
  space: S,
  operations: readonly Operation[],
  values: Values,
  { title, kills, share = 1 }: Common,
  compare: <T>(bench: Bench<T, S>) => Promise<readonly Comparison<T>[]>,
): Definition {
  return (clause) => ({
    id: `${clause}/${name}`,
    clause,
    title,
    operations,
    space,
    values,
    kills,
    share,
    examples: [],
    check: { kind: 'comparison', compare: shapesFirst(compare as never) },
  })
}

type Compare = <T>(bench: Bench<T, Space>) => Promise<readonly Comparison<T>[]>

/**
 * A law reads answers at indices that exist in answers of the right shape. Where one has another
 * shape and cannot be read, that is what differs.
 */
function shapesFirst(compare: Compare): Compare {
  return async <T>(bench: Bench<T, Space>) => {
    const answers: (readonly [
      Operation,
      ArgumentsOf<Operation>,
      Parameters,
      Arrays<T, Operation>,
    ])[] = []
    const noted =
      (ask: typeof bench.answer): typeof bench.answer =>
      async (operation, inputs, parameters) => {
        const answer = await ask(operation, inputs, parameters)
        answers.push([operation, inputs, parameters as Parameters, answer])
        return answer
      }
    try {
      const [answer, measure] = [noted(bench.answer), noted(bench.measure)]
      return await compare({ ...bench, answer, measure })
    } catch (thrown) {
      if (!(thrown instanceof RangeError)) throw thrown
      for (const [operation, inputs, parameters, answer] of answers) {
        const sizes = checkArguments(
          operation,
          inputs as Readonly<Record<string, Tensor>>,
          parameters,
        )
        for (const [output, { axes }] of Object.entries(operation.outputs)) {
          const shape = axes.map((symbol) => sizes[symbol]!)
          const actual = answer[output]!
          if (shape.join() === actual.shape.join()) continue
          const expected = build(shape, () => bench.arithmetic.exact(0))
          return [{ label: `${output} of ${operation.id}`, expected, actual }]
        }
      }
      throw thrown
    }
  }
}

/** Arguments outside the signature are rejected, not answered. */
export function rejection<O extends Operation>(
  name: string,
  operation: O,
  invalidities: readonly Invalidity[],
  options: Common,
): Definition {
  return (clause) => ({
    id: `${clause}/${name}`,
    clause,
    title: options.title,
    operations: [operation],
    space: operation,
    values: 'integers',
    kills: options.kills,
    share: options.share ?? 1,
    examples: [],
    check: { kind: 'rejection', operation, invalidities },
  })
}

/**
 * The smallest case on which the notes are wrong: the implementation gives what the reference
 * gives, and what the notes say, read literally, is something else.
 */
export function counterexample<O extends Operation>(
  erratum: string,
  operation: O,
  the: {
    readonly sizes?: Sizes
    readonly inputs: InputsOf<O>
    readonly parameters: ParametersOf<O>
    /** What the notes, read literally, would give for the first output. */
    readonly notes: readonly number[]
    /** What is right, worked out by hand. */
    readonly right: readonly number[]
  },
  options: Common,
): Definition {
  const example: Case = {
    sizes: the.sizes ?? {},
    inputs: the.inputs as Case['inputs'],
    parameters: the.parameters as Parameters,
  }
  if (the.notes.length === the.right.length && the.notes.every((v, i) => v === the.right[i])) {
    throw new Error(`${erratum}: the counterexample does not tell the notes from what is right`)
  }
  return (clause) => ({
    id: `${clause}/${erratum}`,
    clause,
    title: options.title,
    operations: [operation],
    space: { dimensions: {}, inputs: {}, parameters: {} },
    values: 'integers',
    kills: options.kills,
    share: 0,
    examples: [example],
    check: {
      kind: 'comparison',
      compare: async (bench) => {
        const answer = await bench.answer(
          operation,
          bench.inputs as never,
          bench.parameters as never,
        )
        const [output] = Object.keys(operation.outputs) as [string]
        const actual = answer[output]!
        const shape = actual.data.length === the.right.length ? actual.shape : [the.right.length]
        const right = bench.exact({
          dtype: 'float64',
          shape,
          data: Float64Array.from(the.right),
        })
        return [{ label: `${output}, worked by hand`, expected: right, actual }]
      },
    },
  })
}

/** The properties of a clause; each name is used once. */
export function properties(clause: { readonly id: string }, ...definitions: readonly Definition[]) {
  return definitions.map((define) => define(clause.id))
}
