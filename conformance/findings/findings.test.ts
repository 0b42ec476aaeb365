import { createRequire } from 'node:module'
import { runInNewContext } from 'node:vm'
import * as tf from '@tensorflow/tfjs'
import { afterAll, describe, expect, test } from 'vitest'
import { type DeviceName, useDevice } from '../../impl/device/device.ts'
import { messageOf } from '../../impl/device/errors.ts'
import { asReleased } from '../../impl/device/replaced-kernels.ts'
import { clauseById } from '../../spec/index.ts'
import { elements, type Tensor } from '../../spec/language/tensor.ts'
import { type Attribute, type Graph, modelOf } from '../adapters/libraries/onnx-model.ts'
import { loadRuntime } from '../adapters/libraries/onnxruntime.ts'
import { findSmall } from '../adapters/libraries/packages.ts'
import { loadImplementation } from '../adapters/load.ts'
import type { Question } from '../base/question.ts'
import { tryDevice } from '../fixtures/tried.ts'
import type { Finding } from './finding.ts'
import { findings } from './index.ts'

/** What came of a call, as the findings put it. */
async function observed(call: () => unknown, fault: () => string | undefined): Promise<string> {
  try {
    const value = await call()
    const data = value instanceof tf.Tensor ? Array.from(await value.data()) : value
    const wrong = fault()
    return wrong === undefined ? JSON.stringify(data, named) : `fails: ${wrong}`
  } catch (error) {
    // It is our device that throws at a shader that does not compile, and not the library.
    const wrong = fault()
    return wrong === undefined ? `throws: ${messageOf(error)}` : `fails: ${wrong}`
  }
}

/** Numbers that JSON has no form for, by name. */
const named = (_: string, value: unknown) =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value

function expectStillWrong({ expected, actual, call }: Finding, seen: string): void {
  const fixed = expected === 'throws' ? seen.startsWith('throws') : seen === expected
  expect(fixed, `${call} is right now: remove the finding`).toBe(false)
  // What memory happens to hold is told in words.
  if (/^(\[|throws|fails)/.test(actual)) expect(seen).toContain(actual.replace(/^throws: /, ''))
}

test('every finding names clauses', () => {
  const named = findings.flatMap(({ clause, alsoIn = [] }) => [clause, ...alsoIn])
  expect(named.filter((clause) => clauseById(clause) === undefined)).toEqual([])
})

const filled = (value: number, ...shape: readonly number[]): Tensor => {
  return { dtype: 'float32', shape, data: new Float32Array(elements(shape)).fill(value) }
}
const ones = (...shape: readonly number[]) => filled(1, ...shape)

/** The calls that end a process or spoil its memory, by what the findings name them: what is asked of `cnn.conv2d`, or of another operation. */
const crashes: Readonly<
  Record<string, Pick<Question, 'inputs' | 'parameters'> & { readonly id?: string }>
> = {
  'tf.conv2d(tf.ones([2, 1, 1, 1]), tf.ones([1, 1, 1, 1]), [1, 2], [[0, 0], [0, 0], [1, 1], [0, 0]])':
    {
      inputs: { x: ones(2, 1, 1, 1), filters: ones(1, 1, 1, 1), bias: ones(1) },
      parameters: { strides: [1, 2], dilations: [1, 1], padding: [0, 0, 1, 1] },
    },
  'tf.depthwiseConv2d(tf.ones([2, 1, 1, 1]), tf.ones([1, 1, 1, 2]), 2, [[0, 0], [0, 0], [1, 1], [0, 0]])':
    {
      id: 'efficient.depthwise',
      inputs: { x: ones(2, 1, 1, 1), filters: ones(1, 1, 1, 2) },
      parameters: { strides: [2, 2], dilations: [1, 1], padding: [0, 0, 1, 1] },
    },
  'tf.tidy(() => tf.fused.conv2d({ x: tf.zeros([1, 1, 1, 1]), filter: tf.zeros([1, 1, 1, 3]), bias: tf.tensor1d([-1, 0, 0]), strides: 1, pad: [[0, 0], [-1, 0], [0, 0], [0, 0]] }).shape)':
    {
      inputs: {
        x: filled(0, 1, 1, 1, 1),
        filters: filled(0, 1, 1, 1, 3),
        bias: { dtype: 'float32', shape: [3], data: Float32Array.of(-1, 0, 0) },
      },
      parameters: { strides: [1, 1], dilations: [1, 1], padding: [-1, 0, 0, 0] },
    },
  'Conv(x, W), pads = [0, 0, 0, -1]': {
    inputs: { x: ones(1, 1, 2, 1), filters: ones(1, 1, 1, 1), bias: ones(1) },
    parameters: { strides: [1, 1], dilations: [1, 1], padding: [0, 0, 0, -1] },
  },
  'ConvTranspose(x, W), group = 0': {
    id: 'gan.tconv2d',
    inputs: { z: ones(1, 1, 1, 1), filters: ones(1, 1, 1, 1), bias: ones(1) },
    parameters: {
      strides: [1, 1],
      dilations: [1, 1],
      padding: [0, 0, 0, 0],
      outputPadding: [0, 0],
      groups: 0,
    },
  },
  'RNN(x, W, R), x = [[0]]': {
    id: 'rnn.forward',
    inputs: { x: ones(1, 1), U: ones(1, 1), W: ones(1, 1) },
    parameters: { activation: 'tanh', direction: 'forward' },
  },
}

const isCrash = ({ actual }: Finding) => actual.startsWith('crashes')

/** Asks a library that may end its process in one of its own. */
async function expectCrash(library: string, { call, actual }: Finding): Promise<void> {
  const implementation = await loadImplementation(library)
  const { id = 'cnn.conv2d', inputs, parameters } = crashes[call]!
  const answer = implementation.operations[id]!(inputs, parameters)
  await expect(Promise.resolve(answer)).rejects.toThrow(actual.replace('crashes: ', ''))
  await implementation.close?.()
}

const backends: readonly DeviceName[] = ['cpu', 'wasm', 'webgpu', 'tensorflow']
for (const name of backends) {
  const library = name === 'cpu' ? 'TensorFlow.js' : `TensorFlow.js on ${name}`
  const { device, reason, skipped } = await tryDevice(name)
  describe.skipIf(reason)(`${library}${skipped}`, () => {
    afterAll(() => device.close())
    const own = findings.filter((finding) => finding.library === library)
    test.each(own.filter((finding) => !isCrash(finding)))('$call', async (finding) => {
      await useDevice(device)
      expect(finding.version).toBe(tf.version_core)
      const call = new Function('tf', `return ${finding.call}`)
      const seen = await observed(() => asReleased(() => call(tf)), device.fault)
      device.forgetFault?.()
      expectStillWrong(finding, seen)
    })
    test.each(own.filter(isCrash))('$call', (finding) => expectCrash(`tfjs:${name}`, finding))
  })
}

const onnxCall = (
  operator: string,
  /** One pixel, a number a channel. */
  x: readonly number[],
  attributes: Readonly<Record<string, Attribute>> = {},
  ...more: readonly string[]
) => ({ x, node: { operator, inputs: ['x', ...more], output: 'y', attributes } })

/** The calls of ONNX Runtime on one pixel, by what the findings name them. */
const onnxCalls: Readonly<Record<string, ReturnType<typeof onnxCall>>> = {
  "Conv(x, W), auto_pad = 'SAME_UPPER', dilations = [2, 2]": onnxCall(
    'Conv',
    [1],
    { auto_pad: 'SAME_UPPER', dilations: [2, 2] },
    'W',
  ),
  'ConvTranspose(x, W), dilations = [1, 2], output_padding = [0, 1]': onnxCall(
    'ConvTranspose',
    [1],
    { dilations: [1, 2], output_padding: [0, 1] },
    'W',
  ),
  'Sigmoid(x)': onnxCall('Sigmoid', [-17]),
  'MaxPool(x), kernel_shape = [1, 1]': onnxCall('MaxPool', [Number.NaN], { kernel_shape: [1, 1] }),
  'LRN(x), size = 1, alpha = 0, beta = 1, bias = 1': onnxCall('LRN', [1], {
    size: { int: 1 },
    alpha: 0,
    beta: 1,
    bias: 1,
  }),
  'LRN([4096, 1]), size = 1, alpha = 1, beta = 1, bias = 1': onnxCall('LRN', [4096, 1], {
    size: { int: 1 },
    alpha: 1,
    beta: 1,
    bias: 1,
  }),
  'MaxPool(x), kernel_shape = [2, 1]': onnxCall('MaxPool', [1], { kernel_shape: [2, 1] }),
}

const cast = (input: string, output: string, to: number) => ({
  operator: 'Cast',
  inputs: [input],
  output,
  attributes: { to: { int: to } },
})
const weight = (shape: readonly number[], ...data: readonly number[]): Tensor => ({
  dtype: 'float32',
  shape,
  data: Float32Array.from(data),
})
/** Types of ONNX. */
const [FLOAT, INT8, FLOAT16] = [1, 3, 10]

type Given = Pick<Graph, 'nodes' | 'weights' | 'outputs'> & {
  readonly x: readonly number[]
  /** One row unless told otherwise. */
  readonly shape?: readonly number[]
}

/** A recurrent layer of one unit, without recurrent weights, on one step; y is the last of its outputs. */
function recurrent(
  operator: 'RNN' | 'LSTM' | 'GRU',
  {
    x = 0,
    W = 0,
    more = {},
    attributes = {},
    output = ['y'],
  }: {
    readonly x?: number
    readonly W?: number
    readonly more?: Graph['weights']
    readonly attributes?: Readonly<Record<string, Attribute>>
    readonly output?: readonly string[]
  },
): Given {
  const gates = { RNN: 1, LSTM: 4, GRU: 3 }[operator]
  const zeros = new Array<number>(gates).fill(0)
  const weights = {
    W: weight([1, gates, 1], ...zeros.fill(W)),
    R: weight([1, gates, 1], ...zeros.fill(0)),
    ...more,
  }
  const names = ['B', 'lengths', 'h0', ...(operator === 'LSTM' ? ['c0'] : [])]
  const node = {
    operator,
    inputs: ['x', 'W', 'R', ...names.map((name) => (name in more ? name : ''))],
    output,
    attributes: { hidden_size: { int: 1 }, ...attributes },
  }
  return { x: [x], shape: [1, 1, 1], weights, nodes: [node], outputs: ['y'] }
}

/** Those of several operators, or outputs. */
const onnxGraphs: Readonly<Record<string, Given>> = {
  'RNN(x, W = 1, R = 0), x = 0.001': recurrent('RNN', { x: 0.001, W: 1 }),
  'RNN(x, W, R), layout = 1': recurrent('RNN', { attributes: { layout: { int: 1 } } }),
  'RNN(x, W, R, sequence_lens = 0, initial_h = 1)': recurrent('RNN', {
    more: { lengths: Int32Array.of(0), h0: weight([1, 1, 1], 1) },
    output: ['', 'y'],
  }),
  'LSTM(x, W = 0, R = 0, B, initial_c = 1), B = −12 in the forget gate': recurrent('LSTM', {
    more: { B: weight([1, 8], 0, 0, -12, 0, 0, 0, 0, 0), c0: weight([1, 1, 1], 1) },
    output: ['', '', 'y'],
  }),
  'GRU(x, W = 0, R = 0, B), B = −100 in the update gate, 20 in the candidate': recurrent('GRU', {
    more: { B: weight([1, 6], -100, 0, 20, 0, 0, 0) },
  }),
  'Cast(MatMul(Cast(x, to = FLOAT16), Cast(W, to = FLOAT16)), to = FLOAT), x = [[2048, 1]], W = [[1], [1]]':
    {
      x: [2048, 1],
      weights: { W: weight([2, 1], 1, 1) },
      nodes: [
        cast('x', 'a', FLOAT16!),
        cast('W', 'b', FLOAT16!),
        { operator: 'MatMul', inputs: ['a', 'b'], output: 'product' },
        cast('product', 'y', FLOAT!),
      ],
    },
  'Cast(QuantizeLinear(x, 0, 0), to = FLOAT)': {
    x: [1],
    weights: { scale: weight([], 0), zero: weight([], 0) },
    nodes: [
      cast('zero', 'z', INT8!),
      { operator: 'QuantizeLinear', inputs: ['x', 'scale', 'z'], output: 'codes' },
      cast('codes', 'y', FLOAT!),
    ],
  },
}

function onnxCase(call: string) {
  const graph = onnxGraphs[call]
  if (graph !== undefined) return { shape: [1, graph.x.length], ...graph }
  const { node, x } = onnxCalls[call]!
  const weights = { W: weight([1, 1, 1, 1], 1) }
  return { nodes: [node], weights, x, shape: [1, x.length, 1, 1] }
}

const runtime = await Promise.resolve()
  .then(() => loadRuntime())
  .catch(messageOf)
const absent = typeof runtime === 'string' ? runtime : ''
describe.skipIf(absent)(`ONNX Runtime${absent ? ` (skipped: ${absent})` : ''}`, () => {
  const own = findings.filter(({ library }) => library === 'ONNX Runtime')
  test.each(own.filter(isCrash))('$call', (finding) => expectCrash('onnxruntime', finding))
  test.each(own.filter((finding) => !isCrash(finding)))('$call', async (finding) => {
    if (typeof runtime === 'string') return
    const { InferenceSession, Tensor: OnnxTensor } = runtime.runtime
    expect(finding.version).toBe(runtime.version)
    const { x, shape, ...graph } = onnxCase(finding.call)
    const model = modelOf({ input: 'x', ...graph })
    const run = async () => {
      const session = await InferenceSession.create(model, { logSeverityLevel: 4 })
      const { y } = await session.run({
        x: new OnnxTensor('float32', Float32Array.from(x), shape),
      })
      return Array.from(y!.data)
    }
    expectStillWrong(finding, await observed(run, () => undefined))
  })
})

for (const name of ['svd-js', 'numeric'] as const) {
  const found = findSmall(name)
  describe.skipIf(!found)(`${name}${found ? '' : ' (skipped: it is not installed)'}`, () => {
    const own = findings.filter(({ library }) => library === name)
    test.each(own)('$call', async (finding) => {
      expect(finding.version).toBe(found!.version)
      const library = createRequire(found!.file)(found!.file)
      const call = new Function('library', `return ${finding.call}`)
      const seen = await observed(
        () => call(library),
        () => undefined,
      )
      expectStillWrong(finding, seen)
    })
  })
}

describe('ml-matrix', () => {
  const own = findings.filter(({ library }) => library === 'ml-matrix')
  test.each(own)('$call', async (finding) => {
    const found = findSmall('ml-matrix')!
    expect(finding.version).toBe(found.version)
    const library = createRequire(found.file)(found.file)
    const seen = await observed(
      // What takes milliseconds where it ends is not waited for.
      () => runInNewContext(finding.call, { library }, { timeout: 2000 }),
      () => undefined,
    )
    expectStillWrong(finding, seen)
  })
})
