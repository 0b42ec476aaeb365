import * as tf from '@tensorflow/tfjs-core'
import { realize } from '../../conformance/arbitraries/fill.ts'
import type { Device } from '../../impl/device/device.ts'
import { asReleased } from '../../impl/device/replaced-kernels.ts'
import { fast } from '../../impl/index.ts'
import type { Fast } from '../../impl/operation.ts'
import { lift } from '../../reference/arithmetic/array.ts'
import { number } from '../../reference/arithmetic/number.ts'
import { referencesById } from '../../reference/index.ts'
import type { OperationById } from '../../spec/index.ts'
import type { Operation, Sizes } from '../../spec/language/operation.ts'
import type { Tensor } from '../../spec/language/tensor.ts'
import { inputsOf as inputsOfModel, type OnnxNode, onnxModel } from './onnx.ts'
import { profile } from './profile.ts'
import type { Python } from './python.ts'
import type { Subject } from './subject.ts'

type Tensors = Record<string, tf.Tensor>
type Work = () => void
type Wait = () => Promise<unknown>

/** What a recurrent layer may be given, and no other library is here: steps that are padding, and gates that see cells. */
const isLeftOut = (name: string) => name === 'padded' || name === 'P'

/** Numbers of one kind for everybody; what only ours is given is 0. */
export function inputsOf({ operation, parameters, others }: Subject, sizes: Sizes) {
  const { inputs } = realize(operation, { sizes, parameters, distribution: 'uniform', seed: 1 })
  const given = Object.entries(inputs).map(([name, { dtype, shape, data }]) => {
    const zeros = others.steps !== undefined && isLeftOut(name)
    return [name, { dtype, shape, data: zeros ? new Float32Array(data.length) : data }]
  })
  return Object.fromEntries(given) as Readonly<Record<string, Tensor>>
}

/**
 * Milliseconds a call: calls follow one another without waiting for the device, as in a network, and
 * the median of five rounds counts. What compiles or allocates at first is left out.
 */
async function timed(work: Work, wait: Wait, seconds: number): Promise<number> {
  for (let i = 0; i < 3; i++) work()
  await wait()
  const once = await stopwatch(work, wait, 1)
  const calls = Math.max(1, Math.min(500, Math.floor((seconds * 1000) / 5 / Math.max(once, 1e-3))))
  const rounds: number[] = []
  for (let round = 0; round < 5; round++) rounds.push(await stopwatch(work, wait, calls))
  return rounds.sort((a, b) => a - b)[2]!
}

async function stopwatch(work: Work, wait: Wait, calls: number): Promise<number> {
  const start = performance.now()
  for (let i = 0; i < calls; i++) work()
  await wait()
  return (performance.now() - start) / calls
}

/** A computation of TensorFlow.js on the device in use; undefined where the library refuses it. */
async function onDevice(
  compute: () => tf.Tensor,
  device: Device,
  seconds: number,
): Promise<number | undefined> {
  let last: tf.Tensor | undefined
  const work = () => {
    last?.dispose()
    last = tf.tidy(compute)
  }
  // One element is enough to know that everything has been computed.
  const wait = async () => {
    const one = tf.tidy(() => tf.slice(tf.reshape(last!, [-1]), [0], [1]))
    await one.data()
    one.dispose()
  }
  try {
    const ms = await timed(work, wait, seconds)
    return device.fault() ? undefined : ms
  } catch {
    return undefined
  } finally {
    last?.dispose()
  }
}

/** The inputs of a subject on the device in use. */
function onDeviceInUse(subject: Subject): Tensors {
  const tensors: Tensors = {}
  for (const [name, { shape, data }] of Object.entries(inputsOf(subject, subject.sizes))) {
    tensors[name] = tf.tensor(data as Float32Array, [...shape], 'float32')
  }
  return tensors
}

const fastOf = ({ operation: { id } }: Subject) =>
  fast[id as keyof OperationById] as unknown as Fast<Operation>

/** In which kernels our implementation of a subject spends its time. */
export function profileOf(subject: Subject, seconds: number) {
  const tensors = onDeviceInUse(subject)
  const compute = fastOf(subject)
  try {
    return profile(
      () => tf.dispose(tf.tidy(() => Object.values(compute(tensors, subject.parameters as never)))),
      seconds,
    )
  } finally {
    tf.dispose(tensors)
  }
}

/** Our implementation of a subject, and the bare library beside it. */
export async function measureOn(subject: Subject, device: Device, seconds: number) {
  const { parameters, others } = subject
  const tensors = onDeviceInUse(subject)
  const compute = fastOf(subject)
  const { bare } = others
  try {
    return {
      ours: await onDevice(
        () => Object.values(compute(tensors, parameters as never))[0]!,
        device,
        seconds,
      ),
      bare:
        bare &&
        (await onDevice(
          () => {
            const result = asReleased(() => bare(tensors))
            return Array.isArray(result) ? result[0]! : result
          },
          device,
          seconds,
        )),
    }
  } finally {
    tf.dispose(tensors)
  }
}

/** The reference at its smaller size, as if it took time in proportion at the full size. */
export function measureReference(subject: Subject): number {
  const { operation, sizes, small, parameters, work } = subject
  const inputs = Object.fromEntries(
    Object.entries(inputsOf(subject, small)).map(([name, it]) => [name, lift(number, it)]),
  )
  const reference = referencesById[operation.id]!
  const sized = Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      name === 'imageSize' || name === 'image' ? [small.H, small.W] : value,
    ]),
  )
  reference(number, inputs, sized)
  const start = performance.now()
  reference(number, inputs, sized)
  return ((performance.now() - start) * work(sizes)) / work(small)
}

/** Images first as N × K × H × W, filters as Q × K × H × W; other arrays as they are. */
function channelsFirst(name: string, shape: readonly number[]): readonly number[] {
  const [a, b, c, d] = shape as [number, number, number, number]
  if (shape.length !== 4) return shape
  return /filters|reduce|expand/.test(name) ? [d, c, a, b] : [a, d, b, c]
}

function shapesOf(subject: Subject): Record<string, readonly number[]> {
  return Object.fromEntries(
    Object.entries(subject.operation.inputs).map(([name, { axes }]) => [
      name,
      channelsFirst(
        name,
        axes.map((symbol) => subject.sizes[symbol]!),
      ),
    ]),
  )
}

/** PyTorch, NumPy or Flower, where there is a call of it. */
export async function measurePython(
  subject: Subject,
  library: 'torch' | 'numpy' | 'flower',
  python: Python | undefined,
  seconds: number,
  tf32 = false,
) {
  const { [library]: call, whole = false } = subject.others
  return call && python
    ? python.measure({ library, call, whole, shapes: shapesOf(subject), seconds, tf32 })
    : undefined
}

const side = 1024
const squares = { a: [side, side], b: [side, side] }

/**
 * The most multiply-adds a second that anything here reaches: in a product of matrices of 1024 × 1024, for
 * which libraries have kernels that come near to what the machine can do. `null` where none of them is there.
 */
export async function measurePeak(
  runtime: OnnxRuntime | undefined,
  python: Python | undefined,
  seconds: number,
): Promise<{ readonly by: string; readonly multiplyAddsPerSecond: number } | null> {
  const call = { call: 'a @ b', whole: false, shapes: squares, seconds, tf32: false }
  const times = {
    PyTorch: await python?.measure({ ...call, library: 'torch' }),
    NumPy: await python?.measure({ ...call, library: 'numpy' }),
    'ONNX Runtime': runtime && (await measureProduct(runtime, seconds)),
  }
  const [fastest] = Object.entries(times)
    .flatMap(([by, ms]) => (ms === undefined ? [] : [{ by, ms }]))
    .toSorted((a, b) => a.ms - b.ms)
  if (fastest === undefined) return null
  return { by: fastest.by, multiplyAddsPerSecond: (side ** 3 / fastest.ms) * 1000 }
}

function measureProduct(runtime: OnnxRuntime, seconds: number) {
  const data = Float32Array.from({ length: side ** 2 }, (_, i) => Math.sin(i))
  return timeOnnx(
    runtime,
    [{ type: 'MatMul', inputs: ['a', 'b'] }],
    squares,
    'float32',
    seconds,
    () => data,
  )
}

/** The part of ONNX Runtime's interface that is used here; the package is optional. */
export interface OnnxRuntime {
  readonly InferenceSession: {
    create(
      model: Uint8Array,
      options: object,
    ): Promise<{ run(feeds: object): Promise<object>; release(): Promise<void> }>
  }
  readonly Tensor: new (
    type: 'float32' | 'int8',
    data: Float32Array | Int8Array,
    shape: readonly number[],
  ) => object
}

export async function measureOnnx(
  subject: Subject,
  runtime: OnnxRuntime | undefined,
  seconds: number,
): Promise<number | undefined> {
  const { onnx, whole = false } = subject.others
  if (!onnx || !runtime) return undefined
  const nodes = 'type' in onnx ? [onnx] : onnx
  const type = whole ? 'int8' : 'float32'
  const shapes = whole ? withScalars(shapesOf(subject)) : shapesOf(subject)
  const inputs = inputsOf(subject, subject.sizes)
  // The order of the elements does not matter for the time.
  return timeOnnx(runtime, nodes, shapes, type, seconds, (name) => {
    const data = (inputs[name] as Tensor).data as Float32Array
    return whole ? Int8Array.from(data) : data
  })
}

async function timeOnnx(
  runtime: OnnxRuntime,
  nodes: readonly OnnxNode[],
  shapes: Readonly<Record<string, readonly number[]>>,
  type: 'float32' | 'int8',
  seconds: number,
  dataOf: (name: string) => Float32Array | Int8Array,
): Promise<number> {
  const model = onnxModel(nodes, shapes, [type, type === 'int8' ? 'int32' : 'float32'])
  const session = await runtime.InferenceSession.create(model, { executionProviders: ['cpu'] })
  const feeds = Object.fromEntries(
    inputsOfModel(nodes).map((name) => [
      name,
      new runtime.Tensor(type, dataOf(name), shapes[name]!),
    ]),
  )
  let pending: Promise<object> = Promise.resolve({})
  const ms = await timed(
    () => {
      pending = pending.then(() => session.run(feeds))
    },
    () => pending,
    seconds,
  )
  await session.release()
  return ms
}

/** One zero point for all weights is a number in ONNX. */
function withScalars(shapes: Readonly<Record<string, readonly number[]>>) {
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [
      name,
      shape.length === 1 && shape[0] === 1 ? [] : shape,
    ]),
  )
}
