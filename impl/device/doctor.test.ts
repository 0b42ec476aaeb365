import * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { deviceNames, openDevice } from './device.ts'
import { diagnose } from './doctor.ts'
import { runProbe } from './probe.ts'

test('every device gets a diagnosis that a person can act on', async () => {
  const diagnoses = await diagnose()
  expect(diagnoses.map(({ device }) => device)).toEqual(deviceNames)
  for (const diagnosis of diagnoses) {
    if (diagnosis.usable) expect(diagnosis.description).toMatch(new RegExp(`^${diagnosis.device}`))
    else expect([diagnosis.reason, diagnosis.remedy]).not.toContain('')
  }
  expect(diagnoses.filter(({ usable }) => usable).map(({ device }) => device)).toEqual(
    expect.arrayContaining(['wasm', 'cpu']),
  )
})

test('a diagnosis agrees with opening the device', async () => {
  for (const diagnosis of await diagnose()) {
    const device = await openDevice(diagnosis.device).catch(() => undefined)
    expect([diagnosis.device, device !== undefined]).toEqual([diagnosis.device, diagnosis.usable])
    if (diagnosis.usable) expect(diagnosis.description).toBe(device?.description)
    await device?.close()
  }
})

test('a Vulkan driver that was chosen and does not work is not replaced', async () => {
  const before = process.env.VK_ICD_FILENAMES
  process.env.VK_ICD_FILENAMES = 'no-such-driver.json'
  try {
    const webgpu = (await diagnose()).find(({ device }) => device === 'webgpu')!
    expect(webgpu).toMatchObject({ usable: false })
    expect(webgpu).toHaveProperty('remedy', expect.stringContaining('VK_ICD_FILENAMES'))
  } finally {
    if (before === undefined) delete process.env.VK_ICD_FILENAMES
    else process.env.VK_ICD_FILENAMES = before
  }
})

test('the device in use stays the one in use', async () => {
  const device = await openDevice('cpu')
  await diagnose()
  expect(tf.getBackend()).toBe('cpu')
  await device.close()
})

test('a probe that crashes, fails or says nothing is an answer', async () => {
  const crash = await runProbe('process.kill(process.pid, "SIGABRT")', '')
  expect(crash.failure).toMatch(/SIGABRT/)
  const failure = await runProbe('throw new Error("no driver")', '')
  expect(failure.failure).toMatch(/code 1.*no driver/)
  expect((await runProbe('', '')).failure).toMatch(/answered ""/)
  expect(await runProbe('console.log(JSON.stringify(process.argv[1]))', 'x')).toEqual({
    value: 'x',
  })
})
