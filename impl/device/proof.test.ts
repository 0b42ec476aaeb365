import * as tf from '@tensorflow/tfjs-core'
import { afterEach, expect, test } from 'vitest'
import { type Device, DeviceMismatch, type DeviceName, openDevice } from './device.ts'
import { assertResident, provenDevice } from './proof.ts'

const opened: Device[] = []

async function open(name: DeviceName): Promise<Device> {
  const device = await openDevice(name)
  opened.push(device)
  return device
}

afterEach(async () => {
  for (const device of opened.splice(0)) await device.close()
})

const residences = { wasm: 'WebAssembly memory', cpu: 'JavaScript array' } as const

for (const name of ['wasm', 'cpu'] as const) {
  test(`${name}: the proof names the kernels that ran and where their results lie`, async () => {
    const device = await open(name)
    const tensors = tf.memory().numTensors
    expect(await provenDevice(device)).toEqual({
      device: name,
      description: device.description,
      kernels: [`${name}/BatchMatMul`, `${name}/Add`],
      residence: residences[name],
    })
    expect(tf.memory().numTensors).toBe(tensors)
  })
}

test('another backend in use is found', async () => {
  const wasm = await open('wasm')
  await open('cpu')
  await expect(provenDevice(wasm)).rejects.toThrow(/backend in use is "cpu"/)
})

test('a kernel that forwards to another backend is found', async () => {
  const cpu = await open('cpu')
  const wasm = await open('wasm')
  const add = tf.getKernel('Add', 'wasm')!
  const original = add.kernelFunc
  add.kernelFunc = (call) =>
    tf.getKernel('Add', 'cpu')!.kernelFunc({ ...call, backend: tf.findBackend('cpu') })
  try {
    const proof = provenDevice(wasm)
    await expect(proof).rejects.toThrow(DeviceMismatch)
  } finally {
    add.kernelFunc = original
  }
  await provenDevice(wasm)
  expect(cpu.fault()).toBeUndefined()
})

test('a kernel that computes something else is found', async () => {
  const device = await open('wasm')
  const add = tf.getKernel('Add', 'wasm')!
  const original = add.kernelFunc
  add.kernelFunc = tf.getKernel('Sub', 'wasm')!.kernelFunc
  try {
    await expect(provenDevice(device)).rejects.toThrow(/it computed/)
  } finally {
    add.kernelFunc = original
  }
})

test('a result that another backend owns is found', async () => {
  const wasm = await open('wasm')
  await open('cpu')
  const onCpu = tf.add([1], [2])
  expect(() => assertResident(wasm, onCpu)).toThrow(/another backend owns/)
  onCpu.dispose()
})
