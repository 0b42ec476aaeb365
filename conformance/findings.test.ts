import '@tensorflow/tfjs'
import * as tf from '@tensorflow/tfjs-core'
import { afterAll, describe, expect, test } from 'vitest'
import { type Device, type DeviceName, openDevice, useDevice } from '../impl/device/device.ts'
import { messageOf } from '../impl/device/errors.ts'
import { asReleased } from '../impl/device/tensorflow-kernels.ts'
import { clauseById } from '../spec/index.ts'
import { type Attribute, type Graph, modelOf } from './adapters/libraries/onnx-model.ts'
import { loadRuntime } from './adapters/libraries/onnxruntime.ts'
import { type Finding, findings } from './findings.ts'

/** What came of a call, as the findings put it. */
async function observed(call: () => unknown, fault: () => string | undefined): Promise<string> {
  try {
    const value = await call()
    const data = value instanceof tf.Tensor ? Array.from(await value.data()) : value
    const wrong = fault()
    return wrong === undefined ? JSON.stringify(data, named) : `fails: ${wrong}`
  } catch (error) {
    return `throws: ${messageOf(error)}`
  }
}

/** Numbers that JSON has no form for, by name. */
const named = (_: string, value: unknown) =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value

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

const backends: readonly DeviceName[] = ['cpu', 'wasm', 'webgpu', 'tensorflow']
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
        const seen = await observed(() => asReleased(() => call(tf)), device.fault)
        device.forgetFault?.()
        expectStillWrong(finding, seen)
      },
    )
  })
}

const onnxCall = (
  operator: string,
  x: number,
  attributes: Readonly<Record<string, Attribute>> = {},
  ...more: readonly string[]
) => ({ x, node: { operator, inputs: ['x', ...more], output: 'y', attributes } })

/** The calls of ONNX Runtime on one pixel, by what the findings name them. */
const onnxCalls: Readonly<Record<string, ReturnType<typeof onnxCall>>> = {
  "Conv(x, W), auto_pad = 'SAME_UPPER', dilations = [2, 2]": onnxCall(
    'Conv',
    1,
    { auto_pad: 'SAME_UPPER', dilations: [2, 2] },
    'W',
  ),
  'Sigmoid(x)': onnxCall('Sigmoid', -17),
  'MaxPool(x), kernel_shape = [1, 1]': onnxCall('MaxPool', Number.NaN, { kernel_shape: [1, 1] }),
  'LRN(x), size = 1, alpha = 0, beta = 1, bias = 1': onnxCall('LRN', 1, {
    size: { int: 1 },
    alpha: 0,
    beta: 1,
    bias: 1,
  }),
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
      const { node, x } = onnxCalls[finding.call]!
      const weights = { W: { dtype: 'float32', shape: [1, 1, 1, 1], data: Float32Array.of(1) } }
      const model = modelOf({ input: 'x', weights, nodes: [node] } as Graph)
      const run = async () => {
        const session = await InferenceSession.create(model, { logSeverityLevel: 4 })
        const { y } = await session.run({
          x: new Tensor('float32', Float32Array.of(x), [1, 1, 1, 1]),
        })
        return Array.from(y!.data)
      }
      expectStillWrong(finding, await observed(run, () => undefined))
    },
  )
})
