import * as tf from '@tensorflow/tfjs-core'
import { type Losable, unlessLost } from './loss.ts'
import { afterTurn } from './turn.ts'
import { takeError, watching } from './webgpu-errors.ts'

/** The part of TensorFlow.js's WebGPU backend that is used here; it has no types of its own for it. */
interface Backend {
  readonly device: Losable & {
    createBuffer(options: { readonly size: number; readonly usage: number }): Buffer
  }
  readonly queue: { writeBuffer(to: Buffer, offset: number, data: ArrayBufferView): void }
  readonly bufferManager: { acquireBuffer(size: number, usage: number): Buffer }
  readonly tensorMap: { get(data: object): Stored }
  readonly commandEncoder: {
    copyBufferToBuffer(from: Buffer, at: number, to: Buffer, offset: number, size: number): void
  }
  ensureCommandEncoderReady(): void
  endComputePassEncoder(): void
  submitQueue(): void
}

interface Buffer {
  mapAsync(mode: number): Promise<void>
  getMappedRange(): ArrayBuffer
  unmap(): void
  destroy(): void
}

interface Stored {
  readonly dtype: tf.DataType
  values?: ArrayLike<number> | null
  resource?: Buffer
}

type Elements = Float32Array | Int32Array

interface Request {
  readonly tensor: tf.Tensor
  readonly backend: Backend
  resolve(data: Elements): void
  reject(reason: unknown): void
}

// WebGPU's own names for them exist only once Dawn is loaded.
const MAP_READ = 0x1
const COPY_SRC = 0x4
const COPY_DST = 0x8
const STORAGE = 0x80
const bytesOf = (tensor: tf.Tensor) => 4 * tensor.size

const current = () => tf.backend() as unknown as Backend

/**
 * A tensor on the WebGPU device, written through its queue. TensorFlow.js would create a buffer to
 * copy from for each of them.
 */
export function upload(data: Float32Array, shape: readonly number[]): tf.Tensor {
  const tensor = tf.tensor(data, [...shape], 'float32')
  if (tensor.size === 0) return tensor
  const { bufferManager, queue, tensorMap } = current()
  // One that is free is in no command that is still to be submitted.
  const buffer = bufferManager.acquireBuffer(bytesOf(tensor), STORAGE | COPY_SRC | COPY_DST)
  queue.writeBuffer(buffer, 0, data)
  Object.assign(tensorMap.get(tensor.dataId), { resource: buffer, values: null })
  return tensor
}

let waiting: Request[] = []

/** Runs a computation on the WebGPU device in use; what is wrong with it may be known only later. */
export const watched = <T>(compute: () => T) => watching(current().device, compute)

/**
 * The elements of a tensor on the WebGPU device. What is asked for in the same turn of the event loop
 * is copied into one buffer and waited for once: that takes as long for a hundred results as for one.
 * The tensor must not be disposed of before.
 */
export function readTogether(tensor: tf.Tensor): Promise<Elements> {
  return new Promise((resolve, reject) => {
    if (waiting.length === 0) afterTurn(flush)
    waiting.push({ tensor, backend: current(), resolve, reject })
  })
}

function flush(): void {
  const turn = waiting
  waiting = []
  // Another device of the same kind may have been opened meanwhile.
  for (const backend of new Set(turn.map((request) => request.backend))) {
    void answer(
      backend,
      turn.filter((request) => request.backend === backend),
    )
  }
}

async function answer(backend: Backend, requests: readonly Request[]): Promise<void> {
  try {
    const results = await readAll(
      backend,
      requests.map(({ tensor }) => tensor),
    )
    for (const [i, { resolve }] of requests.entries()) resolve(results[i]!)
  } catch (error) {
    for (const { reject } of requests) reject(error)
  }
}

async function readAll(backend: Backend, tensors: readonly tf.Tensor[]): Promise<Elements[]> {
  const offsets: number[] = []
  let size = 0
  for (const tensor of tensors) {
    offsets.push(size)
    size += bytesOf(tensor)
  }
  const stored = tensors.map(({ dataId }) => backend.tensorMap.get(dataId))
  const staging = backend.device.createBuffer({
    size: Math.max(4, size),
    usage: MAP_READ | COPY_DST,
  })
  const copy = () => {
    backend.ensureCommandEncoderReady()
    backend.endComputePassEncoder()
    for (const [i, { values, resource }] of stored.entries()) {
      if (values || !resource) continue
      const bytes = bytesOf(tensors[i]!)
      backend.commandEncoder.copyBufferToBuffer(resource, 0, staging, offsets[i]!, bytes)
    }
    backend.submitQueue()
    return takeError(backend.device)
  }
  try {
    const { result, error } = watching(backend.device, copy)
    const wrong = result ?? (await error) ?? undefined
    if (wrong !== undefined) throw new Error(wrong)
    await unlessLost(backend.device, staging.mapAsync(MAP_READ))
    const mapped = staging.getMappedRange()
    return tensors.map((tensor, i) => {
      const { values, dtype } = stored[i]!
      // A cast may leave the memory as it was: the flag 1 as a number is still a whole number there.
      const type = dtype === 'float32' ? Float32Array : Int32Array
      if (values) return type.from(values)
      return new type(mapped.slice(offsets[i]!, offsets[i]! + bytesOf(tensor)))
    })
  } finally {
    staging.destroy()
  }
}
