import { build } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { conv2d } from '../../../reference/cnn/conv2d.ts'
import {
  composeConvolutions as composeReference,
  convolutionStack as stackReference,
} from '../../../reference/cnn/linear.ts'
import { composeConvolutions, convolutionStack } from '../../../spec/cnn/linear.ts'
import { fault } from '../../kit/fault.ts'

export const composesFlipped = fault(
  composeConvolutions,
  composeReference,
  'flips the second kernel, as true convolutions compose',
  ({ inputs, parameters, right }) => {
    const { filters2 } = inputs
    const [U2, V2] = filters2.shape as [number, number]
    const flipped = build(filters2.shape, (u, v, m, q) => filters2.at(U2 - 1 - u, V2 - 1 - v, m, q))
    return right({ ...inputs, filters2: flipped }, parameters)
  },
)

export const keepsFirstBias = fault(
  composeConvolutions,
  composeReference,
  'forgets what the first bias becomes in the second layer',
  ({ inputs, parameters, right }) => ({
    ...right(inputs, parameters),
    bias: inputs.bias2,
  }),
)

export const weighsBiasByOnePlace = fault(
  composeConvolutions,
  composeReference,
  'carries the first bias through one place of the second kernel instead of all',
  ({ inputs, parameters, right }) => {
    const { filters2, bias1, bias2 } = inputs
    const [, , M, Q] = filters2.shape as [number, number, number, number]
    const bias = build([Q], (q) => {
      let sum = bias2.at(q)
      for (let m = 0; m < M; m++) sum += filters2.at(0, 0, m, q) * bias1.at(m)
      return sum
    })
    return { ...right(inputs, parameters), bias }
  },
)

export const composesUnspread = fault(
  composeConvolutions,
  composeReference,
  'does not spread the second kernel by the first stride',
  ({ inputs, parameters, right }) => {
    const { filters, bias, strides } = right(inputs, parameters)
    const narrow = right(inputs, { ...parameters, strides1: [1, 1] }).filters
    const [U, V] = narrow.shape as [number, number]
    const unspread = build(filters.shape, (a, b, k, q) =>
      a < U && b < V ? narrow.at(a, b, k, q) : 0,
    )
    return { filters: unspread, bias, strides }
  },
)

export const addsStrides = fault(
  composeConvolutions,
  composeReference,
  'adds the strides up',
  ({ inputs, parameters, right }) => {
    const { strides1, strides2 } = parameters
    const strides = build([2], (axis) => strides1[axis]! + strides2[axis]!)
    return { ...right(inputs, parameters), strides }
  },
)

export const stackAsOne = fault(
  convolutionStack,
  stackReference,
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

export const padsTopLeft = fault(
  convolutionStack,
  stackReference,
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

export const skipsActivation = fault(
  convolutionStack,
  stackReference,
  'leaves the non-linearity out',
  ({ inputs, parameters, right }) => right(inputs, { ...parameters, activation: 'linear' }),
)

export const activatesAfterwards = fault(
  convolutionStack,
  stackReference,
  'puts the non-linearity after the second layer instead of between the two',
  ({ inputs, parameters, right }) => {
    const { y } = right(inputs, { ...parameters, activation: 'linear' })
    if (parameters.activation === 'linear') return { y }
    const psi = parameters.activation === 'relu' ? (v: number) => Math.max(0, v) : Math.tanh
    return { y: build(y.shape, (...at) => psi(y.at(...at))) }
  },
)

export const alwaysRectifies = fault(
  convolutionStack,
  stackReference,
  'rectifies the features even where nothing was asked for',
  ({ inputs, parameters, right }) =>
    right(
      inputs,
      parameters.activation === 'linear' ? { ...parameters, activation: 'relu' } : parameters,
    ),
)
