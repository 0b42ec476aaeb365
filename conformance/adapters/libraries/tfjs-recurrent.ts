import { layers } from '@tensorflow/tfjs'
import * as tf from '@tensorflow/tfjs-core'
import type { Axes } from '../../protocol/axes.ts'
import type { Calls } from './tfjs-calls.ts'

type Given = Readonly<Record<'x' | 'U' | 'W', tf.Tensor>> &
  Readonly<Partial<Record<'b' | 'h0' | 'mask', tf.Tensor>>>
type Layer = ReturnType<typeof layers.simpleRNN>
type Direction = 'forward' | 'reverse'

/** What every layer is told: to give all of its states, and of which steps it begins with the last one. */
const told = ({ U, W, b }: Given, direction: Direction) => ({
  weights: b === undefined ? [U, W] : [U, W, b],
  kernelInitializer: 'zeros',
  recurrentInitializer: 'zeros',
  units: W.shape[0]!,
  useBias: b !== undefined,
  returnSequences: true,
  returnState: true,
  goBackwards: backwards(direction),
})

function backwards(direction: Direction): boolean {
  if (direction !== 'forward' && direction !== 'reverse') throw new RangeError('no direction')
  return direction === 'reverse'
}

/** States of a layer; those of a layer that goes backwards come back to front. */
function asked(layer: Layer, { x, h0, mask }: Given) {
  const states = layer.apply(x, { mask, initialState: h0 && [h0] }) as tf.Tensor[]
  const [h, ...last] = states as [tf.Tensor, ...tf.Tensor[]]
  return { h: layer.goBackwards ? tf.reverse(h, 1) : h, last }
}

/** States after all steps and the last ones in one array, as what is differentiated has to be. */
const allOf = (h: tf.Tensor, last: readonly tf.Tensor[]) =>
  tf.concat([h, ...last.map((state) => tf.expandDims(state, 1))], 1)

const simple = (
  given: Given,
  { activation, direction }: { activation: 'tanh'; direction: Direction },
) => layers.simpleRNN({ ...told(given, direction), activation })

/** Layers, which have sequences first and weights on the right of rows. */
export const recurrentCalls: Calls = {
  'rnn.forward': (given, parameters) => {
    const layer = simple(given, parameters as never)
    const { h, last } = asked(layer, given)
    layer.dispose()
    return { h, last: last[0]! }
  },
  'rnn.forwardGradient': (given, parameters) => {
    const layer = simple(given, parameters as never)
    const { x, h0, dh, dLast } = given
    // The first call makes the weights.
    asked(layer, given)
    const weights = layer.trainableWeights.map((weight) => weight.read())
    const outputs = () => {
      const { h, last } = asked(layer, given)
      return allOf(h, last)
    }
    const above = allOf(dh, [dLast])
    const [dx, dH0, dU, dW, db] = tf.grads(outputs)([x, h0, ...weights], above) as tf.Tensor[]
    layer.dispose()
    return { dx: dx!, dH0: dH0!, dU: dU!, dW: dW!, db: db! }
  },
}

const rows = { x: 'NTI', padded: 'NT', U: [1, 0], W: [1, 0] } as const

export const recurrentAxes: Axes = {
  'rnn.forward': { ...rows, h: 'NTH' },
  'rnn.forwardGradient': { ...rows, dh: 'NTH', dx: 'NTI', dU: [1, 0], dW: [1, 0] },
}
