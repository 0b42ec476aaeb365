import * as tf from '@tensorflow/tfjs-core'
import { expect, it } from 'vitest'
import { realize } from '../../conformance/arbitraries/fill.ts'
import { openDevice, useDevice } from '../../impl/device/device.ts'
import { fast } from '../../impl/index.ts'
import type { Fast } from '../../impl/operation.ts'
import type { OperationById } from '../../spec/index.ts'
import type { Operation } from '../../spec/language/operation.ts'
import { inputsOf } from './measure.ts'
import { subjects } from './subjects.ts'

await useDevice(await openDevice('wasm'))

const recurrent = subjects.filter(({ others }) => others.steps !== undefined)

it('every kind of recurrent layer is measured, there and back', () => {
  expect([...new Set(recurrent.map(({ operation }) => operation.id))].toSorted()).toEqual([
    'gru.forward',
    'gru.forwardGradient',
    'lstm.forward',
    'lstm.forwardGradient',
    'rnn.forward',
    'rnn.forwardGradient',
  ])
})

it.each(recurrent)(
  '$operation.id is given what others are: no padding, no peepholes',
  (subject) => {
    const { padded, P } = inputsOf(subject, subject.small)
    expect([...padded!.data, ...(P?.data ?? [])].filter((x) => x !== 0)).toEqual([])
  },
)

it.each(recurrent)('no tensor of $operation.id is left over from call to call', (subject) => {
  const { operation, small, parameters } = subject
  const compute = fast[operation.id as keyof OperationById] as unknown as Fast<Operation>
  const { inputs } = realize(operation, {
    sizes: small,
    parameters,
    distribution: 'uniform',
    seed: 1,
  })
  const tensors = Object.fromEntries(
    Object.entries(inputs).map(([name, { shape, data }]) => [
      name,
      tf.tensor(data as Float32Array, [...shape], 'float32'),
    ]),
  )
  const call = () => tf.dispose(tf.tidy(() => ({ ...compute(tensors, parameters as never) })))
  const before = tf.memory().numTensors
  for (let calls = 0; calls < 3; calls++) call()
  expect(tf.memory().numTensors).toBe(before)
})
