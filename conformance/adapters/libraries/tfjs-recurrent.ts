import { layers } from '@tensorflow/tfjs'
import * as tf from '@tensorflow/tfjs-core'
import type { Parameters } from '../../../spec/language/operation.ts'
import { Unsupported } from '../../base/errors.ts'
import type { Axes } from '../../protocol/axes.ts'
import type { Definition } from '../define.ts'
import type { Calls } from './tfjs-calls.ts'

type Given = Readonly<Record<'x' | 'U' | 'W', tf.Tensor>> &
  Readonly<Partial<Record<'b' | 'bn' | 'h0' | 'c0' | 'P' | 'mask', tf.Tensor>>>
type Layer = ReturnType<typeof layers.rnn>
type Kind = (told: ReturnType<typeof configuration>, parameters: Parameters) => Layer

const simple: Kind = (told, { activation }) => layers.simpleRNN({ ...told, activation })
const lstm: Kind = (told) =>
  layers.lstm({ ...told, recurrentActivation: 'sigmoid', unitForgetBias: false })
const gru: Kind = (told) => layers.gru({ ...told, recurrentActivation: 'sigmoid' })

/** What every layer is told: its weights, to give all of its states, and which step it begins with. */
function configuration(given: Given, { direction }: Parameters) {
  if (given.P !== undefined) throw new Unsupported('peepholes')
  if (direction !== 'forward' && direction !== 'reverse') throw new RangeError('no direction')
  const { U, W } = given
  const b = biasOf(given)
  if (U.rank !== W.rank || (b !== undefined && b.rank !== W.rank - 1)) {
    throw new RangeError('weights and biases with as many axes as gates ask for')
  }
  return {
    units: W.shape.at(-1)!,
    useBias: b !== undefined,
    weights: [beside(U, 1), beside(W, 1), ...(b === undefined ? [] : [beside(b, 0)])],
    kernelInitializer: 'zeros' as const,
    recurrentInitializer: 'zeros' as const,
    returnSequences: true,
    returnState: true,
    goBackwards: direction === 'reverse',
  }
}

/** An array with the units of all gates beside each other, behind so many axes. */
const beside = (array: tf.Tensor, axes: 0 | 1) =>
  tf.reshape(array, [...array.shape.slice(0, axes), -1])

/** Where the reset gate comes before the product, the biases of a candidate are one. */
function biasOf({ b, bn }: Given): tf.Tensor | undefined {
  if (bn === undefined) return b
  if (bn.rank !== 1) throw new RangeError('a bias of the candidate for each unit')
  const own = tf.pad(tf.expandDims(bn, 0), [
    [2, 0],
    [0, 0],
  ])
  return b === undefined ? own : tf.add(b, own)
}

/** States of a layer; those of a layer that goes backwards come back to front. */
function asked(layer: Layer, { x, W, h0, c0, mask }: Given) {
  const zeros = tf.zeros([x.shape[0]!, W.shape.at(-1)!])
  const first = layer.states.length === 1 ? [h0] : [h0, c0]
  const isGiven = first.some((state) => state !== undefined)
  const initialState = isGiven ? first.map((state) => state ?? zeros) : undefined
  const states = layer.apply(x, { mask, initialState }) as tf.Tensor[]
  const [h, ...last] = states as [tf.Tensor, ...tf.Tensor[]]
  return { h: layer.goBackwards ? tf.reverse(h, 1) : h, last }
}

/** A question to a layer that is there for it alone. */
function withLayer<T>(
  kind: Kind,
  given: Given,
  parameters: Parameters,
  ask: (layer: Layer) => T,
): T {
  const layer = kind(configuration(given, parameters), parameters)
  try {
    return ask(layer)
  } finally {
    layer.dispose()
  }
}

/** States after all steps and the last ones in one array, as what is differentiated has to be. */
const allOf = (h: tf.Tensor, last: readonly tf.Tensor[]) =>
  tf.concat([h, ...last.map((state) => tf.expandDims(state, 1))], 1)

/** Derivatives by the inputs, the first state and the weights, of which the first call makes variables. */
function derivatives(
  layer: Layer,
  given: Given & Readonly<Record<'h0' | 'dh' | 'dLast', tf.Tensor>>,
) {
  const { x, U, W, h0, dh, dLast } = given
  asked(layer, given)
  const variables = layer.trainableWeights.map((weight) => weight.read())
  const outputs = () => {
    const { h, last } = asked(layer, given)
    return allOf(h, last)
  }
  const found = tf.grads(outputs)([x, h0, ...variables], allOf(dh, [dLast]))
  const [dx, dH0, dU, dW, db] = found as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor]
  return { dx, dH0, dU: tf.reshape(dU, U.shape), dW: tf.reshape(dW, W.shape), db }
}

/** Layers, which have sequences first, and weights on the right of rows. */
export const recurrentCalls: Calls = {
  'rnn.forward': (given, parameters) =>
    withLayer(simple, given, parameters, (layer) => {
      const { h, last } = asked(layer, given)
      return { h, last: last[0]! }
    }),
  'rnn.forwardGradient': (given, parameters) =>
    withLayer(simple, given, parameters, (layer) => derivatives(layer, given)),
  'lstm.forward': (given, parameters) =>
    withLayer(lstm, given, parameters, (layer) => {
      const { h, last } = asked(layer, given)
      return { h, last: last[0]!, lastCell: last[1]! }
    }),
  'gru.forward': (given, parameters) =>
    withLayer(gru, given, parameters, (layer) => {
      const { h, last } = asked(layer, given)
      return { h, last: last[0]! }
    }),
  'gru.forwardGradient': (given, parameters) =>
    withLayer(gru, given, parameters, (layer) => {
      const { db, ...others } = derivatives(layer, given)
      const all = tf.reshape(db, given.b.shape)
      return { ...others, db: all, dBn: tf.reshape(tf.slice(all, 2), given.bn.shape) }
    }),
}

/** "Only false is supported" of resetAfter, says the page of tf.layers.gru. */
const before = { parameters: { reset: 'before' } } as const

export const recurrentDomains: Definition['supports'] & object = {
  'lstm.forward': { parameters: { coupled: false } },
  'gru.forward': before,
  'gru.forwardGradient': before,
}

const sequences = { x: 'NTI', padded: 'NT', h: 'NTH' } as const
const gradients = { x: 'NTI', padded: 'NT', dh: 'NTH', dx: 'NTI' } as const
const plain = { U: [1, 0], W: [1, 0] } as const
const gated = { U: [2, 0, 1], W: [2, 0, 1] } as const

export const recurrentAxes: Axes = {
  'rnn.forward': { ...sequences, ...plain },
  'rnn.forwardGradient': { ...gradients, ...plain, dU: [1, 0], dW: [1, 0] },
  'lstm.forward': { ...sequences, ...gated },
  'gru.forward': { ...sequences, ...gated },
  'gru.forwardGradient': { ...gradients, ...gated, dU: [2, 0, 1], dW: [2, 0, 1] },
}
