import { build, elementwise } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { conv2d } from '../../../reference/cnn/conv2d.ts'
import {
  composeConvolutions as composeReference,
  convolutionStack as stackReference,
} from '../../../reference/cnn/linear.ts'
import { composeConvolutions, convolutionStack } from '../../../spec/cnn/linear.ts'
import { changed, row } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'
import { turned } from './conv2d-cases.ts'

const wrongComposition = faultsOf(composeConvolutions, composeReference)
const wrongStack = faultsOf(convolutionStack, stackReference)

export const composesFlipped = wrongComposition.inputs(
  'flips the second kernel, as true convolutions compose',
  ({ filters2 }) => ({ filters2: turned(filters2) }),
)

export const keepsFirstBias = wrongComposition.outputs(
  'forgets what the first bias becomes in the second layer',
  (_, { inputs: { bias2 } }) => ({ bias: bias2 }),
)

export const weighsBiasByOnePlace = wrongComposition.outputs(
  'carries the first bias through one place of the second kernel instead of all',
  (_, { inputs: { filters2, bias1, bias2 } }) => ({
    bias: changed(bias2, (bias, q) =>
      bias1.data.reduce((sum, b, m) => sum + filters2.at(0, 0, m, q) * b, bias),
    ),
  }),
)

export const composesUnspread = wrongComposition.outputs(
  'does not spread the second kernel by the first stride',
  ({ filters }, { inputs, parameters, right }) => {
    const narrow = right(inputs, { ...parameters, strides1: [1, 1] }).filters
    const [U, V] = narrow.shape
    return {
      filters: build(filters.shape, (a, b, k, q) => (a < U && b < V ? narrow.at(a, b, k, q) : 0)),
    }
  },
)

export const addsStrides = wrongComposition.outputs(
  'adds the strides up',
  (_, { parameters: { strides1, strides2 } }) => ({
    strides: row(strides1[0] + strides2[0], strides1[1] + strides2[1]),
  }),
)

export const stackAsOne = wrongStack.answer(
  'E-07 read literally: one convolution with the padding of both layers, if nothing is between them',
  ({ inputs, parameters, right }) => {
    const { strides1, strides2, padding1, padding2, activation } = parameters
    if (activation !== 'linear') return right(inputs, parameters)
    const { x, ...banks } = inputs
    const { filters, bias } = composeReference(number, banks, { strides1, strides2 })
    const [vertical, horizontal] = strides1.map((s) => padding1 + s * padding2)
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

const activations = {
  linear: (v: number) => v,
  relu: (v: number) => Math.max(0, v),
  tanh: Math.tanh,
}

export const padsTopLeft = wrongStack.answer(
  'puts all padding at the top and left',
  ({ inputs: { x, filters1, bias1, filters2, bias2 }, parameters }) => {
    const { strides1, strides2, padding1, padding2, activation } = parameters
    const before = (p: number) => [2 * p, 0, 2 * p, 0] as const
    const dilations = [1, 1] as const
    const { y: first } = conv2d(
      number,
      { x, filters: filters1, bias: bias1 },
      { strides: strides1, dilations, padding: before(padding1) },
    )
    return conv2d(
      number,
      { x: elementwise(first, activations[activation]), filters: filters2, bias: bias2 },
      { strides: strides2, dilations, padding: before(padding2) },
    )
  },
)

export const skipsActivation = wrongStack.parameters('leaves the non-linearity out', () => ({
  activation: 'linear',
}))

export const activatesAfterwards = wrongStack.answer(
  'puts the non-linearity after the second layer instead of between the two',
  ({ inputs, parameters, right }) => {
    const { y } = right(inputs, { ...parameters, activation: 'linear' })
    return { y: elementwise(y, activations[parameters.activation]) }
  },
)

export const alwaysRectifies = wrongStack.parameters(
  'rectifies the features even where nothing was asked for',
  ({ activation }) => ({ activation: activation === 'linear' ? 'relu' : activation }),
)
