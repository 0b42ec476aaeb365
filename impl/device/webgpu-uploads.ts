import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'

/** What is used here of the inside of the backend. */
interface Inside {
  readonly tensorMap: {
    get(id: object): { resource?: unknown; values: ArrayLike<number> | null; dtype: string }
  }
  readonly bufferManager: { acquireBuffer(size: number, usage: number): unknown }
  readonly queue: {
    writeBuffer(buffer: unknown, at: number, data: Float32Array | Int32Array): void
  }
  uploadToGPU(id: object): void
}

// Of WebGPU: STORAGE, COPY_DST and COPY_SRC, as the backend asks for it.
const usage = 0x80 | 0x08 | 0x04

const arrays: Readonly<Record<string, Float32ArrayConstructor | Int32ArrayConstructor>> = {
  float32: Float32Array,
  int32: Int32Array,
  bool: Int32Array,
}

/**
 * Lets a backend write numbers to the GPU through the queue. By itself it makes a mapped buffer for each tensor
 * that it fills a used buffer with, which takes a millisecond on a GPU of NVIDIA where a product takes an
 * eighth: for each constant of a formula. No command that waits reads a buffer that is free, since the backend
 * frees those of waiting commands after they are sent.
 */
export function writeThroughQueue(backend: WebGPUBackend): WebGPUBackend {
  const inside = backend as unknown as Inside
  const upload = inside.uploadToGPU.bind(inside)
  inside.uploadToGPU = (id) => {
    const tensor = inside.tensorMap.get(id)
    const TypedArray = arrays[tensor.dtype]
    if (tensor.resource != null || !tensor.values?.length || !TypedArray) {
      upload(id)
      return
    }
    const data = TypedArray.from(tensor.values)
    const buffer = inside.bufferManager.acquireBuffer(data.byteLength, usage)
    inside.queue.writeBuffer(buffer, 0, data)
    tensor.resource = buffer
    tensor.values = null
  }
  return backend
}
