import * as tf from '@tensorflow/tfjs-core'
import { stream } from '../../conformance/arbitraries/random.ts'
import { type Ask, tensor } from './ask.ts'
import { classes, type Digits, loadDigits, pixels } from './digits.ts'
import { gamma } from './gamma.ts'

/** How clients train together. */
export const federated = {
  clients: 20,
  share: 0.5,
  batch: 10,
  rate: 0.1,
  /** The share of the test that is to be read rightly, and after how many rounds it is given up. */
  target: 0.8,
  mostRounds: 600,
  localSteps: [1, 2, 5, 10, 20],
  /** Drift is measured in this many rounds, the first ones, and rounds are asked for by as many. */
  roundsOfDrift: 10,
} as const

/** How points are shared out. */
export interface Split {
  readonly name: string
  /** The parameter of the Dirichlet distribution; infinite where every client has as many of each class. */
  readonly alpha: number
}

export const splits: readonly Split[] = [
  { name: 'even split', alpha: Infinity },
  { name: 'label skew, α = 1', alpha: 1 },
  { name: 'label skew, α = 0.1', alpha: 0.1 },
]

/** What a run came to. */
export interface Run {
  /** Rounds until the target was reached. */
  readonly rounds: number
  /** How far models of clients were from their mean, as a share of how far the mean moved. */
  readonly drift: number
}

const side = 14
/** Features of a point: means of 2 × 2 pixels. */
const features = side * side

/** Images of half the width and height. */
function halved({ images, labels }: Digits): Float32Array {
  return tf.tidy(() => {
    const width = Math.sqrt(pixels)
    const square = tf.tensor4d(images, [labels.length, width, width, 1])
    return tf.avgPool(square, 2, 2, 'valid').dataSync() as Float32Array
  })
}

/** The points of each client, in as many places as the client has that has most. */
interface Shared {
  readonly x: Float32Array
  readonly y: Float32Array
  readonly counts: readonly number[]
  readonly places: number
}

async function sharedOut(ask: Ask, { alpha }: Split, seed: number): Promise<Shared> {
  const { clients } = federated
  const { training } = loadDigits()
  const random = stream(seed, 'gammas')
  const gammas = Array.from({ length: classes * clients }, () =>
    alpha === Infinity ? 1 : gamma(random, alpha),
  )
  const { owners } = await ask(
    'federated.dirichletPartition',
    {
      labels: tensor([training.labels.length], training.labels),
      gammas: tensor([classes, clients], gammas),
    },
    { classes, clients },
  )
  const own = Array.from({ length: clients }, (_, k) =>
    [...training.labels.keys()].filter((n) => owners!.data[n] === k),
  )
  const counts = own.map(({ length }) => length)
  const places = Math.max(...counts)
  const x = new Float32Array(clients * places * features)
  const y = new Float32Array(clients * places * classes)
  const images = halved(training)
  for (const [k, points] of own.entries()) {
    for (const [place, n] of points.entries()) {
      const at = k * places + place
      x.set(images.subarray(n * features, (n + 1) * features), at * features)
      y[at * classes + training.labels[n]!] = 1
    }
  }
  return { x, y, counts, places }
}

/** Trains a linear model with softmax by FedAvg, from zeros, until it reads the target or is given up. */
export async function trainTogether(
  ask: Ask,
  split: Split,
  localSteps: number,
  seed: number,
): Promise<Run> {
  const { clients, share, batch, rate, target, mostRounds, roundsOfDrift: T } = federated
  const { x, y, counts, places } = await sharedOut(ask, split, seed)
  const { test } = loadDigits()
  const images = halved(test)
  const random = stream(seed, 'rounds')
  const given = { clients, points: places, rate, loss: 'logistic' }
  const data = {
    x: tensor([clients, places, features], x),
    y: tensor([clients, places, classes], y),
    counts: tensor([clients], counts),
  }
  let w = tensor([features, classes], new Float32Array(features * classes))
  let b = tensor([classes], new Float32Array(classes))
  let drift = 0
  for (let before = 0; before < mostRounds; before += T) {
    const named: number[] = []
    for (let t = 0; t < T; t++) {
      const draws = tensor(
        [clients],
        Array.from({ length: clients }, () => random.unit()),
      )
      const sampled = await ask('federated.clientSampling', { draws }, { clients, rate: share })
      named.push(...Array.from(sampled.participants!.data))
    }
    const M = named.length / T
    const drawn = named.flatMap((k) =>
      Array.from({ length: localSteps * batch }, () => random.below(Math.max(1, counts[k]!))),
    )
    const after = await ask(
      'federated.fedAvg',
      {
        w,
        b,
        ...data,
        participants: tensor([T, M], named),
        batches: tensor([T, M, localSteps, batch], drawn),
      },
      given,
    )
    const models = numbersOf(after.w!, after.b!, T)
    if (before === 0) {
      const sent = numbersOf(after.clientW!, after.clientB!, T * M)
      const weights = named.map((k) => counts[k]!)
      drift = meanDrift([numbersOf(w, b, 1)[0]!, ...models], sent, weights)
    }
    const reached = models.findIndex((model) => shareRight(model, images, test.labels) >= target)
    if (reached >= 0) return { rounds: before + reached + 1, drift }
    const last = models.at(-1)!
    w = tensor([features, classes], last.subarray(0, features * classes))
    b = tensor([classes], last.subarray(features * classes))
  }
  return { rounds: mostRounds, drift }
}

interface Numbers {
  readonly data: ArrayLike<number>
}

/** All numbers of each of several models in a row. */
function numbersOf(w: Numbers, b: Numbers, count: number): readonly Float32Array[] {
  const [ofW, ofB] = [w.data.length / count, b.data.length / count]
  return Array.from({ length: count }, (_, t) =>
    Float32Array.from({ length: ofW + ofB }, (_, at) =>
      at < ofW ? w.data[t * ofW + at]! : b.data[t * ofB + at - ofW]!,
    ),
  )
}

function squaredDistance(one: Float32Array, other: Float32Array): number {
  return one.reduce((sum, v, at) => sum + (v - other[at]!) ** 2, 0)
}

/**
 * √(Σ n_k ‖θ_k − θ̄‖² / Σ n_k) / ‖θ̄ − θ‖, in the geometric mean over rounds: what clients do against each other, beside
 * what they do together.
 *
 * @param servers the model of the server at the beginning and after each round
 */
export function meanDrift(
  servers: readonly Float32Array[],
  sent: readonly Float32Array[],
  weights: readonly number[],
): number {
  const T = servers.length - 1
  const M = sent.length / T
  let logarithms = 0
  for (let t = 0; t < T; t++) {
    const [before, after] = [servers[t]!, servers[t + 1]!]
    let apart = 0
    let all = 0
    for (let m = t * M; m < (t + 1) * M; m++) {
      apart += weights[m]! * squaredDistance(sent[m]!, after)
      all += weights[m]!
    }
    logarithms += Math.log(apart / all / squaredDistance(after, before)) / 2
  }
  return Math.exp(logarithms / T)
}

/** The share of images that a model reads rightly. */
function shareRight(model: Float32Array, images: Float32Array, labels: readonly number[]): number {
  return tf.tidy(() => {
    const w = tf.tensor2d(model.subarray(0, features * classes), [features, classes])
    const scores = tf.add(
      tf.matMul(tf.tensor2d(images, [labels.length, features]), w),
      tf.tensor1d(model.subarray(features * classes)),
    )
    const right = tf.equal(tf.argMax(scores, 1), tf.tensor1d([...labels], 'int32'))
    return tf.mean(tf.cast(right, 'float32')).dataSync()[0]!
  })
}
