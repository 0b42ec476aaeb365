import { build } from '../../../reference/arithmetic/array.ts'
import {
  activationGradient as gradientReference,
  activation as reference,
} from '../../../reference/cnn/activation.ts'
import { activation, activationGradient } from '../../../spec/cnn/activation.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrongActivation = faultsOf(activation, reference)
const wrongActivationGradient = faultsOf(activationGradient, gradientReference)

export const rectifiesByAbsolute = wrongActivation.answer(
  'takes the absolute value for the rectifier',
  ({ inputs, parameters, right }) =>
    parameters.activation === 'relu'
      ? { y: changed(inputs.x, Math.abs) }
      : right(inputs, parameters),
)

export const leaksNothing = wrongActivation.parameters(
  'ignores the slope of the leaky rectifier',
  () => ({ slope: 0 }),
)

export const sigmoidOfTwice = wrongActivation.answer(
  'takes (1 + tanh x) / 2 for the sigmoid, whose argument is x / 2',
  ({ inputs, parameters, right }) =>
    parameters.activation === 'sigmoid'
      ? { y: changed(inputs.x, (x) => (1 + Math.tanh(x)) / 2) }
      : right(inputs, parameters),
)

export const hardSigmoid = wrongActivation.answer(
  'takes the hard sigmoid, min(max(0.2 x + 0.5, 0), 1)',
  ({ inputs, parameters, right }) =>
    parameters.activation === 'sigmoid'
      ? { y: changed(inputs.x, (x) => Math.min(1, Math.max(0, 0.2 * x + 0.5))) }
      : right(inputs, parameters),
)

export const normalizesRow = wrongActivation.inputs(
  'subtracts the mean of the channels first, so that numbers touch each other',
  ({ x }) => {
    const K = x.shape[3]!
    const centred = build(x.shape, (n, i, j, k) => {
      let mean = 0
      for (let c = 0; c < K; c++) mean += x.at(n, i, j, c) / K
      return x.at(n, i, j, k) - mean
    })
    return { x: centred }
  },
)

export const gradientAtZero = wrongActivationGradient.answer(
  'takes 1 for the derivative of the rectifier at 0',
  ({ inputs, parameters, right }) => {
    if (parameters.activation !== 'relu') return right(inputs, parameters)
    const { x, dy } = inputs
    return { dx: changed(dy, (g, at) => (x.data[at]! >= 0 ? g : 0)) }
  },
)

export const gradientOfOutput = wrongActivationGradient.answer(
  'takes the response for the activation: x (1 − x), 1 − x²',
  ({ inputs, parameters, right }) => {
    const { x, dy } = inputs
    if (parameters.activation === 'sigmoid') {
      return { dx: changed(dy, (g, at) => g * x.data[at]! * (1 - x.data[at]!)) }
    }
    if (parameters.activation === 'tanh') {
      return { dx: changed(dy, (g, at) => g * (1 - x.data[at]! ** 2)) }
    }
    return right(inputs, parameters)
  },
)

export const gradientWithoutUpstream = wrongActivationGradient.inputs(
  'forgets the derivative by the activations',
  ({ dy }) => ({ dy: changed(dy, () => 1) }),
)

export const gradientLeaksNothing = wrongActivationGradient.parameters(
  'stops the gradient of the leaky rectifier at negative numbers',
  () => ({ slope: 0 }),
)
