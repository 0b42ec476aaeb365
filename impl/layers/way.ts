import * as tf from '@tensorflow/tfjs-core'
import { activations, type Kind, throughActivation } from './recurrent.ts'
import { rows, turned } from './steps.ts'

type Activation = Pick<Kind, 'activation'>
/** Layers through which each step goes by itself: the first, those behind it, and all biases. */
type Way = Readonly<Record<'F' | 'A' | 'wayBias', tf.Tensor>>

const product = (one: tf.Tensor, other: tf.Tensor) =>
  tf.matMul(one as tf.Tensor2D, other as tf.Tensor2D)

/** The weights of each layer. */
function weightsOf({ F, A }: Way): readonly tf.Tensor2D[] {
  // A single layer has none behind it, and nothing can be taken apart that is empty.
  return [F, ...(A.shape[0] === 0 ? [] : tf.unstack(A))] as tf.Tensor2D[]
}

/**
 * What each of several layers gives, a row for every step of every sequence.
 *
 * Fast by    one product a layer for all steps together
 */
export function alongWay(x: tf.Tensor2D, way: Way, { activation }: Activation) {
  const biases = tf.unstack(way.wayBias)
  const z: tf.Tensor2D[] = []
  for (const [l, weights] of weightsOf(way).entries()) {
    const entering = tf.add(product(z[l - 1] ?? x, turned(weights)), biases[l]!)
    z.push(activations[activation](entering) as tf.Tensor2D)
  }
  return z
}

/**
 * Gradients of several layers, of all rows.
 *
 * Fast by    one product a layer on the way back, and one for the gradient by its weights
 */
export function backAlongWay(
  x: tf.Tensor2D,
  way: Way,
  kind: Activation,
  z: readonly tf.Tensor2D[],
  dz: tf.Tensor2D,
) {
  const weights = weightsOf(way)
  const delta: tf.Tensor2D[] = []
  let arriving: tf.Tensor = dz
  for (let l = weights.length - 1; l >= 0; l--) {
    delta[l] = throughActivation(kind, z[l]!, arriving) as tf.Tensor2D
    arriving = product(delta[l]!, weights[l]!)
  }
  const byWeights = delta.map((own, l) => product(turned(own), z[l - 1] ?? x))
  const further = byWeights.slice(1)
  return {
    dx: arriving,
    dF: byWeights[0]!,
    dA: further.length === 0 ? tf.zeros(way.A.shape) : tf.stack(further),
    dWayBias: tf.sum(tf.stack(delta), 1),
    delta,
  }
}

/** Arrays of all layers, a row for every step of every sequence, as one: the step first, then the layer. */
export function byStep(layers: readonly tf.Tensor2D[], [T, N]: readonly number[]): tf.Tensor {
  const each = layers.map((layer) => tf.reshape(layer, [T!, N!, layer.shape[1]]))
  return tf.stack(each, 1)
}

/** Rows of an array, 0 where a step of a sequence is padding. */
export function countedRows(array: tf.Tensor, isPadding: tf.Tensor): tf.Tensor2D {
  return rows(tf.where(isPadding, tf.zerosLike(array), array))
}
