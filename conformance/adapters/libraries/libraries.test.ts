import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Device, deviceNames, openDevice } from '../../../impl/device/device.ts'
import { messageOf } from '../../../impl/device/errors.ts'
import { clauseById, operations } from '../../../spec/index.ts'
import type { Tensor } from '../../../spec/language/tensor.ts'
import { UnrunnableError } from '../../base/errors.ts'
import type { Implementation } from '../../engine/implementation.ts'
import { touchstone } from '../../fixtures/command-line.ts'
import { checkClause } from '../../suite/clauses.ts'
import { loadImplementation } from '../load.ts'
import { libraries } from './names.ts'
import { compressionGraphs } from './onnx-compression.ts'
import { graphs } from './onnx-graphs.ts'
import { networkGraphs } from './onnx-networks.ts'
import { recurrentGraphs } from './onnx-recurrent.ts'
import { loadRuntime, onnxruntime, SETUP_ONNXRUNTIME } from './onnxruntime.ts'
import { provisions } from './provisions.ts'
import { tfjs } from './tfjs.ts'
import { adversarialCalls } from './tfjs-adversarial.ts'
import { calls } from './tfjs-calls.ts'
import { compressionCalls } from './tfjs-compression.ts'
import { networkCalls } from './tfjs-networks.ts'
import { normalizationCalls } from './tfjs-normalization.ts'
import { objectiveCalls } from './tfjs-objective.ts'
import { recurrentCalls } from './tfjs-recurrent.ts'
import { transposedCalls } from './tfjs-transposed.ts'

const array = (shape: readonly number[], ...data: readonly number[]): Tensor => ({
  dtype: 'float32',
  shape,
  data: Float32Array.from(data),
})

function expectWhole({ operations: provided, unsupported }: Implementation): void {
  const silent = operations.filter(
    ({ id }) => !Object.hasOwn(provided, id) && unsupported?.[id] === undefined,
  )
  expect(silent.map(({ id }) => id)).toEqual([])
}

const outcomes = async (clause: string, implementation: Implementation) =>
  (
    await checkClause(clauseById(clause)!, implementation, {
      ...{ runs: 10, seed: 0, deadline: null, kept: {} },
      ...{ shrink: false, killing: false },
    })
  ).properties.map(({ verdict }) => verdict.outcome)

describe('a library by name', () => {
  it('is one of those that the advice lists', () => {
    const { status, stderr } = touchstone(['run', '--implementation', 'tfjs:gpu'])
    expect(status).toBe(3)
    for (const name of Object.keys(libraries)) expect(stderr).toContain(name)
  })

  it('is TensorFlow.js on the backend of that name', async () => {
    const implementation = await loadImplementation('tfjs:cpu')
    expect(implementation).toMatchObject({ name: 'tfjs:cpu', precision: 'float32' })
    expectWhole(implementation)
  })
})

describe('what is said of a library without starting it', () => {
  it('is what it provides', () => {
    const { tfjs, onnxruntime } = provisions
    expect([...tfjs.operations].toSorted()).toEqual(
      Object.keys({
        ...calls,
        ...compressionCalls,
        ...recurrentCalls,
        ...networkCalls,
        ...transposedCalls,
        ...adversarialCalls,
        ...objectiveCalls,
        ...normalizationCalls,
      }).toSorted(),
    )
    expect([...onnxruntime.operations].toSorted()).toEqual(
      Object.keys({
        ...graphs,
        ...compressionGraphs,
        ...recurrentGraphs,
        ...networkGraphs,
      }).toSorted(),
    )
  })

  it('names every library that --implementation knows', () => {
    const names = Object.values(provisions).flatMap(({ names }) => names)
    const others = Object.keys(libraries).filter((name) => !name.startsWith('touchstone:'))
    expect(names.toSorted()).toEqual(others.toSorted())
  })
})

describe('our implementation by name', () => {
  it('is the one that --device opens', () => {
    const words = ['run', '-c', 'cnn.flatten', '-n', '5', '--json', '-r', join(tmpdir(), 'by-name')]
    const byName = touchstone([...words, '-i', 'touchstone:cpu'])
    expect(byName.status, byName.stderr).toBe(0)
    const { environment } = JSON.parse(byName.stdout)
    const byDevice = JSON.parse(touchstone([...words, '--device', 'cpu']).stdout)
    expect(environment.device).toBe('cpu, plain JavaScript')
    expect(environment.implementation).toEqual(byDevice.environment.implementation)
  })

  it('is there on every device, and on the best', () => {
    const names = ['auto', ...deviceNames].map((device) => `touchstone:${device}`)
    expect(Object.keys(libraries)).toEqual(expect.arrayContaining(names))
  })
})

describe('TensorFlow.js as it is', () => {
  let devices: readonly Device[]
  beforeAll(async () => {
    devices = [await openDevice('cpu'), await openDevice('wasm')]
  })
  afterAll(async () => {
    for (const device of devices) await device.close()
  })

  it('conforms where it does, on two backends in one process', async () => {
    for (const device of devices) {
      const implementation = tfjs(device)
      await implementation.use?.()
      const found = await outcomes('cnn.pool.channelwise', implementation)
      expect(new Set(found)).toEqual(new Set(['conforms']))
      implementation.assertDevice?.()
    }
  })

  it('declines what its documentation excludes, and what is wrong beside it is seen', async () => {
    const [device] = devices
    await tfjs(device!).use?.()
    const { properties } = await checkClause(clauseById('cnn.conv2d.forward')!, tfjs(device!), {
      runs: 40,
      seed: 0,
      deadline: null,
      kept: {},
    })
    const exact = properties.find(({ id }) => id === 'cnn.conv2d.forward/exact')!
    expect(exact.verdict.outcome).toBe('conforms')
    expect(Object.keys(exact.declined!.reasons)).toEqual([
      'a stride above 1 beside a dilation above 1',
    ])
  })

  it('keeps what an invalid call destroys from being blamed on a later one', async () => {
    const implementation = tfjs(devices[1]!)
    await implementation.use?.()
    const { 'cnn.zeroPad': pad, 'cnn.conv2d': convolve } = implementation.operations
    const crowded = array([1, 1, 1, 1, 64], ...new Array(64).fill(1))
    for (let i = 0; i < 8; i++) {
      await Promise.resolve(pad!({ x: crowded }, { padding: [9, 9, 9, 9] })).catch(() => {})
    }
    const one = array([1, 1, 1, 1], 1)
    const parameters = { strides: [1, 1], dilations: [1, 1], padding: 'valid' }
    const answer = await convolve!({ x: one, filters: one, bias: array([1], 1) }, parameters)
    expect(answer.y!.data).toEqual(Float32Array.of(2))
  })
})

it('says how to get ONNX Runtime where it is not installed', () => {
  expect(() => loadRuntime([tmpdir()])).toThrow(UnrunnableError)
  try {
    loadRuntime([tmpdir()])
  } catch (error) {
    expect((error as UnrunnableError).advice).toEqual([SETUP_ONNXRUNTIME])
  }
})

const absent = await Promise.resolve()
  .then(() => loadRuntime())
  .then(() => '', messageOf)

describe.skipIf(absent)(`ONNX Runtime${absent ? ` (skipped: ${absent})` : ''}`, () => {
  it('conforms where it does, and says why it does not provide the rest', async () => {
    const implementation = onnxruntime()
    expectWhole(implementation)
    // Negative padding would end this process, which the command line gives it one of its own for.
    const unchecked = { 'cnn.conv2d': 'negative padding ends the process' }
    expect(new Set(await outcomes('cnn.conv2d.forward', { ...implementation, unchecked }))).toEqual(
      new Set(['conforms', 'unsupported']),
    )
  })
})
