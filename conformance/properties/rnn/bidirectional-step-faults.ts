import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import {
  bidirectionalGradient as gradientReference,
  bidirectional as reference,
} from '../../../reference/rnn/bidirectional.ts'
import { forward } from '../../../reference/rnn/forward.ts'
import { bidirectional, bidirectionalGradient } from '../../../spec/rnn/bidirectional.ts'
import { part } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

type Numbers = NumberArray<number>

const wrong = faultsOf(bidirectional, reference)
const wrongGradient = faultsOf(bidirectionalGradient, gradientReference)
const slip = 2e-4

export const stateSlips = wrong.answer(
  'is off by 2e-4 in the first unit of the second direction after the middle step',
  ({ inputs, parameters, right, sizes }) => {
    const { T, H } = sizes as Readonly<Record<'T' | 'H', number>>
    const whole = right(inputs, parameters)
    const middle = Math.floor(T / 2)
    if (middle === 0) return whole
    const { x, padded } = inputs
    const second = (array: Numbers) => build(array.shape.slice(1), (...at) => array.at(1, ...at))
    const off = build(
      [whole.h.shape[1]!, H],
      (n, i) => whole.h.at(middle, n, H + i) * (i === 0 ? 1 + slip : 1),
    )
    const rest = {
      ...{ U: second(inputs.U), W: second(inputs.W), b: second(inputs.b), h0: off },
      x: part(x, x.shape.with(0, middle)),
      padded: part(padded, padded.shape.with(0, middle)),
    }
    const then = forward(number, rest, { ...parameters, direction: 'reverse' })
    const own = (t: number, n: number, i: number) =>
      t === middle ? off.at(n, i) : t < middle ? then.h.at(t, n, i) : whole.h.at(t, n, H + i)
    return {
      h: build(whole.h.shape, (t, n, i) => (i < H ? whole.h.at(t, n, i) : own(t, n, i - H))),
      last: build(whole.last.shape, (d, n, i) =>
        d === 0 ? whole.last.at(d, n, i) : then.last.at(n, i),
      ),
    }
  },
)

export const backSlips = wrongGradient.answer(
  'is off by 2e-4 in what comes back to the first unit of the second direction at the middle step',
  ({ inputs, parameters, right, sizes }) => {
    const { T, H } = sizes as Readonly<Record<'T' | 'H', number>>
    const whole = right(inputs, parameters)
    const t = Math.floor(T / 2)
    if (t + 1 >= T) return whole
    const withAdded = (array: Numbers, step: number) =>
      build(
        array.shape,
        (s, n, i) =>
          array.at(s, n, i) + (s === step && i === H ? whole.back.at(t, n, i) * slip : 0),
      )
    // As if it arrived from outside at the state that it comes back to.
    const then = right({ ...inputs, dh: withAdded(inputs.dh, t + 1) }, parameters)
    return { ...then, back: withAdded(then.back, t) }
  },
)

export const otherStates = wrongGradient.outputs(
  'returns states of the second direction other than those that it is computed with',
  ({ h }, { sizes: { T, H } }) => ({
    h: build(h.shape, (t, n, i) => h.at(t, n, i) * (i >= H! && 2 * t < T! ? 1 + slip : 1)),
  }),
)

export const droppedStep = wrongGradient.outputs(
  'leaves the middle step out of the sums over time of the second direction',
  ({ h, delta, dW }, { inputs: { h0 }, sizes }) => {
    const { T, N, H } = sizes as Readonly<Record<'T' | 'N' | 'H', number>>
    const t = Math.floor(T / 2)
    const before = (n: number, j: number) => (t + 1 < T ? h.at(t + 1, n, H + j) : h0.at(1, n, j))
    const ofStep = (i: number, j: number) => {
      let sum = 0
      for (let n = 0; n < N; n++) sum += delta.at(t, n, H + i) * before(n, j)
      return sum
    }
    return {
      dW: build(dW.shape, (d, i, j) => dW.at(d, i, j) - (d === 1 ? ofStep(i, j) : 0)),
    }
  },
)
