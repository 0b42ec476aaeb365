import { derivative as reference } from '../../../reference/activation/derivatives.ts'
import { derivative } from '../../../spec/activation/derivatives.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(derivative, reference)

export const tanhForSigmoid = wrong.parameters(
  'takes the slope of tanh for that of the sigmoid',
  () => ({ activation: 'tanh' }),
)

export const exemptsMiddle = wrong.outputs(
  'E-39 taken at its word: the sigmoid leaves gradients as they are between −1 and 1',
  ({ slope }, { inputs: { x }, parameters: { activation } }) =>
    activation === 'sigmoid'
      ? { slope: changed(slope, (s, p) => (Math.abs(x.at(p)) <= 1 ? 1 : s)) }
      : {},
)

export const takesOutput = wrong.outputs(
  'takes the argument for what the activation gave',
  (_, { inputs: { x }, parameters: { activation } }) => {
    if (activation === 'relu') return {}
    return { slope: changed(x, (v) => (activation === 'sigmoid' ? v * (1 - v) : 1 - v * v)) }
  },
)

export const overflows = wrong.outputs(
  'divides exponentials that leave the range, e^−x / (1 + e^−x)²',
  (_, { inputs: { x }, parameters: { activation } }) => {
    if (activation === 'relu') return {}
    const sigmoid = (v: number) => {
      const e = Math.fround(Math.exp(-v))
      return e / Math.fround((1 + e) * (1 + e))
    }
    return {
      slope: changed(x, (v) => (activation === 'sigmoid' ? sigmoid(v) : 4 * sigmoid(2 * v))),
    }
  },
)

export const signed = wrong.outputs(
  'gives the slope the sign of its argument',
  ({ slope }, { inputs: { x } }) => ({ slope: changed(slope, (s, p) => (x.at(p) < 0 ? -s : s)) }),
)

export const forgetsFactor = wrong.outputs(
  'takes the slope of the sigmoid at 2x for that of tanh, without the factor 4',
  ({ slope }, { parameters: { activation } }) =>
    activation === 'tanh' ? { slope: changed(slope, (s) => s / 4) } : {},
)

export const openAtZero = wrong.outputs(
  'takes 1 for the slope of the rectifier at 0',
  ({ slope }, { inputs: { x }, parameters: { activation } }) =>
    activation === 'relu' ? { slope: changed(slope, (s, p) => (x.at(p) === 0 ? 1 : s)) } : {},
)
