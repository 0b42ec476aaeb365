import * as tf from '@tensorflow/tfjs-core'
import type {
  bidirectionalGradient as gradientSpec,
  bidirectional as spec,
} from '../../spec/rnn/bidirectional.ts'
import { type Recurrence, recurrence, recurrenceGradient } from '../layers/recurrent.ts'
import type { Fast } from '../operation.ts'

const directions = ['forward', 'reverse'] as const

/** The layer of each direction. */
function layersOf({ x, U, W, b, h0, padded }: Recurrence): readonly Recurrence[] {
  const [Us, Ws, bs, firsts] = [U, W, b, h0].map((both) => tf.unstack(both)) as [
    tf.Tensor[],
    tf.Tensor[],
    tf.Tensor[],
    tf.Tensor[],
  ]
  return directions.map((_, d) => ({ x, U: Us[d]!, W: Ws[d]!, b: bs[d]!, h0: firsts[d]!, padded }))
}

/**
 * Bidirectional recurrent layer.
 *
 * Clauses    rnn.bidirectional
 * Fast by    one product for the inputs of all steps of a direction, and one a step for its states
 */
export const bidirectional: Fast<typeof spec> = (inputs, { activation }) => {
  const each = layersOf(inputs).map((layer, d) =>
    recurrence(layer, { activation, direction: directions[d]! }),
  )
  return {
    h: tf.concat(
      each.map(({ h }) => h),
      2,
    ),
    last: tf.stack(each.map(({ last }) => last)),
  }
}

/**
 * Gradients of a bidirectional recurrent layer.
 *
 * Clauses    rnn.bidirectional
 * Fast by    one product a step on the way back, and one for each sum over time
 */
export const bidirectionalGradient: Fast<typeof gradientSpec> = (inputs, { activation }) => {
  const [arriving, ends] = [tf.split(inputs.dh, 2, 2), tf.unstack(inputs.dLast)]
  const each = layersOf(inputs).map((layer, d) =>
    recurrenceGradient(layer, [arriving[d]!, ends[d]!], { activation, direction: directions[d]! }),
  )
  const of = (name: 'dU' | 'dW' | 'db' | 'dH0') =>
    tf.stack(each.map((gradients) => gradients[name]))
  const sideBySide = (name: 'h' | 'delta' | 'back') =>
    tf.concat(
      each.map((gradients) => gradients[name]),
      2,
    )
  return {
    dx: tf.addN(each.map(({ dx }) => dx)),
    dU: of('dU'),
    dW: of('dW'),
    db: of('db'),
    dH0: of('dH0'),
    h: sideBySide('h'),
    delta: sideBySide('delta'),
    back: sideBySide('back'),
  }
}
