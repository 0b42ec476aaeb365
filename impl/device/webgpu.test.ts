import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { tryToOpen } from '../../conformance/fixtures/tried.ts'
import { evaluators } from '../index.ts'
import { assertDevice, type Device, openDevice } from './device.ts'
import { assertResident, provenDevice } from './proof.ts'
import { readTogether } from './transfer.ts'
import { describeAdapter, isSoftware } from './webgpu-adapter.ts'

const { reason, skipped } = await tryToOpen('webgpu')
const opened: Device[] = []
const later = globalThis.setTimeout

async function open(): Promise<Device> {
  const device = await openDevice('webgpu')
  opened.push(device)
  return device
}

afterEach(async () => {
  for (const device of opened.splice(0)) await device.close()
})

describe.skipIf(reason)(`WebGPU${skipped}`, () => {
  test('small operations run on it, and the results stay there', async () => {
    const device = await open()
    expect(device).toMatchObject({ name: 'webgpu', backend: 'webgpu', profile: 'wgsl' })
    expect(await provenDevice(device)).toMatchObject({
      kernels: ['webgpu/BatchMatMul', 'webgpu/Add'],
      residence: 'GPU buffer',
    })
  })

  test('an operation that is forwarded to the CPU is found', async () => {
    const device = await open()
    tf.env().set('WEBGPU_CPU_FORWARD', true)
    try {
      await expect(provenDevice(device)).rejects.toThrow(/WEBGPU_CPU_FORWARD/)
      const forwarded = tf.add([1], [2])
      expect(() => assertResident(device, forwarded)).toThrow(/memory of the host/)
      forwarded.dispose()
    } finally {
      tf.env().set('WEBGPU_CPU_FORWARD', false)
    }
    await provenDevice(device)
  })

  test('a shader that does not compile is a fault of the device', async () => {
    const device = await open()
    const backend = tf.findBackend('webgpu') as unknown as {
      device: { createShaderModule(options: { code: string }): unknown }
    }
    const create = () => backend.device.createShaderModule({ code: 'this is not a shader' })
    expect(create).toThrow(/shader|pars|error/i)
    await expect.poll(() => device.fault()).toMatch(/shader|pars|error/i)
    expect(() => assertDevice(device)).toThrow(/reported an error/)
  })

  test('an emulated one is asked for what is done once a millisecond, not in every turn', async () => {
    const device = await open()
    if (!device.software) return
    const asked: number[] = []
    const waits = vi.spyOn(globalThis, 'setTimeout').mockImplementation(((
      action: () => void,
      milliseconds: number,
    ) => {
      if (/native code/.test(String(action))) asked.push(milliseconds)
      return later(action, milliseconds)
    }) as never)
    try {
      // What the first awaits may be found where it was looked for already, when the device was opened.
      for (let i = 0; i < 3; i++) await tf.tidy(() => tf.add([1], [2])).data()
    } finally {
      waits.mockRestore()
    }
    expect(asked.length).toBeGreaterThan(0)
    expect(new Set(asked)).toEqual(new Set([1]))
  })

  test('numbers are written through the queue, also into what commands have read that wait', async () => {
    await open()
    const backend = tf.backend() as unknown as {
      queue: { writeBuffer(...given: unknown[]): void }
      device: { createBuffer(how: { mappedAtCreation?: boolean }): unknown }
    }
    const made = vi.spyOn(backend.device, 'createBuffer')
    const sums = Array.from({ length: 40 }, (_, i) =>
      tf.tidy(() => tf.add(tf.tensor1d([i, i, i]), tf.mul(tf.tensor1d([1, 2, 3]), i))),
    )
    const chosen = tf.where(tf.tensor1d([true, false], 'bool'), tf.tensor1d([1, 2], 'int32'), 7)
    expect(made.mock.calls.filter(([how]) => how.mappedAtCreation)).toEqual([])
    for (const [i, sum] of sums.entries()) {
      expect([...(await sum.data())]).toEqual([2 * i, 3 * i, 4 * i])
    }
    expect([...(await chosen.data())]).toEqual([1, 7])
    expect([...(await tf.tensor1d([], 'float32').data())]).toEqual([])
    tf.dispose([...sums, chosen])
  })

  test('many questions of one turn are answered with one wait, and leave nothing behind', async () => {
    await open()
    const backend = tf.backend() as unknown as { submitQueue(): void }
    const submit = vi.spyOn(backend, 'submitQueue')
    const ask = evaluators({ waits: true })['cnn.activation']!
    const before = tf.memory().numTensors
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) => {
        const data = Float32Array.from({ length: i + 1 }, (_, j) => j - i)
        const x = { dtype: 'float32', shape: [1, 1, i + 1, 1], data } as const
        return ask({ x }, { activation: i % 2 === 0 ? 'leaky-relu' : 'relu', slope: 0.5 })
      }),
    )
    for (const [i, { y }] of answers.entries()) {
      const x = Array.from({ length: i + 1 }, (_, j) => j - i)
      const slope = i % 2 === 0 ? 0.5 : 0
      expect(y!.shape).toEqual([1, 1, i + 1, 1])
      expect([...y!.data].map(Number)).toEqual(
        x.map((v) => Math.max(0, v) - slope * Math.max(0, -v)),
      )
    }
    expect(submit).toHaveBeenCalledOnce()
    expect(tf.memory().numTensors).toBe(before)
  })

  test('a flag that was cast to a number is that number', async () => {
    await open()
    const flag = tf.tidy(() => tf.cast(tf.greater([1], [0]), 'float32'))
    expect([...(await readTogether(flag))]).toEqual([1])
    flag.dispose()
  })

  test('what a shader that does not compile is to compute fails, and nothing else', async () => {
    const device = await open()
    const backend = tf.backend() as unknown as {
      device: { createShaderModule(options: { code: string }): unknown }
    }
    const ask = evaluators({ waits: true })['cnn.activation']!
    const x = { dtype: 'float32', shape: [1, 1, 2, 1], data: Float32Array.of(-1, 2) } as const
    const questions = ['relu', 'tanh', 'relu'].map(async (activation) => {
      const create = backend.device.createShaderModule
      if (activation === 'tanh') {
        backend.device.createShaderModule = () => create({ code: 'this is not a shader' })
      }
      try {
        return ask({ x }, { activation, slope: 0.5 })
      } finally {
        backend.device.createShaderModule = create
      }
    })
    const [first, wrong, last] = await Promise.allSettled(questions)
    expect(wrong).toMatchObject({ status: 'rejected', reason: { message: /pars|error/i } })
    for (const settled of [first, last]) {
      expect(settled).toMatchObject({ value: { y: { data: Float32Array.of(0, 2) } } })
    }
    expect(device.fault()).toMatch(/pars|error/i)
  })

  test('what was submitted in vain is no answer', async () => {
    await open()
    const ask = evaluators({ waits: true })['cnn.activation']!
    const x = { dtype: 'float32', shape: [1, 1, 2, 1], data: Float32Array.of(-1, 2) } as const
    const backend = tf.backend() as unknown as { submitQueue(): void; commandEncoder: Encoder }
    interface Encoder {
      pushDebugGroup(name: string): void
    }
    const submit = backend.submitQueue.bind(backend)
    // A group that is never closed makes all commands void.
    vi.spyOn(backend, 'submitQueue').mockImplementationOnce(() => {
      backend.commandEncoder.pushDebugGroup('open')
      submit()
    })
    const parameters = { activation: 'relu', slope: 0.5 }
    await expect(ask({ x }, parameters)).rejects.toThrow()
    await expect(ask({ x }, parameters)).resolves.toMatchObject({
      y: { data: Float32Array.of(0, 2) },
    })
  })

  test('can be closed and opened again', async () => {
    await provenDevice(await open())
    await opened.pop()!.close()
    expect((globalThis as { navigator?: { gpu?: unknown } }).navigator?.gpu).toBeUndefined()
    await provenDevice(await open())
  })

  test('the process survives the collection of devices that were closed', async () => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    for (let round = 0; round < 5; round++) {
      await (await openDevice('webgpu')).close()
      for (let pause = 0; pause < 5; pause++) {
        collect()
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
    }
    await provenDevice(await open())
  })

  test('auto does not take an emulated one, even when it is open', async () => {
    const device = await open()
    const chosen = await openDevice('auto')
    opened.push(chosen)
    expect(chosen.name === 'webgpu').toBe(!device.software && chosen.passedOver.length === 1)
    expect(chosen.software).toBe(false)
  })
})

describe('adapters', () => {
  const adapter = { vendor: 'nvidia', architecture: 'hopper', device: '', description: 'NVIDIA' }

  test('are told apart by where they compute', () => {
    expect(isSoftware(adapter)).toBe(false)
    expect(isSoftware({ ...adapter, isFallbackAdapter: true })).toBe(true)
    expect(isSoftware({ ...adapter, architecture: 'swiftshader' })).toBe(true)
    expect(isSoftware({ ...adapter, description: 'llvmpipe (LLVM 15.0.6, 256 bits)' })).toBe(true)
  })

  test('are described with what they are and where they compute', () => {
    expect(describeAdapter(adapter)).toBe('webgpu, nvidia NVIDIA (GPU) via Dawn')
    expect(describeAdapter({ ...adapter, vendor: 'google', architecture: 'swiftshader' })).toBe(
      'webgpu, SwiftShader (CPU) via Dawn',
    )
  })
})
