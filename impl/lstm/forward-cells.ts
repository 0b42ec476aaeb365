import * as tf from '@tensorflow/tfjs-core'
import { eachStep, forUnits, rows, turned } from '../layers/steps.ts'

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

/** Where steps are padding, N × H each, as whoever selects needs it. */
function paddingOf({ padded, c0 }: Memory, kind: Kind): readonly tf.Tensor[] {
  const each = eachStep(forUnits(padded, c0.shape[1]!))
  return inOrder(each, kind).map((step) => tf.cast(step, 'bool'))
}

/** The weights of each gate, transposed. */
const weightsOf = (weights: tf.Tensor) =>
  tf.unstack(weights).map((matrix) => turned(matrix as tf.Tensor2D))

/** From what enters the gates, without peepholes, the new cell and state. */
function step(
  [intoI, intoF, intoG, intoO]: readonly tf.Tensor[],
  c: tf.Tensor,
  [inputPeephole, forgetPeephole, outputPeephole]: readonly tf.Tensor[],
  { coupled }: Kind,
): StepOf {
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
 * Fast by    one product a gate for the inputs of all steps, biases added to it, and one a step for the
 *            state: to cut a common product in four takes longer than it saves
 */
export function cells(inputs: Memory, kind: Kind) {
  const { x, U, W, b, h0, c0, P } = inputs
  const [T, N] = x.shape as [number, number]
  const [each, biases] = [rows(x), tf.unstack(b)]
  const projected = weightsOf(U).map((weights, gate) => {
    const all = tf.add(tf.matMul(each, weights), biases[gate]!)
    return inOrder(eachStep(tf.reshape(all, [T, N, c0.shape[1]!])), kind)
  })
  const padding = paddingOf(inputs, kind)
  const [recurrent, peepholes] = [weightsOf(W), tf.unstack(P)]
  const steps: (StepOf & { readonly before: tf.Tensor; readonly cellBefore: tf.Tensor })[] = []
  let [h, c] = [h0, c0]
  for (let at = 0; at < T; at++) {
    const [before, cellBefore] = [h as tf.Tensor2D, c]
    const entering = recurrent.map((weights, gate) =>
      tf.add(projected[gate]![at]!, tf.matMul(before, weights)),
    )
    const computed = step(entering, c, peepholes, kind)
    h = tf.where(padding[at]!, h, computed.h)
    c = tf.where(padding[at]!, c, computed.c)
    steps.push({ ...computed, h, c, before, cellBefore })
  }
  return { steps, padding, last: tf.clone(h), lastCell: tf.clone(c) }
}
