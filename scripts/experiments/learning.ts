import * as tf from '@tensorflow/tfjs-core'
import { stream } from '../../conformance/arbitraries/random.ts'
import { clipByNorm } from '../../impl/bptt/index.ts'
import { addingSequences, inputs, type Sequences } from './adding.ts'
import { type Layer, uniformOf, type Weights } from './recurrent.ts'

/** How layers are trained to add. */
export const learning = {
  steps: 30,
  units: 16,
  batch: 32,
  updates: 250,
  every: 25,
  threshold: 1,
  forTest: 2000,
} as const

/** A layer and the weights and the bias that make an answer of its last state. */
type Parameters = Weights & Readonly<Record<'V' | 'c', tf.Tensor>>

const onDevice = ({ steps, count, x, sums }: Sequences) => ({
  x: tf.tensor(x, [steps, count, inputs]),
  y: tf.tensor(sums, [count, 1]),
})

/** The last state, and the answer: V h + c. */
function answers(layer: Layer, { V, c, ...weights }: Parameters, x: tf.Tensor) {
  const h = layer.last(x, weights) as tf.Tensor2D
  return { h, answer: tf.add(tf.matMul(h, V as tf.Tensor2D, false, true), c) }
}

/** The gradients of the mean square of the error, with one norm over all of them. */
function slopesOf(layer: Layer, parameters: Parameters, sequences: Sequences) {
  const { x, y } = onDevice(sequences)
  const { V, c: _, ...weights } = parameters
  const { h, answer } = answers(layer, parameters, x)
  const dAnswer = tf.mul(tf.sub(answer, y), 2 / sequences.count) as tf.Tensor2D
  const { dU, dW, db } = layer.gradients(x, weights, tf.matMul(dAnswer, V as tf.Tensor2D))
  const [dV, dc] = [tf.matMul(dAnswer, h, true), tf.sum(dAnswer, 0)]
  const others = [db, dV, dc]
  const inRow = tf.concat(others.map((g) => tf.reshape(g, [g.size])))
  const { threshold } = learning
  const clipped = clipByNorm({ dU, dW, db: inRow }, { threshold })
  const sizes = others.map(({ size }) => size)
  const cut = tf.split(clipped.db, sizes).map((g, at) => tf.reshape(g, others[at]!.shape))
  return [
    { name: 'U', tensor: clipped.dU },
    { name: 'W', tensor: clipped.dW },
    { name: 'b', tensor: cut[0]! },
    { name: 'V', tensor: cut[1]! },
    { name: 'c', tensor: cut[2]! },
  ]
}

/** Parameters by their names, as an optimizer finds them; the first answer is 1 where states are 0. */
function parametersOf(layer: Layer, seed: number): Parameters {
  const { units } = learning
  const V = uniformOf(seed, 'answer', [1, units], units)
  const begun = { ...layer.begin(seed, units), V, c: tf.ones([1]) }
  const variable = (name: keyof Parameters) => tf.variable(begun[name], true, name)
  return {
    U: variable('U'),
    W: variable('W'),
    b: variable('b'),
    V: variable('V'),
    c: variable('c'),
  }
}

/** The mean square of the error on sequences of a test, before any training and after every so many steps of it. */
export async function errorsWhileLearning(layer: Layer, seed: number): Promise<readonly number[]> {
  const { steps, batch, updates, every, forTest } = learning
  const parameters = tf.tidy(() => parametersOf(layer, seed))
  const optimizer = tf.train.adam(layer.rate)
  const test = onDevice(addingSequences(stream(seed, 'test'), steps, forTest))
  const training = stream(seed, 'training')
  const errors: number[] = []
  for (let done = 0; done <= updates; done++) {
    if (done % every === 0) {
      const error = tf.tidy(() => {
        const { answer } = answers(layer, parameters, test.x)
        return tf.mean(tf.square(tf.sub(answer, test.y)))
      })
      errors.push((await error.data())[0]!)
      error.dispose()
    }
    const sequences = addingSequences(training, steps, batch)
    const slopes = tf.tidy(() => slopesOf(layer, parameters, sequences))
    optimizer.applyGradients(slopes)
    tf.dispose(slopes)
  }
  optimizer.dispose()
  tf.dispose([{ ...parameters }, test])
  return errors
}
