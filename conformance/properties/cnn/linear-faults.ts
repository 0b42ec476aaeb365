import { build } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { conv2d } from '../../../reference/cnn/conv2d.ts'
import {
  composeConvolutions as composeReference,
  convolutionStack as stackReference,
} from '../../../reference/cnn/linear.ts'
import { composeConvolutions, convolutionStack } from '../../../spec/cnn/linear.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrongComposeConvolutions = faultsOf(composeConvolutions, composeReference)
const wrongConvolutionStack = faultsOf(convolutionStack, stackReference)

export const composesFlipped = wrongComposeConvolutions.inputs(
  'flips the second kernel, as true convolutions compose',
  ({ filters2 }) => {
    const [U2, V2] = filters2.shape as [number, number]
    const flipped = build(filters2.shape, (u, v, m, q) => filters2.at(U2 - 1 - u, V2 - 1 - v, m, q))
    return { filters2: flipped }
  },
)

export const keepsFirstBias = wrongComposeConvolutions.outputs(
  'forgets what the first bias becomes in the second layer',
  (_outputs, { inputs }) => ({
    bias: inputs.bias2,
  }),
)

export const weighsBiasByOnePlace = wrongComposeConvolutions.outputs(
  'carries the first bias through one place of the second kernel instead of all',
  (_outputs, { inputs }) => {
    const { filters2, bias1, bias2 } = inputs
    const [, , M, Q] = filters2.shape as [number, number, number, number]
    const bias = build([Q], (q) => {
      let sum = bias2.at(q)
      for (let m = 0; m < M; m++) sum += filters2.at(0, 0, m, q) * bias1.at(m)
      return sum
    })
    return { bias }
  },
)

export const composesUnspread = wrongComposeConvolutions.outputs(
  'does not spread the second kernel by the first stride',
  ({ filters, bias, strides }, { inputs, parameters, right }) => {
    const narrow = right(inputs, { ...parameters, strides1: [1, 1] }).filters
    const [U, V] = narrow.shape as [number, number]
    const unspread = build(filters.shape, (a, b, k, q) =>
      a < U && b < V ? narrow.at(a, b, k, q) : 0,
    )
    return { filters: unspread, bias, strides }
  },
)

export const addsStrides = wrongComposeConvolutions.outputs(
  'adds the strides up',
  (_outputs, { parameters }) => {
    const { strides1, strides2 } = parameters
    const strides = build([2], (axis) => strides1[axis]! + strides2[axis]!)
    return { strides }
  },
)

export const stackAsOne = wrongConvolutionStack.answer(
  'E-07 read literally: one convolution with the padding of both layers, if nothing is between them',
  ({ inputs, parameters, right }) => {
    const { strides1, strides2, padding1, padding2, activation } = parameters
    if (activation !== 'linear') return right(inputs, parameters)
    const { x, ...banks } = inputs
    const { filters, bias } = composeReference(number, banks, { strides1, strides2 })
    const [vertical, horizontal] = strides1.map((s) => padding1 + s * padding2) as [number, number]
    return conv2d(
      number,
      { x, filters, bias },
      {
        strides: [strides1[0] * strides2[0], strides1[1] * strides2[1]],
        dilations: [1, 1],
        padding: [vertical, vertical, horizontal, horizontal],
      },
    )
  },
)

export const padsTopLeft = wrongConvolutionStack.answer(
  'puts all padding at the top and left',
  ({ inputs, parameters }) => {
    const { strides1, strides2, padding1, padding2, activation } = parameters
    const { x, filters1, bias1, filters2, bias2 } = inputs
    const before = (p: number) => [2 * p, 0, 2 * p, 0] as const
    const dilations = [1, 1] as const
    const { y: first } = conv2d(
      number,
      { x, filters: filters1, bias: bias1 },
      { strides: strides1, dilations, padding: before(padding1) },
    )
    const rules = { linear: (v: number) => v, relu: (v: number) => Math.max(0, v), tanh: Math.tanh }
    const features = build(first.shape, (...at) => rules[activation](first.at(...at)))
    return conv2d(
      number,
      { x: features, filters: filters2, bias: bias2 },
      { strides: strides2, dilations, padding: before(padding2) },
    )
  },
)

export const skipsActivation = wrongConvolutionStack.parameters(
  'leaves the non-linearity out',
  () => ({ activation: 'linear' }),
)

export const activatesAfterwards = wrongConvolutionStack.answer(
  'puts the non-linearity after the second layer instead of between the two',
  ({ inputs, parameters, right }) => {
    const { y } = right(inputs, { ...parameters, activation: 'linear' })
    if (parameters.activation === 'linear') return { y }
    const psi = parameters.activation === 'relu' ? (v: number) => Math.max(0, v) : Math.tanh
    return { y: build(y.shape, (...at) => psi(y.at(...at))) }
  },
)

export const alwaysRectifies = wrongConvolutionStack.answer(
  'rectifies the features even where nothing was asked for',
  ({ inputs, parameters, right }) =>
    right(
      inputs,
      parameters.activation === 'linear' ? { ...parameters, activation: 'relu' } : parameters,
    ),
)
