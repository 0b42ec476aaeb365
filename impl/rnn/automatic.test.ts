import * as tf from '@tensorflow/tfjs-core'
// Registers the gradients for automatic differentiation.
import '@tensorflow/tfjs'
import { describe, expect, it } from 'vitest'
import { gradientName } from '../../spec/language/gradient.ts'
import { openDevice, useDevice } from '../device/device.ts'
import { bidirectional, bidirectionalGradient } from './bidirectional.ts'
import { deepInput, deepInputGradient } from './deep-input.ts'
import { deepScores, deepScoresGradient } from './deep-output.ts'
import { deepTransition, deepTransitionGradient } from './deep-transition.ts'
import { stacked, stackedGradient } from './stacked.ts'

await useDevice(await openDevice('cpu'))

type Arrays = Readonly<Record<string, tf.Tensor>>
type Call = (inputs: Arrays, parameters: object) => Arrays

const [T, N, I, H, Layers] = [4, 3, 2, 3, 3]
/** Units of layers on the way in or out, and scores. */
const [M, O] = [2, 4]

/** −1, 0 and 1, so that every sum is exact. */
const whole = (seed: number, ...shape: readonly number[]) =>
  tf.floor(tf.randomUniform([...shape], -1, 2, 'float32', seed))

const padded = tf.tensor2d([0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 1], [T, N])
const x = whole(1, T, N, I)

/** Forward, backward, what it is differentiated by, and what arrives. */
const networks = {
  stacked: {
    forward: stacked as unknown as Call,
    backward: stackedGradient as unknown as Call,
    by: {
      ...{ x, U: whole(2, H, I), A: whole(3, Layers - 1, H, H), W: whole(4, Layers, H, H) },
      ...{ b: whole(5, Layers, H), h0: whole(6, Layers, N, H) },
      masks: whole(7, Layers - 1, T, N, H),
    } as Arrays,
    arriving: { h: whole(8, Layers, T, N, H), last: whole(9, Layers, N, H) } as Arrays,
  },
  bidirectional: {
    forward: bidirectional as unknown as Call,
    backward: bidirectionalGradient as unknown as Call,
    by: {
      ...{ x, U: whole(12, 2, H, I), W: whole(13, 2, H, H) },
      ...{ b: whole(14, 2, H), h0: whole(15, 2, N, H) },
    } as Arrays,
    arriving: { h: whole(16, T, N, 2 * H), last: whole(17, 2, N, H) } as Arrays,
  },
  'deep transition': {
    forward: deepTransition as unknown as Call,
    backward: deepTransitionGradient as unknown as Call,
    by: {
      ...{ x, U: whole(22, H, I), W: whole(23, H, H), S: whole(24, H, H) },
      ...{ A: whole(25, Layers - 1, H, H), b: whole(26, Layers, H), h0: whole(27, N, H) },
    } as Arrays,
    arriving: { h: whole(28, T, N, H), last: whole(29, N, H) } as Arrays,
  },
  'deep way in': {
    forward: deepInput as unknown as Call,
    backward: deepInputGradient as unknown as Call,
    by: {
      ...{ x, F: whole(32, M, I), A: whole(33, Layers - 1, M, M), wayBias: whole(34, Layers, M) },
      ...{ U: whole(35, H, M), W: whole(36, H, H), b: whole(37, H), h0: whole(38, N, H) },
    } as Arrays,
    arriving: { h: whole(39, T, N, H), last: whole(40, N, H) } as Arrays,
  },
  'deep way out': {
    forward: deepScores as unknown as Call,
    backward: deepScoresGradient as unknown as Call,
    by: {
      ...{ h: whole(42, T, N, H), F: whole(43, M, H), A: whole(44, Layers - 1, M, M) },
      ...{ wayBias: whole(45, Layers, M), V: whole(46, O, M), c: whole(47, O) },
    } as Arrays,
    arriving: { o: whole(48, T, N, O) } as Arrays,
  },
}
type Network = (typeof networks)[keyof typeof networks]

/** The gradients that TensorFlow.js finds by itself, of ⟨dh, h⟩ + ⟨dLast, last⟩. */
function automatic({ forward, by, arriving }: Network, parameters: object) {
  const names = Object.keys(by)
  const loss = (...values: tf.Tensor[]) => {
    const given = Object.fromEntries(names.map((name, i) => [name, values[i]!]))
    const outputs = forward({ ...given, padded }, parameters)
    const parts = Object.entries(arriving).map(([name, slope]) =>
      tf.sum(tf.mul(slope, outputs[name]!)),
    )
    return tf.addN(parts)
  }
  const found = tf.grads(loss as never)(names.map((name) => by[name]!))
  return Object.fromEntries(names.map((name, i) => [gradientName(name), found[i]!.arraySync()]))
}

function byHand({ backward, by, arriving }: Network, parameters: object) {
  const slopes = Object.entries(arriving).map(([name, slope]) => [gradientName(name), slope])
  const found = backward({ ...by, padded, ...Object.fromEntries(slopes) }, parameters)
  const derivatives = Object.keys(by).map(gradientName)
  return Object.fromEntries(derivatives.map((name) => [name, found[name]!.arraySync()]))
}

describe('gradients of several recurrent layers written by hand', () => {
  const cases = (['relu', 'linear'] as const).flatMap((activation) => [
    ['stacked', { activation, direction: 'forward' }] as const,
    ['stacked', { activation, direction: 'reverse' }] as const,
    ['bidirectional', { activation }] as const,
    ['deep transition', { activation, direction: 'forward' }] as const,
    ['deep transition', { activation, direction: 'reverse' }] as const,
    ['deep way in', { activation, direction: 'forward' }] as const,
    ['deep way in', { activation, direction: 'reverse' }] as const,
    ['deep way out', { activation }] as const,
  ])

  it.each(cases)('are those of automatic differentiation, to the bit: %s, %o', (name, kind) => {
    const found = byHand(networks[name], kind)
    expect(found).toEqual(automatic(networks[name], kind))
    const numbers = Object.values(found).flat(4) as number[]
    expect(Math.max(...numbers.map(Math.abs))).toBeGreaterThan(1)
  })
})
