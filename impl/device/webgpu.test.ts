import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, describe, expect, test } from 'vitest'
import { assertDevice, type Device, openDevice } from './device.ts'
import { messageOf } from './errors.ts'
import { assertResident, provenDevice } from './proof.ts'
import { describeAdapter, isSoftware } from './webgpu.ts'

const reason = await whyNot()
const opened: Device[] = []

async function open(): Promise<Device> {
  const device = await openDevice('webgpu')
  opened.push(device)
  return device
}

afterEach(async () => {
  for (const device of opened.splice(0)) await device.close()
})

describe.skipIf(reason)(`WebGPU${reason ? ` (skipped: ${reason})` : ''}`, () => {
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
    backend.device.createShaderModule({ code: 'this is not a shader' })
    await expect.poll(() => device.fault()).toMatch(/shader|pars|error/i)
    expect(() => assertDevice(device)).toThrow(/reported an error/)
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

async function whyNot(): Promise<string | undefined> {
  try {
    await (await openDevice('webgpu')).close()
    return undefined
  } catch (error) {
    return messageOf(error)
  }
}
