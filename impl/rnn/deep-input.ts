import * as tf from '@tensorflow/tfjs-core'
import type {
  deepInputGradient as gradientSpec,
  deepInput as spec,
} from '../../spec/rnn/deep-input.ts'
import { recurrence, recurrenceGradient } from '../layers/recurrent.ts'
import { forUnits } from '../layers/steps.ts'
import { alongWay, backAlongWay, byStep, countedRows } from '../layers/way.ts'
import type { Fast } from '../operation.ts'

/** An array that holds 0 at padding, whatever stood there. */
const counted = (array: tf.Tensor, padded: tf.Tensor) =>
  countedRows(array, tf.cast(forUnits(padded, array.shape.at(-1)!), 'bool'))

/** What the layers on the way give, a row for every step, 0 at padding. */
function wayIn(inputs: Parameters<typeof deepInput>[0], kind: Parameters<typeof deepInput>[1]) {
  const { x, padded } = inputs
  const [T, N] = x.shape as [number, number]
  const rows = counted(x, padded)
  const z = alongWay(rows, inputs, kind).map((layer) =>
    counted(tf.reshape(layer, [T, N, layer.shape[1]]), padded),
  )
  const entering = z.at(-1)!
  return { rows, z, entering: tf.reshape(entering, [T, N, entering.shape[1]]) }
}

/**
 * Recurrent layer with a deep way in.
 *
 * Clauses    rnn.deep-input
 * Fast by    one product for all steps in each layer on the way, and the recurrent layer over what comes out
 */
export const deepInput: Fast<typeof spec> = (inputs, kind) => {
  const { h, last } = recurrence({ ...inputs, x: wayIn(inputs, kind).entering }, kind)
  return { h, last }
}

/**
 * Gradients of a recurrent layer with a deep way in, through time.
 *
 * Clauses    rnn.deep-input
 * Fast by    the way back through time by the recurrent layer alone; behind it, one product a layer for all steps
 */
export const deepInputGradient: Fast<typeof gradientSpec> = (inputs, kind) => {
  const { rows, z, entering } = wayIn(inputs, kind)
  const { x, dh, dLast } = inputs
  const { dx, ...found } = recurrenceGradient({ ...inputs, x: entering }, [dh, dLast], kind)
  const dz = tf.reshape(dx, z.at(-1)!.shape) as tf.Tensor2D
  const { delta, ...way } = backAlongWay(rows, inputs, kind, z, dz)
  return {
    ...found,
    ...way,
    dx: tf.reshape(way.dx, x.shape),
    inner: byStep(z, x.shape),
    innerDelta: byStep(delta, x.shape),
  }
}
