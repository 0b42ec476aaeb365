import * as tf from '@tensorflow/tfjs-core'
import { afterEach, describe, expect, test } from 'vitest'
import {
  assertDevice,
  type Device,
  DeviceMismatch,
  type DeviceName,
  DeviceUnavailable,
  openDevice,
  useDevice,
} from './device.ts'
import { tensorflowPackage } from './tensorflow.ts'

const opened: Device[] = []

async function open(name: DeviceName | 'auto'): Promise<Device> {
  const device = await openDevice(name)
  opened.push(device)
  return device
}

afterEach(async () => {
  for (const device of opened.splice(0)) await device.close()
})

describe('opening a device', () => {
  test('uses the backend that was asked for', async () => {
    for (const name of ['wasm', 'cpu'] as const) {
      const device = await open(name)
      expect(device.name).toBe(name)
      expect(tf.getBackend()).toBe(name)
      expect(device.description).toMatch(new RegExp(`^${name}, `))
      expect(device.versions['@tensorflow/tfjs-core']).toBe(tf.version_core)
      expect(device.versions[`@tensorflow/tfjs-backend-${name}`]).toMatch(/^4\./)
    }
  })

  test('keeps the first device usable when a second one opens', async () => {
    const wasm = await open('wasm')
    const cpu = await open('cpu')
    expect(() => assertDevice(wasm)).toThrow(DeviceMismatch)
    await useDevice(wasm)
    assertDevice(wasm)
    expect(() => assertDevice(cpu)).toThrow(/backend in use is "wasm"/)
  })

  test('gives the open device again, and a new one after it was closed', async () => {
    const first = await open('wasm')
    expect(await open('wasm')).toBe(first)
    await first.close()
    await first.close()
    const second = await open('wasm')
    expect(second).not.toBe(first)
    assertDevice(second)
    expect(() => assertDevice(first)).toThrow(/has been closed/)
    await expect(useDevice(first)).rejects.toThrow(DeviceUnavailable)
  })

  test('leaves no backend behind that could compute in its place', async () => {
    const device = await open('cpu')
    await device.close()
    expect(() => tf.add([1], [2])).toThrow()
  })

  test('leaves the process its own way of handling errors', async () => {
    const events = ['unhandledRejection', 'uncaughtException']
    const before = events.map((event) => process.listenerCount(event))
    await open('wasm')
    expect(events.map((event) => process.listenerCount(event))).toEqual(before)
  })

  test('takes well below 0.3 s for wasm, its packages loaded', async () => {
    await (await open('wasm')).close()
    // Of the processor, whatever else it has to do meanwhile.
    const start = process.cpuUsage()
    await open('wasm')
    const { user, system } = process.cpuUsage(start)
    expect((user + system) / 1000).toBeLessThan(300)
  })
})

describe('a device that does not exist', () => {
  test('is refused with the names that do', async () => {
    const attempt = openDevice('gpu' as DeviceName)
    await expect(attempt).rejects.toThrow(DeviceUnavailable)
    await expect(attempt).rejects.toThrow(/tensorflow, webgpu, wasm, cpu/)
  })
})

describe('auto', () => {
  test('opens the first device that works, never one that is emulated', async () => {
    const device = await open('auto')
    expect(device.software).toBe(false)
    assertDevice(device)
    const order = ['tensorflow', 'webgpu', 'wasm', 'cpu']
    const faster = order.slice(0, order.indexOf(device.name))
    expect(device.passedOver.map((entry) => entry.device)).toEqual(faster)
    for (const { reason, remedy } of device.passedOver) {
      expect(reason).not.toBe('')
      expect(remedy).not.toBe('')
    }
  })
})

const tensorflow = installedTensorflow()

describe('tensorflow', () => {
  test.skipIf(tensorflow)('says what to install (skipped where it is installed)', async () => {
    const before = await open('cpu')
    const error = await openDevice('tensorflow').catch((thrown) => thrown)
    expect(error).toBeInstanceOf(DeviceUnavailable)
    expect(error).toMatchObject({ device: 'tensorflow' })
    expect(error.reason).toMatch(/is installed/)
    expect(error.remedy).toMatch(/^npx touchstone setup tensorflow/)
    assertDevice(before)
  })
})

function installedTensorflow(): string | undefined {
  try {
    return tensorflowPackage().name
  } catch {
    return undefined
  }
}
