import '@tensorflow/tfjs'
import * as tf from '@tensorflow/tfjs-core'
import { afterAll, describe, expect, test } from 'vitest'
import { type Device, type DeviceName, openDevice, useDevice } from '../impl/device/device.ts'
import { messageOf } from '../impl/device/errors.ts'
import { clauseById } from '../spec/index.ts'
import { modelOf } from './adapters/libraries/onnx-model.ts'
import { loadRuntime } from './adapters/libraries/onnxruntime.ts'
import { type Finding, findings } from './findings.ts'

/** What came of a call, as the findings put it. */
async function observed(call: () => unknown, fault: () => string | undefined): Promise<string> {
  try {
    const value = await call()
    const data = value instanceof tf.Tensor ? Array.from(await value.data()) : value
    const wrong = fault()
    return wrong === undefined ? JSON.stringify(data) : `fails: ${wrong}`
  } catch (error) {
    return `throws: ${messageOf(error)}`
  }
}

function expectStillWrong({ expected, actual, call }: Finding, seen: string): void {
  const fixed = expected === 'throws' ? seen.startsWith('throws') : seen === expected
  expect(fixed, `${call} is right now: remove the finding`).toBe(false)
  // What memory happens to hold is told in words.
  if (/^(\[|throws|fails)/.test(actual)) expect(seen).toContain(actual.replace(/^throws: /, ''))
}

test('every finding names a clause', () => {
  const unknown = findings.filter(({ clause }) => clauseById(clause) === undefined)
  expect(unknown.map(({ clause }) => clause)).toEqual([])
})

const backends: readonly DeviceName[] = ['cpu', 'wasm', 'webgpu']
for (const name of backends) {
  const library = name === 'cpu' ? 'TensorFlow.js' : `TensorFlow.js on ${name}`
  const opened = await openDevice(name).catch(messageOf)
  const reason = typeof opened === 'string' ? opened : ''
  describe.skipIf(reason)(`${library}${reason ? ` (skipped: ${reason})` : ''}`, () => {
    const device = opened as Device
    afterAll(() => device.close())
    test.each(findings.filter((finding) => finding.library === library))(
      '$call',
      async (finding) => {
        await useDevice(device)
        expect(finding.version).toBe(tf.version_core)
        const call = new Function('tf', `return ${finding.call}`)
        const seen = await observed(() => call(tf), device.fault)
        device.forgetFault?.()
        expectStillWrong(finding, seen)
      },
    )
  })
}

const runtime = await Promise.resolve()
  .then(() => loadRuntime())
  .catch(messageOf)
const absent = typeof runtime === 'string' ? runtime : ''
describe.skipIf(absent)(`ONNX Runtime${absent ? ` (skipped: ${absent})` : ''}`, () => {
  test.each(findings.filter(({ library }) => library === 'ONNX Runtime'))(
    '$call',
    async (finding) => {
      if (typeof runtime === 'string') return
      const { InferenceSession, Tensor } = runtime.runtime
      expect(finding.version).toBe(runtime.version)
      const model = modelOf({
        input: 'x',
        weights: { W: { dtype: 'float32', shape: [1, 1, 1, 1], data: Float32Array.of(1) } },
        nodes: [
          {
            operator: 'Conv',
            inputs: ['x', 'W'],
            output: 'y',
            attributes: { auto_pad: 'SAME_UPPER', dilations: [2, 2] },
          },
        ],
      })
      const run = async () => {
        const session = await InferenceSession.create(model, { logSeverityLevel: 4 })
        const { y } = await session.run({
          x: new Tensor('float32', Float32Array.of(1), [1, 1, 1, 1]),
        })
        return Array.from(y!.data)
      }
      expectStillWrong(finding, await observed(run, () => undefined))
    },
  )
})
