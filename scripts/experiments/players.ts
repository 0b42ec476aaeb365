import * as tf from '@tensorflow/tfjs-core'
import { type Random, stream } from '../../conformance/arbitraries/random.ts'
import {
  type Discriminator,
  discriminated,
  discriminatorGradient,
  type Generator,
  generated,
} from '../../impl/gan/network.ts'
import type { Game } from './games.ts'
import { countsOfModes, mixtureSamples } from './mixture.ts'
import { normal, normals } from './random.ts'

/** How a generator and a discriminator are trained. */
export const playing = {
  noise: 2,
  units: 128,
  batch: 128,
  rate: 3e-3,
  /** How slowly both moments of Adam forget: the first at once. */
  memory: [0, 0.9],
  steps: 600,
  every: 50,
  forTest: 2000,
} as const

/** What is seen of two networks before the first step and after every so many. */
export interface Sight {
  /** Both losses on the samples of a test. */
  readonly discriminator: number
  readonly generator: number
  /** Generated samples, two numbers each, and how many belong to each mode. */
  readonly samples: Float32Array
  readonly counts: readonly number[]
}

type Players = { readonly G: Generator; readonly D: Discriminator }

/** Weights to the hidden units of the generator are large, so that these bend where the noise is. */
function begin(seed: number): Players {
  const { noise, units } = playing
  const drawn = (name: string, shape: number[], deviation: number) =>
    tf.tidy(() => {
      const numbers = normals(seed, name, tf.util.sizeFromShape(shape))
      return tf.variable(tf.mul(tf.tensor(numbers, shape), deviation), true, name)
    })
  const zeros = (name: string, shape: number[]) =>
    tf.tidy(() => tf.variable(tf.zeros(shape), true, name))
  return {
    G: {
      generatorHidden: drawn('generatorHidden', [noise, units], 2),
      generatorHiddenBias: drawn('generatorHiddenBias', [units], 2),
      generatorOutput: drawn('generatorOutput', [units, 2], 1 / Math.sqrt(units)),
      generatorOutputBias: zeros('generatorOutputBias', [2]),
    },
    D: {
      discriminatorHidden: drawn('discriminatorHidden', [2, units], 1 / Math.sqrt(2)),
      discriminatorHiddenBias: drawn('discriminatorHiddenBias', [units], 2),
      discriminatorOutput: drawn('discriminatorOutput', [units], 1 / Math.sqrt(units)),
      discriminatorOutputBias: zeros('discriminatorOutputBias', []),
    },
  }
}

const samplesOf = (random: Random, count: number) =>
  tf.tensor(mixtureSamples(random, count), [count, 2])

const noiseOf = (random: Random, count: number) =>
  tf.tensor(
    Float32Array.from({ length: count * playing.noise }, () => normal(random)),
    [count, playing.noise],
  )

function descend(optimizer: tf.Optimizer, slopes: Generator | Discriminator): void {
  optimizer.applyGradients(
    Object.entries(slopes).map(([name, tensor]) => ({ name, tensor: tensor as tf.Tensor })),
  )
}

/** A step of the discriminator on a batch of real samples and one of generated ones. */
function stepOfDiscriminator(
  game: Game,
  { G, D }: Players,
  optimizer: tf.Optimizer,
  random: Random,
) {
  const { batch } = playing
  const { x } = generated(G, noiseOf(random, batch))
  const both = tf.concat([samplesOf(random, batch), x])
  const pass = discriminated(D, both)
  const [real, fake] = tf.split(pass.logits, 2)
  const slopes = game.discriminatorSlopes({ real: real!, generated: fake! })
  const dLogits = tf.concat([slopes.real, slopes.generated])
  descend(optimizer, discriminatorGradient(D, both, pass, dLogits))
  if (game.limit === undefined) return
  for (const w of Object.values(D) as tf.Variable[]) {
    w.assign(tf.clipByValue(w, -game.limit, game.limit))
  }
}

async function look(game: Game, { G, D }: Players, seed: number): Promise<Sight> {
  const { forTest } = playing
  const seen = tf.tidy(() => {
    const random = stream(seed, 'test')
    const noise = noiseOf(random, forTest)
    const { x } = generated(G, noise)
    const logits = {
      real: discriminated(D, samplesOf(random, forTest)).logits,
      generated: discriminated(D, x).logits,
    }
    return {
      x,
      losses: tf.stack([game.discriminatorLoss(logits), game.generatorLoss(G, D, noise)]),
    }
  })
  const samples = (await seen.x.data()) as Float32Array
  const [discriminator, generator] = await seen.losses.data()
  tf.dispose(seen)
  return {
    discriminator: discriminator!,
    generator: generator!,
    samples,
    counts: countsOfModes(samples),
  }
}

/** Trains two networks against each other. */
export async function play(game: Game, seed: number): Promise<readonly Sight[]> {
  const { batch, rate, memory, steps, every } = playing
  const players = begin(seed)
  const ofGenerator = tf.train.adam(rate, ...memory)
  const ofDiscriminator = tf.train.adam(rate, ...memory)
  const random = stream(seed, 'training')
  const seen = [await look(game, players, seed)]
  for (let done = 1; done <= steps; done++) {
    tf.tidy(() => {
      for (let turn = 0; turn < game.turns; turn++)
        stepOfDiscriminator(game, players, ofDiscriminator, random)
      descend(ofGenerator, game.generatorSlopes(players.G, players.D, noiseOf(random, batch)))
    })
    if (done % every === 0) seen.push(await look(game, players, seed))
  }
  tf.dispose([{ ...players.G }, { ...players.D }])
  ofGenerator.dispose()
  ofDiscriminator.dispose()
  return seen
}
