import { layers } from '@tensorflow/tfjs'
import * as tf from '@tensorflow/tfjs-core'
import type { Parameters } from '../../../spec/language/operation.ts'
import type { AxesByName } from '../../protocol/axes.ts'
import type { Definition } from '../define.ts'
import type { Calls } from './tfjs-calls.ts'

export type Given = Readonly<Record<'x' | 'U' | 'W', tf.Tensor>> &
  Readonly<Partial<Record<'b' | 'bn' | 'h0' | 'c0' | 'mask', tf.Tensor>>>
type Arriving = Readonly<Record<'dLast', tf.Tensor>> &
  Readonly<Partial<Record<'dh' | 'dLastCell', tf.Tensor>>>
export type Layer = ReturnType<typeof layers.rnn>
type Kind = (told: ReturnType<typeof configuration>, parameters: Parameters) => Layer

export const simple: Kind = (told, { activation }) => layers.simpleRNN({ ...told, activation })
const lstm: Kind = (told) =>
  layers.lstm({ ...told, recurrentActivation: 'sigmoid', unitForgetBias: false })
const gru: Kind = (told) => layers.gru({ ...told, recurrentActivation: 'sigmoid' })

/** What every layer is told: its weights, to give all of its states, and which step it begins with. */
function configuration(given: Given, { direction }: Parameters) {
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
export function asked(layer: Layer, { x, W, h0, c0, mask }: Given) {
  const zeros = tf.zeros([x.shape[0]!, W.shape.at(-1)!])
  const first = layer.states.length === 1 ? [h0] : [h0, c0]
  const isGiven = first.some((state) => state !== undefined)
  const initialState = isGiven ? first.map((state) => state ?? zeros) : undefined
  const states = layer.apply(x, { mask, initialState }) as tf.Tensor[]
  const [h, ...last] = states as [tf.Tensor, ...tf.Tensor[]]
  return { h: layer.goBackwards ? tf.reverse(h, 1) : h, last }
}

/** A question to a layer that is there for it alone. */
export function withLayer<T>(
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

/** Derivatives by what is given: the inputs, first states, and the weights, of which the first call makes variables. */
function derivatives(layer: Layer, given: Given & Arriving) {
  const { x, U, W, b, bn, h0, c0, dh, dLast, dLastCell } = given
  const { h } = asked(layer, given)
  const variables = layer.trainableWeights.map((weight) => weight.read())
  const outputs = () => {
    const { h, last } = asked(layer, given)
    return allOf(h, last)
  }
  const first = [h0, c0].filter((state) => state !== undefined)
  const arriving = allOf(dh ?? tf.zerosLike(h), dLastCell ? [dLast, dLastCell] : [dLast])
  const [dx, ...others] = tf.grads(outputs)([x, ...first, ...variables], arriving)
  const states = [...(h0 ? ['dH0'] : []), ...(c0 ? ['dC0'] : [])]
  const byState = states.map((name, at) => [name, others[at]!] as const)
  const [dU, dW, db] = others.slice(states.length) as [tf.Tensor, tf.Tensor, tf.Tensor?]
  return {
    dx: dx!,
    ...(Object.fromEntries(byState) as Partial<Record<'dH0' | 'dC0', tf.Tensor>>),
    dU: tf.reshape(dU, U.shape),
    dW: tf.reshape(dW, W.shape),
    ...(b && { db: tf.reshape(db!, b.shape) }),
    ...(bn && { dBn: tf.reshape(tf.slice(tf.reshape(db!, [3, -1]), 2), bn.shape) }),
  }
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
  'lstm.forwardGradient': (given, parameters) =>
    withLayer(lstm, given, parameters, (layer) => derivatives(layer, given)),
  'gru.forward': (given, parameters) =>
    withLayer(gru, given, parameters, (layer) => {
      const { h, last } = asked(layer, given)
      return { h, last: last[0]! }
    }),
  'gru.forwardGradient': (given, parameters) =>
    withLayer(gru, given, parameters, (layer) => derivatives(layer, given)),
}

/** Layers have no peepholes, and give their cells after the last step only. */
const withoutPeepholes = { parameters: { coupled: false }, absent: ['P'] } as const

/** "Only false is supported" of resetAfter, says the page of tf.layers.gru. */
const before = { parameters: { reset: 'before' } } as const

export const recurrentDomains: Definition['supports'] & object = {
  'lstm.forward': withoutPeepholes,
  'lstm.forwardGradient': { ...withoutPeepholes, absent: ['P', 'dc'] },
  'gru.forward': before,
  'gru.forwardGradient': before,
}

const sequences = { x: 'NTI', padded: 'NT', h: 'NTH' } as const
const gradients = { x: 'NTI', padded: 'NT', dh: 'NTH', dx: 'NTI' } as const
const plain = { U: [1, 0], W: [1, 0] } as const
const gated = { U: [2, 0, 1], W: [2, 0, 1] } as const

export const recurrentAxes: AxesByName = {
  'rnn.forward': { ...sequences, ...plain },
  'rnn.forwardGradient': { ...gradients, ...plain, dU: [1, 0], dW: [1, 0] },
  'lstm.forward': { ...sequences, ...gated },
  'gru.forward': { ...sequences, ...gated },
  'lstm.forwardGradient': { ...gradients, ...gated, dU: [2, 0, 1], dW: [2, 0, 1] },
  'gru.forwardGradient': { ...gradients, ...gated, dU: [2, 0, 1], dW: [2, 0, 1] },
}
