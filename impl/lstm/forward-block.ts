import * as tf from '@tensorflow/tfjs-core'
import { isTensorflowOnCpu } from '../layers/host.ts'
import { isSeenToBeZero, rows, turned } from '../layers/steps.ts'
import type { Kind, Memory, Steps } from './forward-memory.ts'

/** The part of TensorFlow's backend that calls an operation for which TensorFlow.js has no name. */
interface NodeBackend {
  readonly binding: Readonly<
    Record<'TF_ATTR_TYPE' | 'TF_ATTR_FLOAT' | 'TF_ATTR_BOOL' | 'TF_INT64', number>
  > & {
    createTensor(shape: readonly number[], dtype: number, data: Int32Array): number
    deleteTensor(id: number): void
    executeOp(name: string, attributes: object[], inputs: number[], outputs: number): object[]
  }
  getDTypeInteger(dtype: string): number
  getInputTensorIds(tensors: readonly tf.Tensor[]): number[]
  createOutputTensor(of: object): tf.Tensor
}

type SevenOf<T> = [T, T, T, T, T, T, T]

/** Whether TensorFlow has an operation for all steps together: on a processor, each gate with weights of its own. */
export const isOneBlock = ({ padded }: Memory, { coupled }: Kind) =>
  !coupled && isTensorflowOnCpu() && isSeenToBeZero(padded)

/** What a call gives, after which something is done also where it throws. */
function lastly<T>(call: () => T, after: () => void): T {
  try {
    return call()
  } finally {
    after()
  }
}

/**
 * All steps by `BlockLSTMV2` of TensorFlow, whose gates are i, f, g, o, too, with the weights of the input above those of
 * the state. To call a kernel from JavaScript takes as long as one has to do in a step, and a step has twenty.
 */
export function block(inputs: Memory, { direction }: Kind): Steps {
  const { x, U, W, b, h0, c0, P } = inputs
  const node = tf.backend() as unknown as NodeBackend
  const { binding } = node
  const inTime = (steps: tf.Tensor) => (direction === 'forward' ? steps : tf.reverse(steps, 0))
  const weights = tf.concat([turned(rows(U)), turned(rows(W))], 0)
  // A number of 64 bits, which TensorFlow.js has no type for: its lower half comes first.
  const length = binding.createTensor([], binding.TF_INT64, Int32Array.of(x.shape[0]!, 0))
  const [ofInput, ofForget, ofOutput] = tf.unstack(P)
  const given = [inTime(x), c0, h0, weights, ofInput!, ofForget!, ofOutput!, tf.reshape(b, [-1])]
  const attributes = [
    { name: 'cell_clip', type: binding.TF_ATTR_FLOAT, value: 0 },
    { name: 'use_peephole', type: binding.TF_ATTR_BOOL, value: true },
    { name: 'T', type: binding.TF_ATTR_TYPE, value: node.getDTypeInteger('float32') },
  ]
  const outputs = () =>
    binding.executeOp('BlockLSTMV2', attributes, [length, ...node.getInputTensorIds(given)], 7)
  const tensors = lastly(outputs, () => binding.deleteTensor(length)).map((output) =>
    node.createOutputTensor(output),
  )
  const [i, c, f, o, g, , h] = tensors as SevenOf<tf.Tensor>
  const before = (first: tf.Tensor, steps: tf.Tensor) =>
    tf.concat([tf.expandDims(first, 0), tf.slice(steps, 0, steps.shape[0]! - 1)], 0)
  return {
    i: inTime(i),
    f: inTime(f),
    g: inTime(g),
    o: inTime(o),
    h: inTime(h),
    c: inTime(c),
    before: inTime(before(h0, h)),
    cellBefore: inTime(before(c0, c)),
  }
}
