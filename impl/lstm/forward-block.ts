import * as tf from '@tensorflow/tfjs-core'
import { isSeenToBeZero, rows, turned } from '../layers/steps.ts'
import { blockOfMemory } from '../layers/tensorflow-calls.ts'
import type { Kind, Memory, StepName } from './forward-memory.ts'

/**
 * The gates, cells and states of a layer of long short-term memory whose gates are of their own, where no step is
 * padding.
 *
 * Fast by    one operation of TensorFlow for all steps, which its packages do not call. It goes forward in time
 */
export function blockCells<Name extends StepName>(
  { x, U, W, b, h0, c0, P }: Memory,
  { direction }: Pick<Kind, 'direction'>,
  names: readonly Name[],
): Record<Name | 'last' | 'lastCell', tf.Tensor> {
  const inOrder = (array: tf.Tensor) => (direction === 'forward' ? array : tf.reverse(array, 0))
  const weights = tf.concat([turned(rows(U)), turned(rows(W))], 0)
  const peepholes = isSeenToBeZero(P) ? null : tf.unstack(P)
  const made = blockOfMemory(inOrder(x), {
    h0,
    c0,
    weights,
    peepholes,
    biases: tf.reshape(b, [-1]),
  })
  const [T, ...one] = made.h.shape as [number, number, number]
  const behind = (first: tf.Tensor, each: tf.Tensor) =>
    tf.concat([tf.expandDims(first, 0), tf.slice(each, [0, 0, 0], [T - 1, ...one])], 0)
  const afterAll = (each: tf.Tensor) => tf.squeeze(tf.slice(each, [T - 1, 0, 0], [1, ...one]), [0])
  const steps: Record<StepName, () => tf.Tensor> = {
    ...{ i: () => made.i, f: () => made.f, g: () => made.g, o: () => made.o },
    ...{ h: () => made.h, c: () => made.c },
    before: () => behind(h0, made.h),
    cellBefore: () => behind(c0, made.c),
  }
  const inTime = names.map((name) => [name, inOrder(steps[name]())])
  return { ...Object.fromEntries(inTime), last: afterAll(made.h), lastCell: afterAll(made.c) }
}
