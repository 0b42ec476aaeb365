import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  stackedGradient as gradientReference,
  stacked as reference,
} from '../../../reference/rnn/stacked.ts'
import { stacked, stackedGradient } from '../../../spec/rnn/stacked.ts'
import { joined, part } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

type Numbers = NumberArray<number>

const wrong = faultsOf(stacked, reference)
const wrongGradient = faultsOf(stackedGradient, gradientReference)

const slip = 2e-4

export const stateSlips = wrong.answer(
  'is off by 2e-4 in the first unit of the upper layers after the middle step',
  ({ inputs, parameters, right, sizes }) => {
    const { T } = sizes as Readonly<Record<'T', number>>
    const middle = Math.floor(T / 2)
    if (middle === 0) return right(inputs, parameters)
    const { x, padded, masks } = inputs
    const steps = (from: number, to: number, h0: Numbers) =>
      right(
        {
          ...inputs,
          x: part(x, x.shape.with(0, to - from), [from]),
          padded: part(padded, padded.shape.with(0, to - from), [from]),
          masks: part(masks, masks.shape.with(1, to - from), [0, from]),
          h0,
        },
        parameters,
      )
    const isForward = parameters.direction === 'forward'
    const first = isForward ? steps(0, middle, inputs.h0) : steps(middle, T, inputs.h0)
    const slipped = build(
      first.last.shape,
      (l, n, i) => first.last.at(l, n, i) * (l > 0 && i === 0 ? 1 + slip : 1),
    )
    const then = isForward ? steps(middle, T, slipped) : steps(0, middle, slipped)
    const h = isForward ? joined(1, first.h, then.h) : joined(1, then.h, first.h)
    return { h, last: then.last }
  },
)

export const backSlips = wrongGradient.answer(
  'is off by 2e-4 in what comes back to the first unit of the lowest layer at the middle step',
  ({ inputs, parameters, right, sizes: { T } }) => {
    const t = Math.floor(T! / 2)
    const before = parameters.direction === 'forward' ? t - 1 : t + 1
    const whole = right(inputs, parameters)
    if (before < 0 || before >= T!) return whole
    const added = (l: number, n: number, i: number) =>
      l === 0 && i === 0 ? whole.back.at(l, t, n, i) * slip : 0
    const withAdded = (array: Numbers, step: number) =>
      build(array.shape, (l, s, n, i) => array.at(l, s, n, i) + (s === step ? added(l, n, i) : 0))
    // As if it arrived from outside at the state that it comes back to.
    const then = right({ ...inputs, dh: withAdded(inputs.dh, before) }, parameters)
    return { ...then, back: withAdded(then.back, t) }
  },
)

export const otherStates = wrongGradient.outputs(
  'returns states of the upper layers other than those that it is computed with',
  ({ h }, { sizes: { T } }) => ({
    h: build(h.shape, (l, t, n, i) => h.at(l, t, n, i) * (l > 0 && 2 * t > T! ? 1 + slip : 1)),
  }),
)

export const droppedStep = wrongGradient.outputs(
  'leaves the middle step out of the sums over time of what goes from layer to layer',
  ({ h, delta, dA }, { inputs: { masks, padded }, sizes: { T, N } }) => {
    const t = Math.floor(T! / 2)
    return {
      dA: build(dA.shape, (l, i, j) => {
        let sum = dA.at(l, i, j)
        for (let n = 0; n < N!; n++) {
          if (padded.at(t, n) === 1) continue
          sum -= delta.at(l + 1, t, n, i) * masks.at(l, t, n, j) * h.at(l, t, n, j)
        }
        return sum
      }),
    }
  },
)
