import * as tf from '@tensorflow/tfjs-core'
import { tconv2d, tconv2dGradient } from '../../impl/gan/index.ts'
import { biasGradient } from '../../impl/layers/bias.ts'
import { convolution } from '../../impl/layers/convolution.ts'
import {
  convolutionFilterGradient,
  convolutionInputGradient,
} from '../../impl/layers/convolution-gradient.ts'
import { dense, denseInputGradient, denseWeightGradient } from '../../impl/layers/dense.ts'
import { normals } from './random.ts'

/** Sizes of both networks; images are four times as wide and high as what the generator begins with. */
export const sizes = { noise: 16, side: 7, channels: 16, between: 8, width: 28 } as const

const { noise, side, channels, between, width } = sizes
const units = side * side * channels
const sliding = { strides: [2, 2], dilations: [1, 1], padding: [1, 1, 1, 1] } as const
const laying = { ...sliding, outputPadding: [0, 0], groups: 1 } as const
const kernel = [4, 4] as const

/** The shapes of all parameters of both networks, in the order of the layers. */
const shapes = {
  generator: {
    start: [noise, units],
    startBias: [units],
    up: [...kernel, between, channels],
    upBias: [between],
    image: [...kernel, 1, between],
    imageBias: [1],
  },
  discriminator: {
    down: [...kernel, 1, between],
    downBias: [between],
    features: [...kernel, between, channels],
    featuresBias: [channels],
    logit: [units, 1],
    logitBias: [1],
  },
} as const

type Parameters<Network extends keyof typeof shapes> = Readonly<
  Record<keyof (typeof shapes)[Network], tf.Tensor>
>

/** Weights are normal with a variance of 2 over what enters a number; biases are 0. */
export function begin<Network extends keyof typeof shapes>(
  network: Network,
  seed: number,
): Parameters<Network> {
  const entering = {
    start: noise,
    up: 4 * channels,
    image: 4 * between,
    down: 16,
    features: 16 * between,
    logit: units,
  } as Readonly<Record<string, number>>
  const named = Object.entries(shapes[network] as Readonly<Record<string, readonly number[]>>)
  return Object.fromEntries(
    named.map(([name, shape]) => {
      const deviation = name in entering ? Math.sqrt(2 / entering[name]!) : 0
      const numbers = normals(seed, name, tf.util.sizeFromShape([...shape]))
      const weights = numbers.map((x) => x * deviation)
      return [name, tf.variable(tf.tensor(weights, [...shape]), true, name)]
    }),
  ) as unknown as Parameters<Network>
}

const where = (s: tf.Tensor, slope: number) =>
  tf.where(tf.greater(s, 0), tf.onesLike(s), tf.fill(s.shape, slope))

/** Images of noise: a dense layer, and two transposed convolutions, with rectifiers and a sigmoid. */
export function imagesOf(G: Parameters<'generator'>, z: tf.Tensor) {
  const s0 = tf.reshape(dense(z, G.start, G.startBias), [-1, side, side, channels])
  const h0 = tf.relu(s0)
  const s1 = tconv2d({ z: h0, filters: G.up, bias: G.upBias }, laying).y
  const h1 = tf.relu(s1)
  const x = tf.sigmoid(tconv2d({ z: h1, filters: G.image, bias: G.imageBias }, laying).y)
  return { s0, h0, s1, h1, x }
}

export function generatorSlopes(
  G: Parameters<'generator'>,
  z: tf.Tensor,
  { s0, h0, s1, h1, x }: ReturnType<typeof imagesOf>,
  dx: tf.Tensor,
): Parameters<'generator'> {
  const dy = tf.mul(dx, tf.mul(x, tf.sub(1, x)))
  const last = tconv2dGradient({ z: h1, filters: G.image, bias: G.imageBias, dy }, laying)
  const ds1 = tf.mul(last.dz, where(s1, 0))
  const first = tconv2dGradient({ z: h0, filters: G.up, bias: G.upBias, dy: ds1 }, laying)
  const ds0 = tf.reshape(tf.mul(first.dz, where(s0, 0)), [-1, units])
  return {
    start: denseWeightGradient(z, ds0),
    startBias: biasGradient(ds0),
    up: first.dFilters,
    upBias: first.dBias,
    image: last.dFilters,
    imageBias: last.dBias,
  }
}

const leak = 0.2

/** Logits of images: two convolutions with leaky rectifiers, and a dense layer. */
export function logitsOf(D: Parameters<'discriminator'>, x: tf.Tensor) {
  const s0 = convolution(x, D.down, D.downBias, sliding)
  const e0 = tf.leakyRelu(s0, leak)
  const s1 = convolution(e0, D.features, D.featuresBias, sliding)
  const e1 = tf.reshape(tf.leakyRelu(s1, leak), [-1, units])
  return { s0, e0, s1, e1, logits: tf.reshape(dense(e1, D.logit, D.logitBias), [-1]) }
}

/** The slopes by the parameters of the discriminator, and by the images that it is shown. */
export function discriminatorSlopes(
  D: Parameters<'discriminator'>,
  x: tf.Tensor,
  { s0, e0, s1, e1 }: ReturnType<typeof logitsOf>,
  dLogits: tf.Tensor,
): { readonly D: Parameters<'discriminator'>; readonly x: tf.Tensor } {
  const column = tf.reshape(dLogits, [-1, 1])
  const de1 = tf.reshape(denseInputGradient(D.logit, column), s1.shape)
  const ds1 = tf.mul(de1, where(s1, leak))
  const de0 = convolutionInputGradient(D.features, ds1, [2 * side, 2 * side], sliding)
  const ds0 = tf.mul(de0, where(s0, leak))
  return {
    D: {
      down: convolutionFilterGradient(x, ds0, kernel, sliding),
      downBias: biasGradient(ds0),
      features: convolutionFilterGradient(e0, ds1, kernel, sliding),
      featuresBias: biasGradient(ds1),
      logit: denseWeightGradient(e1, column),
      logitBias: biasGradient(column),
    },
    x: convolutionInputGradient(D.down, ds0, [width, width], sliding),
  }
}
