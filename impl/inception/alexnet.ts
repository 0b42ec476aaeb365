import * as tf from '@tensorflow/tfjs-core'
import type { alexnet as spec } from '../../spec/inception/alexnet.ts'
import { counts } from '../layers/counts.ts'
import type { Fast } from '../operation.ts'

/**
 * Parameters and multiply-adds of AlexNet.
 *
 * Clauses    inception.head.fully-connected-share
 * By         walking an image through it, as the library describes its convolutions and poolings
 */
export const alexnet: Fast<typeof spec> = (_, { side, classes, groups }) => {
  const parameters: number[] = []
  const costs: number[] = []
  let [length, channels] = [side, 3]
  const convolve = (kernel: number, filters: number, stride: number, pad: number, split = 1) => {
    const shape: [number, number, number, number] = [kernel, kernel, channels / split, filters]
    const image: [number, number, number, number] = [1, length, length, channels / split]
    length = tf.backend_util.computeConv2DInfo(image, shape, stride, 1, pad, 'floor').outHeight
    const weights = tf.util.sizeFromShape(shape)
    parameters.push(weights + filters)
    costs.push(weights * length * length)
    channels = filters
  }
  const pool = () => {
    const image: [number, number, number, number] = [1, length, length, channels]
    length = tf.backend_util.computePool2DInfo(image, 3, 2, 1, 'valid').outHeight
  }
  const connect = (units: number) => {
    const weights = length * length * channels * units
    parameters.push(weights + units)
    costs.push(weights)
    length = 1
    channels = units
  }

  convolve(11, 96, 4, 0)
  pool()
  convolve(5, 256, 1, 2, groups)
  pool()
  convolve(3, 384, 1, 1)
  convolve(3, 384, 1, 1, groups)
  convolve(3, 256, 1, 1, groups)
  pool()
  connect(4096)
  connect(4096)
  connect(classes)
  const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b)
  const share = (counts: readonly number[]) => tf.scalar(sum(counts.slice(5)) / sum(counts))
  return {
    parameters: counts(parameters),
    multiplyAdds: counts(costs),
    shareOfParameters: share(parameters),
    shareOfCost: share(costs),
  }
}
