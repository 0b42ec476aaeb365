import * as tf from '@tensorflow/tfjs-core'
import * as fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Case } from '../../conformance/arbitraries/case.ts'
import { realize } from '../../conformance/arbitraries/fill.ts'
import { recipes } from '../../conformance/arbitraries/recipe-arbitrary.ts'
import { tryToOpen } from '../../conformance/fixtures/tried.ts'
import { type OperationById, operations } from '../../spec/index.ts'
import type { Operation } from '../../spec/language/operation.ts'
import { evaluators, fast } from '../index.ts'
import type { Fast } from '../operation.ts'
import { type Device, openDevice, useDevice } from './device.ts'
import { deviceNames } from './name.ts'
import { assertResident } from './proof.ts'

/** Cases of an operation; an emulated GPU compiles a shader for nearly every one of them. */
function casesOf(operation: Operation, device: Device): readonly Case[] {
  const sample = { numRuns: device.software ? 2 : 12, seed: 5 }
  return fc
    .sample(recipes(operation, 'integers'), sample)
    .map((recipe) => realize(operation, recipe))
}

/** What is held in memory now: by TensorFlow.js, and by the backend itself where it tells. */
function held() {
  const { numTensors, numDataBuffers, numBytes } = tf.memory()
  const { binding } = tf.engine().backend as { binding?: { getNumOfTensors?: () => number } }
  return { numTensors, numDataBuffers, numBytes, native: binding?.getNumOfTensors?.() }
}

/** What is read of the device: by which method, and how many numbers. */
type Read = readonly [method: string, numbers: number | undefined]

/** Calls a function and lists what is read back from the device meanwhile. */
function watchingReads<T>(compute: () => T): { result: T; reads: Read[] } {
  const backend = tf.engine().backend as unknown as Record<string, (id: object) => unknown>
  const reads: Read[] = []
  const methods = ['read', 'readSync', 'readToGPU'].filter((name) => name in backend)
  for (const name of methods) {
    const original = backend[name]!.bind(backend)
    backend[name] = (id) => {
      const answer = original(id)
      reads.push([name, (answer as { length?: number }).length])
      return answer
    }
  }
  try {
    return { result: compute(), reads }
  } finally {
    for (const name of methods) delete backend[name]
  }
}

for (const name of deviceNames) {
  const { reason, skipped } = await tryToOpen(name)
  describe.skipIf(reason)(`every operation on ${name}${skipped}`, () => {
    let device: Device
    beforeAll(async () => {
      device = await openDevice(name)
    })
    afterEach(async () => {
      if (!device.fault()) return
      // One operation that goes wrong says nothing of the others.
      await device.close()
      device = await openDevice(name)
    })
    afterAll(async () => device.close())

    test.each(operations.map((operation: Operation) => ({ id: operation.id, operation })))(
      '$id stays on the device and leaves nothing there',
      async ({ id, operation }) => {
        await useDevice(device)
        const separate = name === 'tensorflow' || name === 'webgpu'
        const compute = fast[id as keyof OperationById] as unknown as Fast<Operation>
        const evaluate = evaluators({ waits: name === 'webgpu' })[id]!
        for (const { inputs, parameters } of casesOf(operation, device)) {
          const before = held()
          const tensors: Record<string, tf.Tensor> = {}
          for (const [input, { shape, data }] of Object.entries(inputs)) {
            tensors[input] = tf.tensor(data as Float32Array, [...shape], 'float32')
          }
          const isInput = ({ dataId }: tf.Tensor) =>
            Object.values(tensors).some((tensor) => tensor.dataId === dataId)
          const { result, reads } = watchingReads(() =>
            tf.tidy(() => ({ ...compute(tensors, parameters) })),
          )
          // On the processor the memory of the device is that of the host, and kernels read it. TensorFlow
          // has it apart, but one number that decides is at hand there, where no GPU has to be waited for.
          const { isUsingGpuDevice } = tf.backend() as { isUsingGpuDevice?: boolean }
          const decisions = name === 'tensorflow' && !isUsingGpuDevice ? 1 : 0
          if (separate) expect(reads.filter(([, numbers]) => numbers !== decisions)).toEqual([])
          for (const output of Object.values(result)) {
            // What is an input travels when it is used; counts are made of parameters alone.
            const computed = separate && Object.keys(inputs).length > 0 && output.size > 0
            if (computed && output.dtype !== 'int32' && !isInput(output))
              assertResident(device, output)
          }
          tf.dispose([tensors, result])
          expect(held()).toEqual(before)
          await evaluate(inputs, parameters)
          expect(held()).toEqual(before)
        }
        expect(device.fault()).toBeUndefined()
      },
    )
  })
}

test('a tensor that is forgotten is noticed, and so is a copy to the host', async () => {
  const device = await openDevice('cpu')
  const before = held()
  const forgotten = tf.add([1], [2])
  expect(held()).not.toEqual(before)
  expect(watchingReads(() => forgotten.dataSync()).reads).toEqual([['readSync', 1]])
  forgotten.dispose()
  expect(held()).toEqual(before)
  await device.close()
})
