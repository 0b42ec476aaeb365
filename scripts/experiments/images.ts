import * as tf from '@tensorflow/tfjs-core'
import { stream } from '../../conformance/arbitraries/random.ts'
import { value, valueGradient } from '../../impl/gan/index.ts'
import { logSigmoid } from '../../impl/gan/value-function-logarithms.ts'
import {
  begin,
  discriminatorSlopes,
  generatorSlopes,
  imagesOf,
  logitsOf,
  sizes,
} from './convolutional.ts'
import { loadDigits, pixels } from './digits.ts'
import { normals } from './random.ts'

/** How networks of convolutions are trained on digits; the discriminator has a smaller rate, so that it does not win. */
export const drawing = {
  batch: 16,
  rate: 2e-3,
  slower: 4,
  memory: [0.5, 0.9],
  steps: 500,
  every: 50,
} as const

/** What training came to. */
interface Learned {
  readonly discriminator: readonly number[]
  readonly generator: readonly number[]
  /** Images of as many noise vectors, a row each. */
  images(noise: Float32Array): Promise<Float32Array>
}

/** Both losses are those of the last batch before each place. */
export async function learnToDraw(seed: number): Promise<Learned> {
  const { batch, rate, slower, memory, steps, every } = drawing
  const { training } = loadDigits()
  const G = begin('generator', seed)
  const D = begin('discriminator', seed)
  const ofG = tf.train.adam(rate, ...memory)
  const ofD = tf.train.adam(rate / slower, ...memory)
  const random = stream(seed, 'digits')
  const descend = (optimizer: tf.Optimizer, slopes: Readonly<Record<string, tf.Tensor>>) =>
    optimizer.applyGradients(Object.entries(slopes).map(([name, tensor]) => ({ name, tensor })))
  const noiseOf = (name: string) =>
    tf.tensor(normals(seed, name, batch * sizes.noise), [batch, sizes.noise])
  const losses = { discriminator: [] as number[], generator: [] as number[] }
  for (let step = 1; step <= steps; step++) {
    const now = tf.tidy(() => {
      const rows = Array.from({ length: batch }, () => random.below(training.labels.length))
      const real = tf.stack(
        rows.map((n) => tf.tensor(training.images.subarray(n * pixels, (n + 1) * pixels))),
      )
      const shape = [batch, sizes.width, sizes.width, 1]
      const fake = imagesOf(G, noiseOf(`first noise ${step}`)).x
      const both = tf.concat([tf.reshape(real, shape), fake])
      const pass = logitsOf(D, both)
      const [ofReal, ofFake] = tf.split(pass.logits, 2) as [tf.Tensor, tf.Tensor]
      const logits = { real: ofReal, generated: ofFake }
      const { dReal, dGenerated } = valueGradient({ ...logits, dValue: tf.scalar(-1) }, {})
      descend(ofD, discriminatorSlopes(D, both, pass, tf.concat([dReal, dGenerated])).D)

      const z = noiseOf(`second noise ${step}`)
      const drawn = imagesOf(G, z)
      const judged = logitsOf(D, drawn.x)
      const dLogits = tf.div(tf.sigmoid(tf.neg(judged.logits)), -batch)
      const dx = discriminatorSlopes(D, drawn.x, judged, dLogits).x
      descend(ofG, generatorSlopes(G, z, drawn, dx))
      return tf.stack([tf.neg(value(logits, {}).value), tf.neg(tf.mean(logSigmoid(judged.logits)))])
    })
    if (step === 1 || step % every === 0) {
      const [discriminator, generator] = await now.data()
      losses.discriminator.push(discriminator!)
      losses.generator.push(generator!)
    }
    now.dispose()
  }
  return {
    ...losses,
    async images(noise) {
      const x = tf.tidy(
        () => imagesOf(G, tf.tensor(noise, [noise.length / sizes.noise, sizes.noise])).x,
      )
      const numbers = (await x.data()) as Float32Array
      x.dispose()
      return numbers
    },
  }
}
