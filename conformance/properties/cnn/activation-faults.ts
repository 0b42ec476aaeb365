import { build, sum } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import {
  activationGradient as gradientReference,
  activation as reference,
} from '../../../reference/cnn/activation.ts'
import { activation, activationGradient } from '../../../spec/cnn/activation.ts'
import { changed, filled } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(activation, reference)
const wrongGradient = faultsOf(activationGradient, gradientReference)

export const rectifiesByAbsolute = wrong.outputs(
  'takes the absolute value for the rectifier',
  ({ y }, { inputs: { x }, parameters }) =>
    parameters.activation === 'relu' ? { y: changed(x, Math.abs) } : { y },
)

export const leaksNothing = wrong.parameters('ignores the slope of the leaky rectifier', () => ({
  slope: 0,
}))

export const sigmoidOfTwice = wrong.outputs(
  'takes (1 + tanh x) / 2 for the sigmoid, whose argument is x / 2',
  ({ y }, { inputs, parameters }) =>
    parameters.activation === 'sigmoid'
      ? { y: changed(inputs.x, (x) => (1 + Math.tanh(x)) / 2) }
      : { y },
)

export const hardSigmoid = wrong.outputs(
  'takes the hard sigmoid, min(max(0.2 x + 0.5, 0), 1)',
  ({ y }, { inputs, parameters }) =>
    parameters.activation === 'sigmoid'
      ? { y: changed(inputs.x, (x) => Math.min(1, Math.max(0, 0.2 * x + 0.5))) }
      : { y },
)

export const normalizesRow = wrong.inputs(
  'subtracts the mean of the channels first, so that numbers touch each other',
  ({ x }, { sizes: { K } }) => ({
    x: build(
      x.shape,
      (n, i, j, k) => x.at(n, i, j, k) - sum(number, [K], (c) => x.at(n, i, j, c) / K),
    ),
  }),
)

export const gradientAtZero = wrongGradient.outputs(
  'takes 1 for the derivative of the rectifier at 0',
  ({ dx }, { inputs: { x, dy }, parameters }) =>
    parameters.activation === 'relu'
      ? { dx: changed(dy, (g, at) => (x.data[at] >= 0 ? g : 0)) }
      : { dx },
)

export const gradientAtNegativeZero = wrongGradient.outputs(
  'takes −0 for a number above 0 under a rectifier',
  ({ dx }, { inputs: { x, dy }, parameters }) =>
    parameters.activation === 'relu'
      ? { dx: changed(dx, (g, at) => (Object.is(x.data[at], -0) ? dy.data[at] : g)) }
      : { dx },
)

export const gradientOfOutput = wrongGradient.outputs(
  'takes the response for the activation: x (1 − x), 1 − x²',
  ({ dx }, { inputs: { x, dy }, parameters }) => {
    const slopes = {
      sigmoid: (v: number) => v * (1 - v),
      tanh: (v: number) => 1 - v ** 2,
    }
    const { activation } = parameters
    if (activation !== 'sigmoid' && activation !== 'tanh') return { dx }
    return { dx: changed(dy, (g, at) => g * slopes[activation](x.data[at])) }
  },
)

export const gradientWithoutUpstream = wrongGradient.inputs(
  'forgets the derivative by the activations',
  ({ dy }) => ({ dy: filled(dy.shape, 1) }),
)

export const gradientLeaksNothing = wrongGradient.parameters(
  'stops the gradient of the leaky rectifier at negative numbers',
  () => ({ slope: 0 }),
)
