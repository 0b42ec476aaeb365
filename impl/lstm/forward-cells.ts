import * as tf from '@tensorflow/tfjs-core'
import { eachStep, isSeenToBeZero, paddingOfEach, rows, select, turned } from '../layers/steps.ts'
import { block, isOneBlock } from './forward-block.ts'
import type { Kind, Memory, Steps } from './forward-memory.ts'

/** What a step computes, each N × H. */
type StepOf = Readonly<Record<'i' | 'f' | 'g' | 'o' | 'c' | 'h', tf.Tensor>>

/** The steps in the order in which they are done. */
export function inOrder<T>(steps: readonly T[], { direction }: Kind): T[] {
  return direction === 'forward' ? [...steps] : steps.toReversed()
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
  const seeing = (a: tf.Tensor, peephole: tf.Tensor | undefined, cell: tf.Tensor) =>
    tf.sigmoid(peephole === undefined ? a : tf.add(a, tf.mul(peephole, cell)))
  const i = seeing(intoI!, inputPeephole, c)
  const f = coupled ? tf.sub(1, i) : seeing(intoF!, forgetPeephole, c)
  const g = tf.tanh(intoG!)
  const cell = tf.add(tf.mul(f, c), tf.mul(i, g))
  const o = seeing(intoO!, outputPeephole, cell)
  return { i, f, g, o, c: cell, h: tf.mul(o, tf.tanh(cell)) }
}

/**
 * The gates, cells and states of a layer of long short-term memory, step by step.
 *
 * Fast by    one product a gate for the inputs of all steps, biases added to it, and one a step for the
 *            state: to cut a common product in four takes longer than it saves
 */
function stepByStep(inputs: Memory, kind: Kind) {
  const { x, U, W, b, h0, c0, P } = inputs
  const [T, N] = x.shape as [number, number]
  const [each, biases] = [rows(x), tf.unstack(b)]
  const projected = weightsOf(U).map((weights, gate) => {
    const all = tf.add(tf.matMul(each, weights), biases[gate]!)
    return inOrder(eachStep(tf.reshape(all, [T, N, c0.shape[1]!])), kind)
  })
  const padding = inOrder(paddingOfEach(inputs.padded, c0.shape[1]!), kind)
  const [recurrent, peepholes] = [weightsOf(W), isSeenToBeZero(P) ? [] : tf.unstack(P)]
  const steps: Record<keyof Steps, tf.Tensor>[] = []
  let [h, c] = [h0, c0]
  for (let at = 0; at < T; at++) {
    const [before, cellBefore] = [h as tf.Tensor2D, c]
    const entering = recurrent.map((weights, gate) =>
      tf.add(projected[gate]![at]!, tf.matMul(before, weights)),
    )
    const computed = step(entering, c, peepholes, kind)
    h = select(padding[at]!, h, computed.h)
    c = select(padding[at]!, c, computed.c)
    steps.push({ ...computed, h, c, before, cellBefore })
  }
  const inTime = (name: keyof Steps) => {
    const each = steps.map((step) => step[name])
    return tf.stack(inOrder(each, kind))
  }
  return { inTime, last: tf.clone(h), lastCell: tf.clone(c) }
}

/** What there is of every step, in time, by its name, and what is left after the step that is done last. */
export function cells(inputs: Memory, kind: Kind) {
  if (!isOneBlock(inputs, kind)) return stepByStep(inputs, kind)
  const steps = block(inputs, kind)
  const end = kind.direction === 'forward' ? inputs.x.shape[0]! - 1 : 0
  const lastOf = (array: tf.Tensor) => tf.squeeze(tf.slice(array, end, 1), [0])
  const inTime = (name: keyof Steps) => steps[name]
  return { inTime, last: lastOf(steps.h), lastCell: lastOf(steps.c) }
}
