import type {
  sequenceToOneGradient as gradientSpec,
  sequenceToOne as spec,
} from '../../spec/rnn/sequence-to-one.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, fromData, memberOf, type NumberArray } from '../arithmetic/array.ts'
import { recurrence, recurrenceGradient } from '../layers/recurrent.ts'
import { scoresGradientOf, scoresOf } from '../layers/scores.ts'
import { softmax } from '../layers/softmax.ts'
import type { Reference } from '../reference.ts'

/** Sequences of one step each. */
const asStep = <T>({ shape, data }: NumberArray<T>) => fromData([1, ...shape], data)

const zeros = <T>({ exact }: Arithmetic<T>, shape: readonly number[]) =>
  build(shape, () => exact(0))

/**
 * Recurrent network with one output for a sequence.
 *
 * Formula    o = V h_T + c, y = softmax(o), h_T the state after the step that is done last
 * Clauses    rnn.variant.sequence-to-one
 * Shapes     x: [T, N, I], U: [H, I], W: [H, H], b: [H], h0: [N, H], padded: [T, N], V: [O, H], c: [O] →
 *            o, y: [N, O]
 * Edges      a sequence of padding alone says what its first state says
 * Source     Goodfellow, Bengio, Courville (2016), section 10.2 and figure 10.5
 * Example    one unit without activation, U = 1, W = 2, V = 3, x = 1, 1 → o = 9, y = 1
 */
export const sequenceToOne: Reference<typeof spec> = (
  arithmetic,
  { V, c, ...layer },
  parameters,
) => {
  const { last } = recurrence(arithmetic, layer, parameters)
  const o = memberOf(scoresOf(arithmetic, asStep(last), V, c), 0)
  return { o, y: softmax(arithmetic, o) }
}

/**
 * Gradients of a recurrent network with one output for a sequence.
 *
 * Formula    dLast = V^T do, dV = do h_Tᵀ, dc = do, summed over sequences; and from dLast back through time
 * Clauses    rnn.variant.sequence-to-one
 * Shapes     as of the network, do: [N, O]; each gradient as what it belongs to;
 *            h, delta, back: [T, N, H]
 * Edges      as of the recurrent layer
 * Source     Goodfellow, Bengio, Courville (2016), equations 10.19 to 10.28
 * Example    one unit without activation, U = 1, W = 2, V = 3, x = 1, 1, do = 1 → dV = 3, dW = 3, dU = 9,
 *            dx = 6, 3, dH0 = 12
 */
export const sequenceToOneGradient: Reference<typeof gradientSpec> = (
  arithmetic,
  { V, c: _, do: dO, ...layer },
  parameters,
) => {
  const states = recurrence(arithmetic, layer, parameters)
  const { dh, dV, dc } = scoresGradientOf(arithmetic, asStep(states.last), V, asStep(dO))
  const arriving = [zeros(arithmetic, states.h.shape), memberOf(dh, 0)] as const
  const through = recurrenceGradient(arithmetic, layer, arriving, parameters, states)
  return { ...through, dV, dc }
}
