import type { NumberArray } from '../../reference/arithmetic/array.ts'
import type { Operation, Space } from '../../spec/language/operation.ts'
import { type Asked, Chain, type Links, type Step, type Totals } from './chain.ts'
import type { Common, Definition } from './definition.ts'
import { law } from './law.ts'

type Name<Arrays> = keyof Arrays & string
type Arrays<T> = Readonly<Record<string, NumberArray<T>>>

/** An operation that returns what it has after every step, and the step. */
export interface Stepwise<O extends Operation, S extends Operation> extends Omit<Common, 'title'> {
  /** The name of the property, `stepwise` unless told otherwise. */
  readonly name?: string
  readonly title?: string
  /** Cases narrower than those of the operation. */
  readonly within?: Space
  /** The output that holds the state after each step along one of its axes, or several of them. */
  readonly states: Name<O['outputs']> | readonly Name<O['outputs']>[]
  /** One step as an operation: the state before is an input of it, the one after an output. */
  readonly step: S
  /** By the inputs that states enter: the input of the whole that holds the first one, `null` for zeros. */
  readonly carry: { readonly [I in Name<S['inputs']>]?: Name<O['inputs']> | null }
  /** By the inputs that states of other names enter: the state, where there are several. */
  readonly enters?: { readonly [I in Name<S['inputs']>]?: Name<O['outputs']> }
  /** Whether the last step is done first, as where gradients go back through time. */
  readonly backwards?: boolean
  /** Whether the states begin with the one before the first step. */
  readonly withStart?: boolean
  /** The axis of the steps in every state, by its symbol, where a step has that axis as well. */
  readonly along?: Name<O['dimensions']>
  /** The question of a step, where the names of its arrays do not say it. */
  readonly ask?: (step: Step) => Asked
  /** The states after a step, where its outputs have other names or hold more. */
  readonly gives?: <T>(outputs: Arrays<T>) => Arrays<T>
  /** What is made of the states of all steps, such as gradients that are sums over time. */
  readonly totals?: Operation | Totals | readonly Totals[]
}

/**
 * Every step follows from the state before it: not from the one that the reference arrives at, but from
 * the one that the implementation returned. A bound then is that of one step, however many there are, and
 * a mistake shows in the step that makes it. What is returned has to be what the implementation went on
 * with, except that it may have kept more digits: of a gradient, not another forward pass. What operations
 * and references need for it stands in SEQUENCES.md.
 *
 * What a step is given is found by name: a state, as `carry` says; an input of the whole, or another output
 * of it, as it is, or its part for that step where it has an axis that the step does not ask for.
 *
 * ```ts
 * stepwise(rnn, { states: 'h', step: rnnCell, carry: { h: 'h0' }, kills: [forgetsUnit] })
 * stepwise(rnnGradient, {
 *   states: 'delta',
 *   step: rnnDelta,
 *   carry: { delta: null },
 *   backwards: true,
 *   totals: rnnSums,
 *   kills: [forgetsLastStep],
 * })
 * ```
 */
export function stepwise<O extends Operation, S extends Operation>(
  of: O,
  options: Stepwise<O, S>,
): Definition {
  const { name = 'stepwise', kills, share, within = of, totals } = options
  const { title = `each step of ${of.id} follows from the state that it returned before it` } =
    options
  return law(name, {
    title,
    kills,
    ...(share !== undefined && { share }),
    of: within,
    asks: [of],
    values: 'reals',
    needsStates: true,
    async holds(bench) {
      const answer = await bench.answer<Operation>(of, bench.inputs, bench.parameters)
      const chain = new Chain(of, options as Links, bench, answer)
      return [...chain.steps(), ...[totals ?? []].flat().flatMap((each) => chain.totals(each))]
    },
  })
}
