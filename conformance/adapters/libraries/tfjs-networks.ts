import { layers } from '@tensorflow/tfjs'
import * as tf from '@tensorflow/tfjs-core'
import type { AxesByName } from '../../protocol/axes.ts'
import type { Calls } from './tfjs-calls.ts'
import { asked, type Given, type Layer, simple, withLayer } from './tfjs-recurrent.ts'

type Readout = Given & { readonly V: tf.Tensor; readonly c?: tf.Tensor }
type Dense = ReturnType<typeof layers.dense>

/** A recurrent layer, and a dense one that gives the scores of each of its states. */
function withNetwork<T>(
  given: Readout,
  parameters: { readonly activation: string; readonly direction: string },
  ask: (recurrent: Layer, scores: Dense) => T,
): T {
  const { V, c } = given
  const scores = layers.dense({
    units: V.shape.at(-1)!,
    useBias: c !== undefined,
    weights: c === undefined ? [V] : [V, c],
    kernelInitializer: 'zeros',
  })
  try {
    return withLayer(simple, given, parameters, (recurrent) => ask(recurrent, scores))
  } finally {
    scores.dispose()
  }
}

/** The loss of each step, of all sequences together. */
const lossesOf = (o: tf.Tensor, y: tf.Tensor) => tf.neg(tf.sum(tf.mul(y, tf.logSoftmax(o)), [0, 2]))

const forwards = ({ activation }: { readonly activation: string }) => ({
  activation,
  direction: 'forward',
})

/** Recurrent networks, as users of TensorFlow.js compose them of layers. */
export const networkCalls: Calls = {
  'rnn.network': (given, parameters) =>
    withNetwork(given, parameters, (recurrent, scores) => {
      const { h } = asked(recurrent, given)
      const o = scores.apply(h) as tf.Tensor
      return { h, o, y: tf.softmax(o) }
    }),
  'bptt.loss': ({ y, ...given }, parameters) =>
    withNetwork(given, forwards(parameters), (recurrent, scores) => ({
      E: lossesOf(scores.apply(asked(recurrent, given).h) as tf.Tensor, y),
    })),
  'bptt.lossGradient': ({ y, dE, ...given }, parameters) =>
    withNetwork(given, forwards(parameters), (recurrent, scores) => {
      const losses = () => lossesOf(scores.apply(asked(recurrent, given).h) as tf.Tensor, y)
      // The first call makes variables of the weights.
      losses()
      const variables = [recurrent, scores].flatMap(({ trainableWeights }) =>
        trainableWeights.map((weight) => weight.read()),
      )
      const by = tf.grads(losses)([given.x, given.h0, ...variables], dE)
      const [dx, dH0, dU, dW, db, dV, dc] = by as Seven
      return { dx, dH0, dU, dW, db, dV, dc }
    }),
}

type Seven = [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor]

const turned = [1, 0] as const
const weights = { U: turned, W: turned, V: turned }

export const networkAxes: AxesByName = {
  'rnn.network': { x: 'NTI', padded: 'NT', h: 'NTH', o: 'NTO', y: 'NTO', ...weights },
  'bptt.loss': { x: 'NTI', y: 'NTO', ...weights },
  'bptt.lossGradient': {
    ...{ x: 'NTI', y: 'NTO', dx: 'NTI', ...weights },
    ...{ dU: turned, dW: turned, dV: turned },
  },
}
