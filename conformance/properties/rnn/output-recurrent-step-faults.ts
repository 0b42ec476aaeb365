import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  outputRecurrentGradient as gradientReference,
  outputRecurrent as reference,
} from '../../../reference/rnn/output-recurrent.ts'
import { outputRecurrent, outputRecurrentGradient } from '../../../spec/rnn/output-recurrent.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(outputRecurrent, reference)
const wrongGradient = faultsOf(outputRecurrentGradient, gradientReference)
const slip = 2e-4

export const outputSlips = wrong.answer(
  'is off by 2e-4 in the first output of the middle step',
  ({ inputs, parameters, right, sizes: { T } }) => {
    const middle = Math.floor(T! / 2)
    const slipped = (o: NumberArray<number>) =>
      build(o.shape, (t, n, k) => o.at(t, n, k) * (t === middle && k === 0 ? 1 + slip : 1))
    const whole = right(inputs, parameters)
    return { h: whole.h, o: slipped(whole.o) }
  },
)

export const backSlips = wrongGradient.answer(
  'is off by 2e-4 in what comes back to the first output from the middle step',
  ({ inputs, parameters, right, sizes: { T } }) => {
    const t = Math.floor(T! / 2)
    const whole = right(inputs, parameters)
    if (t === 0 || parameters.feedback === 'target') return whole
    const withAdded = (array: NumberArray<number>, step: number) =>
      build(
        array.shape,
        (s, n, k) =>
          array.at(s, n, k) + (s === step && k === 0 ? whole.back.at(t, n, k) * slip : 0),
      )
    // As if it arrived from outside at the output that it comes back to.
    const then = right({ ...inputs, do: withAdded(inputs.do, t - 1) }, parameters)
    return { ...then, back: withAdded(then.back, t) }
  },
)

export const otherStates = wrongGradient.outputs(
  'returns states of later steps other than those that it is computed with',
  ({ h }, { sizes: { T } }) => ({
    h: build(h.shape, (t, n, i) => h.at(t, n, i) * (2 * t > T! ? 1 + slip : 1)),
  }),
)

export const droppedStep = wrongGradient.outputs(
  'leaves the middle step out of the sum over time of the weights that lead back',
  ({ o, delta, dW }, { inputs: { o0, y }, parameters, sizes: { T, N } }) => {
    const t = Math.floor(T! / 2)
    const back = parameters.feedback === 'own' ? o : y
    const before = (n: number, k: number) => (t === 0 ? o0.at(n, k) : back.at(t - 1, n, k))
    const ofStep = (i: number, k: number) => {
      let sum = 0
      for (let n = 0; n < N!; n++) sum += delta.at(t, n, i) * before(n, k)
      return sum
    }
    return { dW: build(dW.shape, (i, k) => dW.at(i, k) - ofStep(i, k)) }
  },
)
