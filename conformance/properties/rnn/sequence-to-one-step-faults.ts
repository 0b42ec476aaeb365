import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { forwardGradient } from '../../../reference/rnn/forward.ts'
import { sequenceToOneGradient as reference } from '../../../reference/rnn/sequence-to-one.ts'
import { sequenceToOneGradient } from '../../../spec/rnn/sequence-to-one.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'
import { statesBefore } from '../../kit/through-time.ts'

type Numbers = NumberArray<number>

const wrong = faultsOf(sequenceToOneGradient, reference)
const slip = 2e-4

export const backSlips = wrong.answer(
  'is off by 2e-4 in what comes back to the first unit at the middle step',
  ({ inputs, parameters, right, sizes }) => {
    const { T, N, H, O } = sizes as Readonly<Record<'T' | 'N' | 'H' | 'O', number>>
    const t = Math.floor(T / 2)
    const before = parameters.direction === 'forward' ? t - 1 : t + 1
    const whole = right(inputs, parameters)
    if (before < 0 || before >= T) return whole
    const { V, do: dO, c: _, ...layer } = inputs
    const added = (n: number, i: number) => (i === 0 ? whole.back.at(t, n, i) * slip : 0)
    // As if it arrived from outside at the state that it comes back to.
    const dh = build([T, N, H], (s, n, i) => (s === before ? added(n, i) : 0))
    const dLast = build([N, H], (n, i) => {
      let sum = 0
      for (let k = 0; k < O; k++) sum += V.at(k, i) * dO.at(n, k)
      return sum
    })
    const then = forwardGradient(number, { ...layer, dh, dLast }, parameters)
    const back = build([T, N, H], (s, n, i) => then.back.at(s, n, i) + (s === t ? added(n, i) : 0))
    return { ...whole, ...then, back }
  },
)

export const otherStates = wrong.outputs(
  'returns states of later steps other than those that it is computed with',
  ({ h }, { sizes: { T } }) => ({
    h: build(h.shape, (t, n, i) => h.at(t, n, i) * (2 * t > T! ? 1 + slip : 1)),
  }),
)

export const droppedStep = wrong.outputs(
  'leaves the middle step out of the sum over time of the weights between states',
  ({ h, delta, dW }, { inputs: { h0 }, parameters, sizes: { T, N } }) => {
    const t = Math.floor(T! / 2)
    const before = statesBefore(h, h0, parameters.direction)
    const ofStep = (i: number, j: number) => {
      let sum = 0
      for (let n = 0; n < N!; n++) sum += delta.at(t, n, i) * before.at(t, n, j)
      return sum
    }
    return { dW: build(dW.shape, (i, j) => dW.at(i, j) - ofStep(i, j)) }
  },
)

export const anotherLastState = wrong.outputs(
  'takes the gradient by the weights of the output of a last state that is off by 2e-4',
  ({ dV }: { readonly dV: Numbers }, { sizes: { T } }) =>
    T! > 10 ? { dV: changed(dV, (v) => v * (1 + slip)) } : {},
)
