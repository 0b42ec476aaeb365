import * as tf from '@tensorflow/tfjs-core'
import { isTensorflowOnCpu } from './host.ts'
import { calledDirectly } from './tensorflow-calls.ts'

/** Softmax of the scores of each sample, and its logarithm. */
export interface Distribution {
  readonly y: tf.Tensor
  readonly logs: tf.Tensor
}

/** Scores less the largest of their sample, the exponentials of that, and the sum of these. */
export function exponentials(z: tf.Tensor) {
  const shifted = tf.sub(z, tf.max(z, 1, true))
  const powers = tf.exp(shifted)
  return { shifted, powers, sums: tf.sum(powers, 1, true) }
}

/** From the same exponentials, but where TensorFlow makes either in one go. */
export function distributionOf(z: tf.Tensor): Distribution {
  if (isTensorflowOnCpu()) {
    return new WhenAskedFor(
      () => tf.softmax(z),
      () => logSoftmaxByTensorflow(z),
    )
  }
  const { shifted, powers, sums } = exponentials(z)
  return new WhenAskedFor(
    () => tf.div(powers, sums),
    () => tf.sub(shifted, tf.log(sums)),
  )
}

/** Many want one of both alone. */
class WhenAskedFor implements Distribution {
  #y: tf.Tensor | null = null
  #logs: tf.Tensor | null = null

  constructor(
    readonly make: () => tf.Tensor,
    readonly makeLogs: () => tf.Tensor,
  ) {}

  get y(): tf.Tensor {
    this.#y ??= this.make()
    return this.#y
  }

  get logs(): tf.Tensor {
    this.#logs ??= this.makeLogs()
    return this.#logs
  }
}

/** The operation of TensorFlow, which its packages do not call: they have one for each step. */
const logSoftmaxByTensorflow = tf.customGrad((...given) => {
  const [z, save] = given as unknown as [tf.Tensor, tf.GradSaveFunc]
  const value = calledDirectly('LogSoftmax', z)
  save([value])
  const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) =>
    tf.sub(dy, tf.mul(tf.sum(dy, 1, true), tf.exp(saved[0]!)))
  return { value, gradFunc }
})

/** Softmax of the scores of each sample. */
export function softmax(z: tf.Tensor): tf.Tensor {
  return distributionOf(z).y
}

/** What r becomes behind a softmax p: p (r − Σ p r). */
export function throughSoftmax(p: tf.Tensor, r: tf.Tensor): tf.Tensor {
  return tf.mul(p, tf.sub(r, tf.sum(tf.mul(p, r), 1, true)))
}
