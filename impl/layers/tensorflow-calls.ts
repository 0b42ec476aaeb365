import * as tf from '@tensorflow/tfjs-core'
import type { Algebra } from './algebra.ts'
import { isTensorflowOnCpu } from './host.ts'
import { isSeenToBeZero } from './steps.ts'

/** An array as the binding of TensorFlow has it. */
export interface Held {
  readonly id: number
}

interface Attribute {
  readonly name: string
  readonly type: number
  readonly value: number | boolean
}

/** The part of TensorFlow's backend that calls an operation. */
interface NodeBackend {
  readonly binding: Readonly<
    Record<'TF_ATTR_TYPE' | 'TF_ATTR_INT' | 'TF_ATTR_BOOL' | 'TF_INT32' | 'TF_INT64', number>
  > & {
    deleteTensor(id: number): void
    executeOp(
      operation: string,
      attributes: readonly Attribute[],
      inputs: readonly number[],
      outputs: number,
    ): Held[]
  }
  getDTypeInteger(dtype: string): number
  getInputTensorIds(tensors: readonly tf.Tensor[]): number[]
  createOutputTensor(of: Held): tf.Tensor
}

/**
 * Operations of TensorFlow without a tensor of TensorFlow.js for each result. To make one and to look after it takes as
 * long as a kernel has to do in a step of a recurrent layer.
 */
class Calls implements Algebra<Held> {
  readonly one: Held
  readonly #node = tf.backend() as unknown as NodeBackend
  readonly #type: Attribute
  readonly #asTheyAre: readonly Attribute[]
  readonly #axis: Held
  #made: Held[] = []

  constructor() {
    const { binding } = this.#node
    const float32 = this.#node.getDTypeInteger('float32')
    this.#type = { name: 'T', type: binding.TF_ATTR_TYPE, value: float32 }
    this.#asTheyAre = [
      this.#type,
      { name: 'transpose_a', type: binding.TF_ATTR_BOOL, value: false },
      { name: 'transpose_b', type: binding.TF_ATTR_BOOL, value: false },
    ]
    this.one = this.of(tf.scalar(1))
    this.#axis = this.of(tf.scalar(1, 'int32'))
  }

  /** A tensor of TensorFlow.js. */
  of(tensor: tf.Tensor): Held {
    return { id: this.#node.getInputTensorIds([tensor])[0]! }
  }

  /** A new tensor of TensorFlow.js: arrays of one shape, one after the other. */
  stacked(arrays: readonly Held[]): tf.Tensor {
    const { binding } = this.#node
    const count = { name: 'N', type: binding.TF_ATTR_INT, value: arrays.length }
    const ids = arrays.map(({ id }) => id)
    const axis = { name: 'axis', type: binding.TF_ATTR_INT, value: 0 }
    return this.#node.createOutputTensor(
      binding.executeOp('Pack', [count, this.#type, axis], ids, 1)[0]!,
    )
  }

  /** What a step makes, without what it made on the way. */
  step<Made extends Readonly<Record<string, Held>>>(compute: () => Made): Made {
    const before = this.#made
    this.#made = []
    const made = compute()
    const ids = new Set(Object.values(made).map(({ id }) => id))
    const left = this.#made.filter(({ id }) => ids.has(id))
    this.#free(this.#made.filter(({ id }) => !ids.has(id)))
    this.#made = [...before, ...left]
    return made
  }

  /** Frees whatever was made. */
  end(): void {
    this.#free(this.#made)
    this.#made = []
  }

  #free(arrays: readonly Held[]): void {
    for (const { id } of arrays) this.#node.binding.deleteTensor(id)
  }

  #call(operation: string, attributes: readonly Attribute[], ids: readonly number[], outputs = 1) {
    const made = this.#node.binding.executeOp(operation, attributes, ids, outputs)
    this.#made.push(...made)
    return made
  }

  #one(operation: string, ...arrays: readonly Held[]): Held {
    const ids = arrays.map(({ id }) => id)
    return this.#call(operation, [this.#type], ids)[0]!
  }

  add = (a: Held, b: Held) => this.#one('AddV2', a, b)
  sub = (a: Held, b: Held) => this.#one('Sub', a, b)
  mul = (a: Held, b: Held) => this.#one('Mul', a, b)
  sigmoid = (a: Held) => this.#one('Sigmoid', a)
  tanh = (a: Held) => this.#one('Tanh', a)

  matMul(a: Held, b: Held): Held {
    return this.#call('MatMul', this.#asTheyAre, [a.id, b.id])[0]!
  }

  /** So many parts of a matrix, each with as many columns. */
  split(matrix: Held, parts: number): readonly Held[] {
    const { TF_ATTR_INT } = this.#node.binding
    const attributes = [{ name: 'num_split', type: TF_ATTR_INT, value: parts }, this.#type]
    return this.#call('Split', attributes, [this.#axis.id, matrix.id], parts)
  }
}

/** Whether a recurrent layer calls TensorFlow so: on a processor, where no step is padding. */
export const isCalled = (padded: tf.Tensor) => isTensorflowOnCpu() && isSeenToBeZero(padded)

/**
 * x W + b for many rows of x, the bias a row of the weights: to go through all results once more takes half as long as
 * the product itself.
 */
export function withBias(x: tf.Tensor2D, W: tf.Tensor2D, b: tf.Tensor): tf.Tensor2D {
  const ones = tf.ones([x.shape[0], 1]) as tf.Tensor2D
  return tf.matMul(tf.concat([x, ones], 1), tf.concat([W, tf.reshape(b, [1, -1])], 0))
}

/** What an operation of TensorFlow makes, of which its packages have no kernel. It has no gradient. */
export function calledDirectly(operation: string, ...arrays: readonly tf.Tensor[]): tf.Tensor {
  const node = tf.backend() as unknown as NodeBackend
  const value = node.getDTypeInteger('float32')
  const type = { name: 'T', type: node.binding.TF_ATTR_TYPE, value }
  const ids = node.getInputTensorIds(arrays)
  return node.createOutputTensor(node.binding.executeOp(operation, [type], ids, 1)[0]!)
}

/** The singular values of a matrix, and its left and right vectors, one a column. It has no gradient. */
export function svdByTensorflow(A: tf.Tensor2D): readonly [tf.Tensor1D, tf.Tensor2D, tf.Tensor2D] {
  const node = tf.backend() as unknown as NodeBackend
  const { binding } = node
  const attributes = [
    { name: 'T', type: binding.TF_ATTR_TYPE, value: node.getDTypeInteger('float32') },
    { name: 'compute_uv', type: binding.TF_ATTR_BOOL, value: true },
    { name: 'full_matrices', type: binding.TF_ATTR_BOOL, value: false },
  ]
  const made = binding.executeOp('Svd', attributes, node.getInputTensorIds([A]), 3)
  const [values, left, right] = made.map((held) => node.createOutputTensor(held))
  return [values as tf.Tensor1D, left as tf.Tensor2D, right as tf.Tensor2D]
}

/** What a layer of long short-term memory is given beside its inputs; of peepholes there are three or none. */
interface OfMemory {
  readonly h0: tf.Tensor
  readonly c0: tf.Tensor
  /** From the input, and below them from the state, to the gates i, f, g and o, one beside the other. */
  readonly weights: tf.Tensor
  readonly biases: tf.Tensor
  readonly peepholes: readonly tf.Tensor[] | null
}

/** All steps of long short-term memory by one operation of TensorFlow. It has no gradient. */
export function blockOfMemory(
  x: tf.Tensor,
  { h0, c0, weights, biases, peepholes }: OfMemory,
): Record<'i' | 'c' | 'f' | 'o' | 'g' | 'tanhC' | 'h', tf.Tensor> {
  const node = tf.backend() as unknown as NodeBackend
  const { binding } = node
  const type = (name: string, value: number) => ({ name, type: binding.TF_ATTR_TYPE, value })
  const three = peepholes ?? Array.from({ length: 3 }, () => tf.zeros([h0.shape[1]!]))
  const given = [tf.scalar(x.shape[0]!, 'int32'), x, c0, h0, weights, ...three, biases]
  const [short, ...others] = node.getInputTensorIds(given) as [number, ...number[]]
  const toLong = [type('SrcT', binding.TF_INT32), type('DstT', binding.TF_INT64)]
  const [steps] = binding.executeOp('Cast', toLong, [short], 1)
  const attributes = [
    type('T', node.getDTypeInteger('float32')),
    { name: 'use_peephole', type: binding.TF_ATTR_BOOL, value: peepholes !== null },
  ]
  try {
    const made = binding.executeOp('BlockLSTMV2', attributes, [steps!.id, ...others], 7)
    const [i, c, f, o, g, tanhC, h] = made.map((held) => node.createOutputTensor(held))
    return { i: i!, c: c!, f: f!, o: o!, g: g!, tanhC: tanhC!, h: h! }
  } finally {
    binding.deleteTensor(steps!.id)
  }
}

/** Computes by calls of TensorFlow, and frees what they made. */
export function byCalls<T>(compute: (calls: Calls) => T): T {
  return tf.tidy(() => {
    const calls = new Calls()
    try {
      return compute(calls) as never
    } finally {
      calls.end()
    }
  })
}
