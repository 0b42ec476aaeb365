import * as tf from '@tensorflow/tfjs-core'
import { afterEach, describe, expect, test } from 'vitest'
import { tryToOpen } from '../../conformance/fixtures/tried.ts'
import { type Device, openDevice } from './device.ts'

const { reason, skipped } = await tryToOpen('tensorflow')
const opened: Device[] = []

afterEach(async () => {
  for (const device of opened.splice(0)) await device.close()
})

/** What a computation gives on a device. */
async function on(name: 'tensorflow' | 'cpu', compute: () => tf.Tensor) {
  const device = await openDevice(name)
  if (!opened.includes(device)) opened.push(device)
  await tf.setBackend(name)
  const result = tf.tidy(compute)
  const answer = { shape: result.shape, values: [...result.dataSync()] }
  result.dispose()
  return answer
}

type Pads = [[number, number], [number, number], [number, number], [number, number]]

describe.skipIf(reason)(`TensorFlow${skipped}`, () => {
  const integers = (shape: [number, number, number, number]) =>
    tf.tensor4d(
      Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => ((i * 7) % 11) - 5),
      shape,
    )
  const cases: { kernel: [number, number]; strides: [number, number]; pad: Pads }[] = [
    {
      kernel: [3, 2],
      strides: [2, 2],
      pad: [
        [0, 0],
        [1, 1],
        [0, 1],
        [0, 0],
      ] as Pads,
    },
    {
      kernel: [2, 3],
      strides: [1, 3],
      pad: [
        [0, 0],
        [0, 1],
        [2, 1],
        [0, 0],
      ] as Pads,
    },
    {
      kernel: [2, 2],
      strides: [2, 1],
      pad: [
        [0, 0],
        [0, 0],
        [0, 0],
        [0, 0],
      ] as Pads,
    },
  ]

  test.each(cases)(
    'pools $kernel by $strides with the padding $pad as plain JavaScript does',
    async ({ kernel, strides, pad }) => {
      for (const pool of [tf.maxPool, tf.avgPool]) {
        const compute = () => pool(integers([2, 5, 6, 3]), kernel, strides, pad)
        expect(await on('tensorflow', compute)).toEqual(await on('cpu', compute))
      }
    },
  )

  test.each([
    ['rows of several images under one column of windows', [2, 2, 2, 1], [1, 2], [1, 3], [0, 0]],
    ['the same with padding', [3, 4, 3, 1], [2, 3], [1, 2], [1, 0]],
    ['windows that all lie beside an image of one column', [2, 1, 1, 1], [1, 1], [1, 2], [1, 1]],
    ['the same with several rows and channels', [1, 4, 2, 4], [2, 1], [1, 3], [1, 3]],
  ] as const)(
    'convolves as plain JavaScript does: %s',
    async (_, shape, kernel, strides, sides) => {
      const compute = () => {
        const filters = integers([...kernel, shape[3], 2])
        const pad = [[0, 0], [0, 0], [...sides], [0, 0]] as Pads
        return tf.conv2d(integers([...shape]), filters, [...strides], pad)
      }
      expect(await on('tensorflow', compute)).toEqual(await on('cpu', compute))
    },
  )

  test.each([
    ['windows that all lie beside images of one column', [2, 1, 1, 1], 8],
    ['the same with several channels', [3, 1, 1, 2], 1],
    ['rows of several images under one column of windows', [2, 5, 1, 1], 2],
  ] as const)('convolves depthwise as plain JavaScript does: %s', async (_, shape, per) => {
    const compute = () => {
      const pad = [
        [0, 0],
        [0, 0],
        [1, 3],
        [0, 0],
      ] as Pads
      return tf.depthwiseConv2d(integers([...shape]), integers([1, 1, shape[3], per]), 3, pad)
    }
    expect(await on('tensorflow', compute)).toEqual(await on('cpu', compute))
  })

  test.each([
    [
      'a convolution',
      [2, 4, 3, 2],
      (x: tf.Tensor4D, filters: tf.Tensor4D, pad: Pads) => tf.conv2d(x, filters, [1, 2], pad),
    ],
    [
      'a depthwise convolution',
      [2, 2, 3, 4],
      (x: tf.Tensor4D, filters: tf.Tensor4D, pad: Pads) => tf.depthwiseConv2d(x, filters, 2, pad),
    ],
  ] as const)(
    'the gradient of %s by its input knows amounts of padding',
    async (_, shape, convolve) => {
      const pad: Pads = [
        [0, 0],
        [1, 0],
        [2, 1],
        [0, 0],
      ]
      const compute = () => {
        const of = (x: tf.Tensor) => convolve(x as tf.Tensor4D, integers([2, 3, 2, 2]), pad)
        return tf.grad(of)(integers([2, 4, 5, 2]), integers([...shape]))
      }
      // Sums of a few products of small whole numbers, which are exact in whatever order.
      expect(await on('tensorflow', compute)).toEqual(await on('cpu', compute))
    },
  )

  test('the largest of negative numbers and padding is negative', async () => {
    const { kernel, strides, pad } = cases[0]!
    const compute = () => tf.maxPool(tf.fill<tf.Rank.R4>([1, 5, 6, 1], -3), kernel, strides, pad)
    const { values } = await on('tensorflow', compute)
    expect(new Set(values)).toEqual(new Set([-3]))
  })

  test.each([1, 8, 9])('rectifies %i subnormal numbers to nothing negative', async (length) => {
    const compute = () => tf.relu(tf.fill([length], -1e-40))
    const { values } = await on('tensorflow', compute)
    expect(values.filter((y) => y < 0)).toEqual([])
  })

  test.each([1, 8, 9])('gives the signs of %i subnormal numbers', async (length) => {
    for (const value of [1e-40, -1e-40, 0]) {
      const { values } = await on('tensorflow', () => tf.sign(tf.fill([length], value)))
      expect(values).toEqual(Array(length).fill(Math.sign(value)))
    }
  })

  test('gives the signs of other numbers as plain JavaScript does', async () => {
    const real = () => tf.sign(tf.tensor1d([-2, 3, -Infinity, Infinity, Number.NaN, 0]))
    expect((await on('tensorflow', real)).values).toEqual([-1, 1, -1, 1, Number.NaN, 0])
  })

  test('rectifies whole numbers, infinities and NaN as plain JavaScript does', async () => {
    const real = () => tf.relu(tf.tensor1d([-2, 3, -Infinity, Infinity, Number.NaN, 0]))
    const whole = () => tf.relu(tf.tensor2d([[-2, 3]], [1, 2], 'int32'))
    for (const compute of [real, whole]) {
      expect(await on('tensorflow', compute)).toEqual(await on('cpu', compute))
    }
  })

  test('gathers by computed indices, which stay where they are', async () => {
    const read: object[] = []
    const compute = () => {
      const backend = tf.engine().backend
      const { readSync } = backend
      backend.readSync = (id) => {
        read.push(id)
        return readSync.call(backend, id)
      }
      try {
        const indices = tf.add(tf.tensor1d([0, 1], 'int32'), tf.scalar(1, 'int32'))
        return tf.gather(tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]), indices as tf.Tensor1D, 1)
      } finally {
        backend.readSync = readSync
      }
    }
    expect(await on('tensorflow', compute)).toEqual({ shape: [2, 2], values: [2, 3, 5, 6] })
    expect(read).toEqual([])
  })
})
