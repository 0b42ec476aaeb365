import * as tf from '@tensorflow/tfjs-core'
import { batchesOf, classes, type Digits, pixels } from './digits.ts'
import { normals } from './random.ts'

/** A network with one hidden layer of rectified units. */
export interface Network {
  readonly weights1: Float32Array
  readonly bias1: Float32Array
  readonly weights2: Float32Array
  readonly bias2: Float32Array
}

const names = ['weights1', 'bias1', 'weights2', 'bias2'] as const

/** How a network is trained; what is left out is what all experiments have in common. */
export interface Training {
  readonly seed: number
  readonly epochs: number
  /** Where it begins; new weights of the seed unless told otherwise. */
  readonly from?: Network
  /** 1 for each weight of both layers that there is. */
  readonly masks?: readonly [first: ArrayLike<number>, second: ArrayLike<number>]
  /** The probabilities that it is to learn, a row a sample, and the temperature that they were given at. */
  readonly teacher?: { readonly probabilities: Float32Array; readonly temperature: number }
  readonly hidden: number
  /** The learning rate, where it is another one. */
  readonly rate?: number
}

const [usualRate, momentum, batch] = [0.1, 0.9, 50]

/** The settings in words. */
export const trainingInWords = `stochastic gradient descent with rate ${usualRate}, momentum ${momentum} and batches of ${batch}`

const shapesOf = (hidden: number) =>
  [[pixels, hidden], [hidden], [hidden, classes], [classes]] as const

function begin(hidden: number, seed: number): Network {
  const scaled = (name: string, rows: number, columns: number) =>
    normals(seed, name, rows * columns).map((x) => x * Math.sqrt(2 / rows))
  return {
    weights1: scaled('first layer', pixels, hidden),
    bias1: new Float32Array(hidden),
    weights2: scaled('second layer', hidden, classes),
    bias2: new Float32Array(classes),
  }
}

/** Trains a network on images, with labels or by a teacher. */
export async function train(digits: Digits, training: Training): Promise<Network> {
  const { seed, epochs, hidden, teacher, masks, rate = usualRate } = training
  const from = training.from ?? begin(hidden, seed)
  const count = digits.labels.length
  const images = tf.tensor2d(digits.images, [count, pixels])
  const targets =
    teacher === undefined
      ? tf.cast(tf.oneHot(tf.tensor1d([...digits.labels], 'int32'), classes), 'float32')
      : tf.tensor2d(teacher.probabilities, [count, classes])
  const tau = teacher?.temperature ?? 1
  const shapes = shapesOf(hidden)
  const mask = masks?.map((bits, layer) =>
    tf.tensor(Float32Array.from(bits), [...shapes[2 * layer]!]),
  )
  let now = names.map((name, at) => tf.tensor(from[name].slice(), [...shapes[at]!]))
  if (mask !== undefined) now = now.map((w, at) => (at % 2 === 0 ? tf.mul(w, mask[at / 2]!) : w))
  let velocities = now.map((w) => tf.zerosLike(w))
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const indices of batchesOf(count, batch, seed, epoch)) {
      const next = tf.tidy(() => {
        const at = tf.tensor1d([...indices], 'int32')
        const [x, t] = [tf.gather(images, at), tf.gather(targets, at)]
        const slopes = gradients(now, x as tf.Tensor2D, t as tf.Tensor2D, tau)
        const v = velocities.map((old, i) => tf.add(tf.mul(old, momentum), slopes[i]!))
        const moved = now.map((w, i) => {
          const step = tf.sub(w, tf.mul(v[i]!, rate))
          return mask !== undefined && i % 2 === 0 ? tf.mul(step, mask[i / 2]!) : step
        })
        return [...moved, ...v]
      })
      tf.dispose([now, velocities])
      now = next.slice(0, 4)
      velocities = next.slice(4)
    }
  }
  const [weights1, bias1, weights2, bias2] = (await Promise.all(
    now.map((w) => w.data()),
  )) as Float32Array[]
  tf.dispose([images, targets, now, velocities, mask ?? []])
  return { weights1: weights1!, bias1: bias1!, weights2: weights2!, bias2: bias2! }
}

/** The gradients of the mean cross-entropy, times the square of the temperature. */
function gradients(
  [W1, b1, W2, b2]: readonly tf.Tensor[],
  x: tf.Tensor2D,
  targets: tf.Tensor2D,
  tau: number,
): readonly tf.Tensor[] {
  const z1 = tf.add(tf.matMul(x, W1 as tf.Tensor2D), b1!)
  const h = tf.relu(z1) as tf.Tensor2D
  const z2 = tf.add(tf.matMul(h, W2 as tf.Tensor2D), b2!)
  const q = tf.softmax(tf.div(z2, tau))
  const dz2 = tf.mul(tf.sub(q, targets), tau / x.shape[0]) as tf.Tensor2D
  const dh = tf.matMul(dz2, W2 as tf.Tensor2D, false, true)
  const dz1 = tf.mul(dh, tf.cast(tf.greater(z1, 0), 'float32')) as tf.Tensor2D
  return [tf.matMul(x, dz1, true), tf.sum(dz1, 0), tf.matMul(h, dz2, true), tf.sum(dz2, 0)]
}

/** The scores that a network gives images, a row each. */
export function scoresOf(network: Network, digits: Digits): Float32Array {
  return tf.tidy(() => {
    const hidden = network.bias1.length
    const [W1, b1, W2, b2] = names.map((name, at) =>
      tf.tensor(network[name], [...shapesOf(hidden)[at]!]),
    ) as [tf.Tensor2D, tf.Tensor, tf.Tensor2D, tf.Tensor]
    const x = tf.tensor2d(digits.images, [digits.labels.length, pixels])
    const h = tf.relu(tf.add(tf.matMul(x, W1), b1)) as tf.Tensor2D
    return tf.add(tf.matMul(h, W2), b2).dataSync() as Float32Array
  })
}

/** The probabilities at a temperature, a row a sample. */
export function probabilitiesOf(scores: Float32Array, temperature: number): Float32Array {
  return tf.tidy(
    () =>
      tf
        .softmax(tf.div(tf.tensor2d(scores, [scores.length / classes, classes]), temperature))
        .dataSync() as Float32Array,
  )
}

/** The share of samples whose largest number is that of their class. */
export function shareRight(numbers: Float32Array, labels: readonly number[]): number {
  const right = labels.filter((label, n) => {
    const row = numbers.subarray(n * classes, (n + 1) * classes)
    return row.indexOf(Math.max(...row)) === label
  })
  return right.length / labels.length
}
