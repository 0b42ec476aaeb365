import * as tf from '@tensorflow/tfjs-core'

/** What a layer of gated recurrent units is given. */
export type Layer = Readonly<Record<'x' | 'U' | 'W' | 'b' | 'bn' | 'h0' | 'padded', tf.Tensor>>

/** Where the reset gate comes, and which step is done first. */
export interface Kind {
  readonly reset: 'before' | 'after'
  readonly direction: 'forward' | 'reverse'
}

/** The steps in the order in which they are done. */
export function inOrder<T>(steps: readonly T[], { direction }: Kind): readonly T[] {
  return direction === 'forward' ? steps : steps.toReversed()
}

/** Rows of all indices but the last one. */
export function rows(array: tf.Tensor): tf.Tensor2D {
  const units = array.shape.at(-1)!
  return tf.reshape(array, [array.size / units, units])
}

/**
 * The transpose as a matrix of its own: a product with it is fast on every backend, while WebAssembly has
 * a slow one for factors that are to be transposed on the way.
 */
export function turned(matrix: tf.Tensor2D): tf.Tensor2D {
  return tf.transpose(matrix)
}

/** Where steps are padding, T × N × so many. */
export function paddingOf({ padded }: Layer, units: number): tf.Tensor {
  return tf.broadcastTo(tf.cast(tf.expandDims(padded, 2), 'bool'), [...padded.shape, units])
}

/** The inputs, and zeros where they are padding, which may hold anything. */
export function counted(layer: Layer): tf.Tensor {
  const { x } = layer
  return tf.where(paddingOf(layer, x.shape[2]!), tf.zerosLike(x), x)
}

/** What the input and the biases give to z and r, and to the candidate, at every step, in order. */
function projections(layer: Layer, kind: Kind) {
  const { x, U, b, bn } = layer
  const [T, N] = x.shape as [number, number]
  const H = bn.shape[0]!
  const none = tf.zerosLike(bn)
  const biases = kind.reset === 'before' ? tf.add(b, tf.stack([none, none, bn])) : b
  const all = tf.add(tf.matMul(rows(counted(layer)), turned(rows(U))), tf.reshape(biases, [3 * H]))
  const [gates, candidate] = tf.split(tf.reshape(all, [T, N, 3 * H]), [2 * H, H], 2)
  return {
    gates: inOrder(tf.unstack(gates!), kind),
    candidate: inOrder(tf.unstack(candidate!), kind),
  }
}

/** What a step has before it and makes of it, each N × H; s = W_n h + b_m where the reset comes after. */
export type Step = Readonly<Record<'before' | 'z' | 'r' | 'n' | 's' | 'h', tf.Tensor>>

/**
 * All steps, in the order in which they are done.
 *
 * Fast by    one product for the inputs of all steps and gates, biases added to it; one a step for all
 *            gates, or two where the reset comes before the second
 */
export function stepsOf(layer: Layer, kind: Kind): readonly Step[] {
  const { W, bn, h0 } = layer
  const H = bn.shape[0]!
  const { gates, candidate } = projections(layer, kind)
  const padding = inOrder(tf.unstack(paddingOf(layer, H)), kind)
  const whole = turned(rows(W))
  const [ofGates, ofCandidate] = tf.split(whole, [2 * H, H], 1) as [tf.Tensor2D, tf.Tensor2D]

  const steps: Step[] = []
  let state = h0
  for (const [at, projected] of gates.entries()) {
    const before = state as tf.Tensor2D
    const after = kind.reset === 'after'
    const [product, own] = after
      ? tf.split(tf.matMul(before, whole), [2 * H, H], 1)
      : [tf.matMul(before, ofGates)]
    const [z, r] = tf.split(tf.sigmoid(tf.add(projected, product!)), 2, 1) as [tf.Tensor, tf.Tensor]
    const s = after ? tf.add(own!, bn) : before
    const recurrent = after
      ? tf.mul(r, s)
      : tf.matMul(tf.mul(r, before) as tf.Tensor2D, ofCandidate)
    const n = tf.tanh(tf.add(candidate[at]!, recurrent))
    const next = tf.add(tf.mul(z, before), tf.mul(tf.sub(1, z), n))
    state = tf.where(padding[at]!, before, next)
    steps.push({ before, z, r, n, s, h: state })
  }
  return steps
}
