import * as tf from '@tensorflow/tfjs-core'

/** What a layer of long short-term memory is given. */
export type Memory = Readonly<
  Record<'x' | 'U' | 'W' | 'b' | 'h0' | 'c0' | 'padded' | 'P', tf.Tensor>
>

/** Which step is done first, and whether the forget gate follows from the input gate. */
export interface Kind {
  readonly direction: 'forward' | 'reverse'
  readonly coupled: boolean
}

/** What a step computes, each N × H. */
export type StepOf = Readonly<Record<'i' | 'f' | 'g' | 'o' | 'c' | 'h' | 'tanhC', tf.Tensor>>

/** The steps in the order in which they are done. */
export function inOrder<T>(steps: readonly T[], { direction }: Kind): T[] {
  return direction === 'forward' ? [...steps] : steps.toReversed()
}

/** Every step and sequence as a row. */
export const rows = (array: tf.Tensor) =>
  tf.reshape(array, [array.shape[0]! * array.shape[1]!, array.shape[2]!]) as tf.Tensor2D

/** The weights of all gates as one matrix, 4 H × what they are multiplied with. */
export const together = (weights: tf.Tensor) => rows(weights)

/** Where steps are padding, N × H each, as whoever selects needs it. */
function paddingOf({ padded, c0 }: Memory, kind: Kind): readonly tf.Tensor[] {
  const shape = [...padded.shape, c0.shape[1]!]
  const each = tf.broadcastTo(tf.cast(tf.expandDims(padded, 2), 'bool'), shape)
  return inOrder(tf.unstack(each), kind)
}

/** From what enters the gates, without peepholes, the new cell and state. */
function step(
  entering: tf.Tensor,
  c: tf.Tensor,
  [inputPeephole, forgetPeephole, outputPeephole]: readonly tf.Tensor[],
  { coupled }: Kind,
): StepOf {
  const [intoI, intoF, intoG, intoO] = tf.split(entering, 4, 1)
  const seeing = (a: tf.Tensor, peephole: tf.Tensor, cell: tf.Tensor) =>
    tf.sigmoid(tf.add(a, tf.mul(peephole, cell)))
  const i = seeing(intoI!, inputPeephole!, c)
  const f = coupled ? tf.sub(1, i) : seeing(intoF!, forgetPeephole!, c)
  const g = tf.tanh(intoG!)
  const cell = tf.add(tf.mul(f, c), tf.mul(i, g))
  const o = seeing(intoO!, outputPeephole!, cell)
  const tanhC = tf.tanh(cell)
  return { i, f, g, o, c: cell, tanhC, h: tf.mul(o, tanhC) }
}

/**
 * The gates, cells and states of a layer of long short-term memory, step by step in the order in which
 * steps are done, and what was before each.
 *
 * Fast by    one product for the inputs of all steps and gates, biases added to it, and one a step for
 *            the state
 */
export function cells(inputs: Memory, kind: Kind) {
  const { x, U, W, b, h0, c0, P } = inputs
  const [T, N] = x.shape as [number, number]
  const count = 4 * c0.shape[1]!
  const projected = tf.add(tf.matMul(rows(x), together(U), false, true), tf.reshape(b, [count]))
  const each = inOrder(tf.unstack(tf.reshape(projected, [T, N, count])), kind)
  const padding = paddingOf(inputs, kind)
  const [recurrent, peepholes] = [together(W), tf.unstack(P)]
  const steps: (StepOf & { readonly before: tf.Tensor; readonly cellBefore: tf.Tensor })[] = []
  let [h, c] = [h0, c0]
  for (const [at, projection] of each.entries()) {
    const product = tf.matMul(h as tf.Tensor2D, recurrent, false, true)
    const computed = step(tf.add(projection, product), c, peepholes, kind)
    const [before, cellBefore] = [h, c]
    h = tf.where(padding[at]!, h, computed.h)
    c = tf.where(padding[at]!, c, computed.c)
    steps.push({ ...computed, h, c, before, cellBefore })
  }
  return { steps, padding, last: tf.clone(h), lastCell: tf.clone(c) }
}
