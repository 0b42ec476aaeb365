import {
  build,
  elementwise,
  fromData,
  type NumberArray,
} from '../../../reference/arithmetic/array.ts'
import { minus, plus } from '../../../reference/layers/addition.ts'
import {
  activation,
  activationGradient,
  breaksCollapse,
  elementwise as elementwiseClause,
} from '../../../spec/cnn/activation.ts'
import { convolutionStack } from '../../../spec/cnn/linear.ts'
import { array, free } from '../../../spec/language/operation.ts'
import { choice } from '../../../spec/language/parameter.ts'
import type { Argument } from '../../engine/property.ts'
import { agreement } from '../../kit/agreement.ts'
import { changed, filled, zeros } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  gradientAtNegativeZero,
  gradientAtZero,
  gradientLeaksNothing,
  gradientOfOutput,
  gradientWithoutUpstream,
  hardSigmoid,
  leaksNothing,
  normalizesRow,
  rectifiesByAbsolute,
  sigmoidOfTwice,
} from './activation-faults.ts'
import { activatesAfterwards, alwaysRectifies, skipsActivation } from './linear-faults.ts'

/** All numbers in one row, from the last to the first. */
const reversedLine = <T>({ data }: NumberArray<T>) =>
  fromData([1, 1, data.length, 1], data.toReversed())

const elementwiseProperties = properties(
  elementwiseClause,
  agreement(activation, 'integers', {
    title: 'cnn.activation equals the reference on small integers; the rectifiers to the bit',
    kills: [rectifiesByAbsolute, leaksNothing, hardSigmoid],
  }),
  agreement(activation, 'reals', { kills: [leaksNothing, sigmoidOfTwice, hardSigmoid] }),
  agreement(activationGradient, 'integers', {
    name: 'gradient-exact',
    title: 'its gradient equals the reference on small integers, at 0 in particular',
    kills: [gradientAtZero, gradientOfOutput, gradientLeaksNothing],
  }),
  agreement(activationGradient, 'reals', {
    name: 'gradient-bounded',
    kills: [gradientOfOutput, gradientWithoutUpstream, gradientLeaksNothing],
  }),
  worked('gradient-at-both-zeros', {
    of: activationGradient,
    title: 'the derivative of both rectifiers at 0 and at −0 is that of the numbers below',
    kills: [gradientAtZero, gradientAtNegativeZero],
    cases: (['relu', 'leaky-relu'] as const).map((activation) => ({
      says: activation,
      inputs: { x: tensor([1, 1, 1, 2], [0, -0]), dy: tensor([1, 1, 1, 2], [4, 8]) },
      parameters: { activation, slope: 0.25 },
      gives: { dx: activation === 'relu' ? [0, 0] : [1, 2] },
    })),
  }),
  equivariance('places-do-not-matter', {
    of: activation,
    values: 'reals',
    title: 'numbers in the opposite order give the activations in the opposite order',
    kills: [normalizesRow],
    inputs: ({ x }) => ({ x: reversedLine(x) }),
    outputs: ({ y }) => ({ y: reversedLine(y) }),
  }),
  law('symmetries', {
    of: { ...activation, parameters: {} },
    asks: [activation],
    values: 'reals',
    title: 'σ(x) + σ(−x) = 1, tanh(−x) = −tanh x, relu(x) − relu(−x) = x',
    kills: [rectifiesByAbsolute],
    async holds({ arithmetic, array, exact, inputs: { x }, measure }) {
      const opposite = changed(x, (v) => -v)
      const ask = async (name: 'relu' | 'sigmoid' | 'tanh', x: Argument) =>
        (await measure(activation, { x }, { activation: name, slope: 0 })).y
      return [
        {
          label: 'σ(x) + σ(−x) = 1',
          expected: exact(filled(x.shape, 1)),
          actual: plus(arithmetic, await ask('sigmoid', x), await ask('sigmoid', opposite)),
        },
        {
          label: 'tanh(−x) = −tanh x',
          expected: elementwise(await ask('tanh', x), arithmetic.negate),
          actual: await ask('tanh', opposite),
        },
        {
          label: 'relu(x) − relu(−x) = x',
          expected: array('x'),
          actual: minus(arithmetic, await ask('relu', x), await ask('relu', opposite)),
        },
      ]
    },
  }),
  law('sigmoid-from-tanh', {
    of: { ...activation, parameters: {} },
    asks: [activation],
    values: 'reals',
    title: 'tanh x = 2 σ(2x) − 1',
    kills: [sigmoidOfTwice, hardSigmoid],
    async holds({ arithmetic: { exact, multiply, subtract }, inputs: { x }, measure }) {
      const ask = async (name: 'sigmoid' | 'tanh', x: Argument) =>
        (await measure(activation, { x }, { activation: name, slope: 0 })).y
      const twice = changed(x, (v) => 2 * v)
      return [
        {
          label: 'tanh x = 2 σ(2x) − 1',
          expected: elementwise(await ask('sigmoid', twice), (s) =>
            subtract(multiply(exact(2), s), exact(1)),
          ),
          actual: await ask('tanh', x),
        },
      ]
    },
  }),
)

/** A row of numbers, one channel, for layers of one weight. */
const line = {
  dimensions: { One: free(1, 1, 'image, row, channel'), W: free(1, 6, 'numbers') },
  inputs: { x: array('the numbers', 'One', 'One', 'W', 'One') },
  parameters: {},
}

const weight = (value: number) => tensor([1, 1, 1, 1], [value])
const noBias = tensor([1], [0])

/** N: two layers of one weight, 1 unless told otherwise, with an activation function between them. */
const twoLayers = (x: Argument, second = 1) =>
  ({ x, filters1: weight(1), bias1: noBias, filters2: weight(second), bias2: noBias }) as const
const between = (activation: 'linear' | 'relu' | 'tanh') =>
  ({ strides1: [1, 1], strides2: [1, 1], padding1: 0, padding2: 0, activation }) as const

/** Strides and padding of two layers; what stands between them is asked for by name. */
const { activation: _, ...geometry } = convolutionStack.parameters

const breaksCollapseProperties = properties(
  breaksCollapse,
  law('rectifier', {
    of: line,
    asks: [convolutionStack],
    title: 'with a rectifier between two layers of weight 1, N(x) + N(−x) = |x|, not 0',
    kills: [skipsActivation],
    async holds({ answer, arithmetic, array, inputs: { x } }) {
      const N = async (x: Argument) =>
        (await answer(convolutionStack, twoLayers(x), between('relu'))).y
      const opposite = changed(x, (v) => -v)
      return [
        {
          label: 'N(x) + N(−x)',
          expected: elementwise(array('x'), arithmetic.abs),
          actual: plus(arithmetic, await N(x), await N(opposite)),
        },
      ]
    },
  }),
  law('tanh', {
    of: line,
    asks: [convolutionStack],
    values: 'reals',
    title: 'with tanh between two layers of weight 1, N(2x) (1 + N(x)²) = 2 N(x)',
    kills: [skipsActivation],
    async holds({ arithmetic: { add, exact, multiply }, inputs: { x }, measure }) {
      const N = async (x: Argument) =>
        (await measure(convolutionStack, twoLayers(x), between('tanh'))).y
      const once = await N(x)
      const twice = await N(changed(x, (v) => 2 * v))
      return [
        {
          label: 'N(2x) (1 + N(x)²)',
          expected: elementwise(once, (t) => multiply(exact(2), t)),
          actual: build(x.shape, (...at) => {
            const t = once.at(...at)
            return multiply(twice.at(...at), add(exact(1), multiply(t, t)))
          }),
        },
      ]
    },
  }),
  law('order', {
    of: { ...line, parameters: { activation: choice('relu', 'tanh') } },
    asks: [convolutionStack],
    title: 'the non-linearity stands between the layers: a second weight of −1 negates it',
    kills: [activatesAfterwards],
    async holds({ arithmetic, inputs: { x }, measure, parameters: { activation } }) {
      const N = async (second: 1 | -1) =>
        (await measure(convolutionStack, twoLayers(x, second), between(activation))).y
      return [
        {
          label: 'N with the weights 1, −1',
          expected: elementwise(await N(1), arithmetic.negate),
          actual: await N(-1),
        },
      ]
    },
  }),
  law('affine-without', {
    of: {
      ...convolutionStack,
      inputs: { ...convolutionStack.inputs, other: array('other images', 'N', 'H', 'W', 'K') },
      parameters: geometry,
    },
    asks: [convolutionStack],
    title: 'with nothing between them any two layers are affine: N(x) + N(x′) = N(x + x′) + N(0)',
    kills: [alwaysRectifies],
    async holds({ arithmetic, inputs, measure, parameters }) {
      const { x, other, ...layers } = inputs
      const N = async (x: Argument) =>
        (await measure(convolutionStack, { x, ...layers }, { ...parameters, activation: 'linear' }))
          .y
      const both = changed(x, (value, at) => value + other.data[at])
      return [
        {
          label: 'N(x) + N(x′) = N(x + x′) + N(0)',
          expected: plus(arithmetic, await N(x), await N(other)),
          actual: plus(arithmetic, await N(both), await N(zeros(x.shape))),
        },
      ]
    },
  }),
)

export const activationProperties = [...elementwiseProperties, ...breaksCollapseProperties]
