import * as tf from '@tensorflow/tfjs-core'
import { gradientProfile } from '../../impl/bptt/index.ts'
import { forward as gruForward, forwardGradient as gruGradient } from '../../impl/gru/index.ts'
import { norms } from '../../impl/layers/norm.ts'
import { forward as lstmForward, forwardGradient as lstmGradient } from '../../impl/lstm/index.ts'
import { forward as rnnForward, forwardGradient as rnnGradient } from '../../impl/rnn/index.ts'
import { inputs } from './adding.ts'
import { normals, uniforms } from './random.ts'

/** The weights and the biases of a layer. */
export type Weights = Readonly<Record<'U' | 'W' | 'b', tf.Tensor>>

/** A kind of recurrent layer, on the operations of the fast implementation. */
export interface Layer {
  readonly name: string
  /** The learning rate at which it is trained. */
  readonly rate: number
  begin(seed: number, units: number): Weights
  /** The state after the last step, of inputs T × N × I. */
  last(x: tf.Tensor, weights: Weights): tf.Tensor
  /** The gradients by all weights, where one arrives at the last state. */
  gradients(
    x: tf.Tensor,
    weights: Weights,
    dLast: tf.Tensor,
  ): Readonly<Record<'dU' | 'dW' | 'db', tf.Tensor>>
  /** The norm of what of it comes back to every state, from the one before the first step on. */
  profile(x: tf.Tensor, weights: Weights, dLast: tf.Tensor): tf.Tensor
}

const forward = { direction: 'forward' } as const

/** What else a layer is given: a first state of zeros, and no padding. */
function given(x: tf.Tensor, { U, W, b }: Weights) {
  const [T, N] = x.shape as [number, number]
  const H = W.shape.at(-1)!
  return { x, U, W, b, h0: tf.zeros([N, H]), padded: tf.zeros([T, N]) }
}

/** No gradient, at the states of all steps. */
function noneAt(x: tf.Tensor, { W }: Weights): tf.Tensor {
  const [T, N] = x.shape as [number, number]
  return tf.zeros([T, N, W.shape.at(-1)!])
}

/** The norms of what comes back to every state, and of what arrived at the last one. */
const withLast = (back: tf.Tensor, dLast: tf.Tensor) =>
  tf.concat([norms(back, [1, 2]), norms(tf.expandDims(dLast, 0), [1, 2])])

/** Uniform numbers between ±1/√H: what most libraries begin with. */
export function uniformOf(
  seed: number,
  name: string,
  shape: readonly number[],
  units: number,
): tf.Tensor {
  const count = shape.reduce((product, size) => product * size, 1)
  const numbers = uniforms(seed, name, count).map((x) => x / Math.sqrt(units))
  return tf.tensor(numbers, [...shape])
}

/** Uniform weights of so many gates, and biases that are 0. */
function uniformWeights(seed: number, units: number, gates: readonly number[]): Weights {
  return {
    U: uniformOf(seed, 'input', [...gates, units, inputs], units),
    W: uniformOf(seed, 'state', [...gates, units, units], units),
    b: tf.zeros([...gates, units]),
  }
}

/** The identity from state to state, and small weights from the input. */
const identityWeights = (seed: number, units: number): Weights => ({
  U: tf.tensor(
    normals(seed, 'input', units * inputs).map((x) => x / 1000),
    [units, inputs],
  ),
  W: tf.eye(units),
  b: tf.zeros([units]),
})

/** A layer without gates. */
function plain({
  activation,
  ...layer
}: Pick<Layer, 'name' | 'rate' | 'begin'> & { readonly activation: 'tanh' | 'relu' }): Layer {
  const kind = { activation, ...forward }
  return {
    ...layer,
    last: (x, weights) => rnnForward(given(x, weights), kind).last,
    gradients: (x, weights, dLast) =>
      rnnGradient({ ...given(x, weights), dh: noneAt(x, weights), dLast }, kind),
    profile: (x, weights, dLast) => {
      const before = tf.slice(noneAt(x, weights), 1)
      const dh = tf.concat([before, tf.expandDims(dLast, 0)])
      return gradientProfile({ ...given(x, weights), dh }, { activation }).norms
    },
  }
}

const uniformPlain = (seed: number, units: number) => uniformWeights(seed, units, [])

const longShortTermMemory: Layer = (() => {
  const kind = { ...forward, coupled: false }
  const layer = (x: tf.Tensor, weights: Weights) => {
    const all = given(x, weights)
    return { ...all, c0: tf.zerosLike(all.h0), P: tf.zeros([3, weights.W.shape.at(-1)!]) }
  }
  const arriving = (x: tf.Tensor, weights: Weights, dLast: tf.Tensor) => {
    const none = noneAt(x, weights)
    return { dh: none, dc: none, dLast, dLastCell: tf.zerosLike(dLast) }
  }
  const gradients = (x: tf.Tensor, weights: Weights, dLast: tf.Tensor) =>
    lstmGradient({ ...layer(x, weights), ...arriving(x, weights, dLast) }, kind)
  return {
    name: 'long short-term memory',
    rate: 0.02,
    begin: (seed, units) => {
      const others = tf.zeros([1, units])
      const b = tf.concat([others, tf.ones([1, units]), others, others])
      return { ...uniformWeights(seed, units, [4]), b }
    },
    last: (x, weights) => lstmForward(layer(x, weights), kind).last,
    gradients,
    profile: (x, weights, dLast) => {
      const { back, backCell } = gradients(x, weights, dLast)
      return withLast(tf.concat([back, backCell], 2), dLast)
    },
  }
})()

const gatedRecurrent: Layer = (() => {
  const kind = { ...forward, reset: 'after' } as const
  const layer = (x: tf.Tensor, weights: Weights) => ({
    ...given(x, weights),
    bn: tf.zeros([weights.W.shape.at(-1)!]),
  })
  const gradients = (x: tf.Tensor, weights: Weights, dLast: tf.Tensor) =>
    gruGradient({ ...layer(x, weights), dh: noneAt(x, weights), dLast }, kind)
  return {
    name: 'gated recurrent',
    rate: 0.02,
    begin: (seed, units) => uniformWeights(seed, units, [3]),
    last: (x, weights) => gruForward(layer(x, weights), kind).last,
    gradients,
    profile: (x, weights, dLast) => withLast(gradients(x, weights, dLast).back, dLast),
  }
})()

/** The kinds of layers that are compared, the first one with each of the others. */
export const layers: readonly Layer[] = [
  plain({ name: 'tanh', activation: 'tanh', rate: 0.005, begin: uniformPlain }),
  plain({ name: 'rectifier', activation: 'relu', rate: 0.005, begin: uniformPlain }),
  plain({
    name: 'rectifier with the identity',
    activation: 'relu',
    rate: 0.005,
    begin: identityWeights,
  }),
  longShortTermMemory,
  gatedRecurrent,
]
