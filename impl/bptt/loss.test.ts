import * as tf from '@tensorflow/tfjs-core'
// Registers the gradients for automatic differentiation.
import '@tensorflow/tfjs'
import { describe, expect, it } from 'vitest'
import { lift, type NumberArray } from '../../reference/arithmetic/array.ts'
import { bounded } from '../../reference/arithmetic/bounded.ts'
import { ieee } from '../../reference/arithmetic/profile.ts'
import { lossGradient as reference } from '../../reference/bptt/loss.ts'
import { lossGradient as spec } from '../../spec/bptt/loss.ts'
import { gradientName } from '../../spec/language/gradient.ts'
import { openDevice, useDevice } from '../device/device.ts'
import { loss, lossGradient } from './loss.ts'

await useDevice(await openDevice('cpu'))

const [T, N, I, H, O] = [6, 3, 2, 3, 4]
const shapes = {
  x: [T, N, I],
  U: [H, I],
  W: [H, H],
  b: [H],
  h0: [N, H],
  V: [O, H],
  c: [O],
  y: [T, N, O],
  dE: [T],
} as const
type Name = keyof typeof shapes
const names = Object.keys(shapes) as Name[]

/** Sixteenths between −1 and 1; targets that are shares, and losses of the last step alone or of all. */
function given(only: 'every step' | 'last step'): Readonly<Record<Name, tf.Tensor>> {
  const scattered = (name: Name, at: number) => (((at + name.length) * 7) % 33) / 16 - 1
  const element = (name: Name, at: number) => {
    if (name === 'y') return at % O === (at >> 2) % O ? 0.75 : 0.25 / (O - 1)
    if (name === 'dE') return only === 'every step' || at === T - 1 ? 1 : 0
    return scattered(name, at)
  }
  const made = names.map((name) => {
    const count = shapes[name].reduce((product: number, size) => product * size, 1)
    const data = Float32Array.from({ length: count }, (_, at) => element(name, at))
    return [name, tf.tensor(data, [...shapes[name]])] as const
  })
  return Object.fromEntries(made) as Readonly<Record<Name, tf.Tensor>>
}

/** The gradients that TensorFlow.js finds by itself, of Σ dE E. */
function automatic(inputs: Readonly<Record<Name, tf.Tensor>>, parameters: Parameters[0]) {
  const by = ['x', 'U', 'W', 'b', 'h0', 'V', 'c'] as const
  const whole = (...values: tf.Tensor[]) => {
    const changed = Object.fromEntries(by.map((name, i) => [name, values[i]!]))
    const { E } = loss({ ...inputs, ...changed } as never, parameters as never)
    return tf.sum(tf.mul(inputs.dE, E))
  }
  const found = tf.grads(whole as never)(by.map((name) => inputs[name]))
  return Object.fromEntries(by.map((name, i) => [gradientName(name), found[i]!]))
}
type Parameters = readonly [{ readonly activation: 'tanh' | 'relu' | 'linear' }]

/** How far each element of the gradients is off the reference, the largest as a share of its bound. */
function used(
  found: Readonly<Record<string, tf.Tensor>>,
  inputs: Readonly<Record<Name, tf.Tensor>>,
  parameters: Parameters[0],
) {
  const bounds = bounded('float32', ieee)
  const arrays = Object.fromEntries(
    names.map((name) => [
      name,
      lift(bounds, { shape: inputs[name].shape, data: inputs[name].dataSync() }),
    ]),
  )
  const right = reference(bounds, arrays as never, parameters) as Readonly<
    Record<string, NumberArray<ReturnType<typeof bounds.exact>>>
  >
  const shares = Object.entries(right).flatMap(([name, { data }]) => {
    const actual = found[name]!.dataSync()
    return data.map((x, i) => {
      const off = Math.abs(x.value - actual[i]!)
      return off === 0 ? 0 : off / bounds.error(x)
    })
  })
  return Math.max(...shares)
}

describe('gradients of the loss written by hand, and those of automatic differentiation', () => {
  const activations = ['tanh', 'relu', 'linear'] as const
  const cases = activations.flatMap((activation) =>
    (['every step', 'last step'] as const).map((only) => [activation, only] as const),
  )

  it.each(cases)(
    'are both within the bound of the reference: %s, the loss of %s',
    (activation, only) => {
      const inputs = given(only)
      const byHand = lossGradient(inputs, { activation })
      expect(Object.keys(byHand).toSorted()).toEqual(Object.keys(spec.outputs).toSorted())
      expect(used(byHand, inputs, { activation })).toBeLessThanOrEqual(1)
      expect(used(automatic(inputs, { activation }), inputs, { activation })).toBeLessThanOrEqual(1)
    },
  )

  it('differ from those of another loss by more than the bound', () => {
    const [all, last] = [given('every step'), given('last step')]
    expect(
      used(automatic(all, { activation: 'tanh' }), last, { activation: 'tanh' }),
    ).toBeGreaterThan(1)
  })
})
