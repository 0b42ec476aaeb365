import * as tf from '@tensorflow/tfjs-core'
import { assertDevice, type Device } from './device.ts'
import { DeviceMismatch } from './errors.ts'
import type { DeviceName } from './name.ts'

/** Evidence that a device did the work, for the report. */
export interface Proof {
  readonly device: DeviceName
  readonly description: string
  /** The kernels that ran, as `backend/kernel`, in order. */
  readonly kernels: readonly string[]
  /** Where the device's own memory held the results, in words. */
  readonly residence: string
}

/**
 * Runs a small computation and proves which backend executed it: every kernel that TensorFlow.js
 * knows is watched while it runs, each result must lie in the device's own memory and nowhere
 * else, and the numbers must be right.
 *
 * @throws {DeviceMismatch} something else did the work, or the device did it wrongly
 */
export async function provenDevice(device: Device): Promise<Proof> {
  assertDevice(device)
  // Distinct at each call, so that no cache can answer; small, as the least worth sending to a GPU;
  // integers, so that every backend gives the same bits.
  const shift = ++proofs % 1000
  const [a, b, c, d] = [1 + shift, 2, 3, 4]
  const left = tf.tensor2d([a, b, c, d], [2, 2])
  const right = tf.tensor2d([5, 6, 7, 8], [2, 2])
  const temporary: tf.Tensor[] = [left, right]
  try {
    const { result, ran } = watchingKernels(() => {
      const product = tf.matMul(left, right)
      const sum = tf.add(product, left)
      temporary.push(product, sum)
      return [product, sum] as const
    })
    const expectedKernels = ['BatchMatMul', 'Add'].map((kernel) => `${device.backend}/${kernel}`)
    const kernels = ran.filter((kernel) => !/\/(Reshape|Identity)$/.test(kernel))
    if (kernels.join() !== expectedKernels.join()) {
      throw new DeviceMismatch(
        device.name,
        `the kernels that ran are ${kernels.join(', ') || 'none'}`,
        expectedKernels.join(', '),
      )
    }
    const residences = result.map((tensor) => assertResident(device, tensor))

    const product = [5 * a + 7 * b, 6 * a + 8 * b, 5 * c + 7 * d, 6 * c + 8 * d]
    const expected = [...product, ...[a, b, c, d].map((value, i) => value + product[i]!)]
    const values = (await Promise.all(result.map((tensor) => tensor.data()))).flatMap((array) => [
      ...array,
    ])
    assertDevice(device)
    if (values.join() !== expected.join()) {
      throw new DeviceMismatch(device.name, `it computed ${values}`, String(expected))
    }
    return {
      device: device.name,
      description: device.description,
      kernels,
      residence: [...new Set(residences)].join(', '),
    }
  } finally {
    tf.dispose(temporary)
  }
}

let proofs = 0

/**
 * Throws unless the device's own memory holds a result, and nothing but it.
 * For results of kernels: an array that was just handed over waits in the memory of the host.
 *
 * @returns where the result lies, in words
 * @throws {DeviceMismatch}
 */
export function assertResident(device: Device, tensor: tf.Tensor): string {
  const backend = tf.findBackend(device.backend) as unknown as Storage
  const owner = tf.engine().state.tensorInfo.get(tensor.dataId)?.backend as unknown
  if (owner !== backend) {
    throw new DeviceMismatch(device.name, 'another backend owns the result', device.backend)
  }
  const residence = residenceOn[device.name](backend, tensor.dataId)
  if (!residence) {
    throw new DeviceMismatch(
      device.name,
      'the result lies in the memory of the host',
      `memory of ${device.backend}`,
    )
  }
  return residence
}

/** How each backend stores its tensors; these are its private fields, hence all optional. */
interface Storage {
  readonly tensorMap?: Map<object, { values?: unknown; resource?: unknown; id?: number }>
  readonly dataIdMap?: Map<object, { memoryOffset?: number | null }>
  readonly texData?: { get(id: object): { values?: unknown; texture?: unknown } | undefined }
  readonly data?: Map<object, { values?: unknown }>
}

const residenceOn: Record<DeviceName, (backend: Storage, id: object) => string | undefined> = {
  tensorflow(backend, id) {
    const entry = backend.tensorMap?.get(id)
    return entry && entry.values == null && (entry.id ?? -1) >= 0 ? 'TensorFlow tensor' : undefined
  },
  webgpu(backend, id) {
    const entry = backend.tensorMap?.get(id)
    return entry?.resource && entry.values == null ? 'GPU buffer' : undefined
  },
  webgl(backend, id) {
    const entry = backend.texData?.get(id)
    return entry?.texture && entry.values == null ? 'WebGL texture' : undefined
  },
  wasm(backend, id) {
    return backend.dataIdMap?.get(id)?.memoryOffset != null ? 'WebAssembly memory' : undefined
  },
  cpu(backend, id) {
    return backend.data?.get(id)?.values ? 'JavaScript array' : undefined
  },
}

/** Runs a computation and lists the kernels that were called meanwhile, of all backends. */
function watchingKernels<T>(compute: () => T): { result: T; ran: string[] } {
  const ran: string[] = []
  const restore: (() => void)[] = []
  for (const backend of tf.engine().backendNames()) {
    for (const config of tf.getKernelsForBackend(backend)) {
      const original = config.kernelFunc
      config.kernelFunc = (call) => {
        ran.push(`${backend}/${config.kernelName}`)
        return original(call)
      }
      restore.push(() => {
        config.kernelFunc = original
      })
    }
  }
  try {
    return { result: compute(), ran }
  } finally {
    for (const undo of restore) undo()
  }
}
