import { build, fromData } from '../../../reference/arithmetic/array.ts'
import {
  activation,
  activationGradient,
  breaksCollapse,
  elementwise,
} from '../../../spec/cnn/activation.ts'
import { convolutionStack } from '../../../spec/cnn/linear.ts'
import { array, free } from '../../../spec/language/operation.ts'
import { choice } from '../../../spec/language/parameter.ts'
import { agreement } from '../../kit/agreement.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import {
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

const elementwiseProperties = properties(
  elementwise,
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
  law('places-do-not-matter', {
    of: activation,
    values: 'reals',
    title: 'numbers in the opposite order give the activations in the opposite order',
    kills: [normalizesRow],
    async holds({ inputs, measure, parameters }) {
      const { x } = inputs
      const { y } = await measure(activation, inputs, parameters)
      const line = fromData([1, 1, x.data.length, 1], Array.from(x.data).reverse())
      const { y: turned } = await measure(activation, { x: line }, parameters)
      return [
        {
          label: 'ψ of the reversed numbers',
          expected: fromData(line.shape, y.data.toReversed()),
          actual: turned,
        },
      ]
    },
  }),
  law('symmetries', {
    of: { ...activation, parameters: {} },
    asks: [activation],
    values: 'reals',
    title: 'σ(x) + σ(−x) = 1, tanh(−x) = −tanh x, relu(x) − relu(−x) = x',
    kills: [rectifiesByAbsolute],
    async holds({ arithmetic, array, inputs, measure }) {
      const { add, exact, negate, subtract } = arithmetic
      const { x } = inputs
      const opposite = fromData(
        x.shape,
        Array.from(x.data, (v) => -v),
      )
      const both = async (name: 'relu' | 'sigmoid' | 'tanh') => {
        const parameters = { activation: name, slope: 0 }
        const { y } = await measure(activation, { x }, parameters)
        const { y: mirrored } = await measure(activation, { x: opposite }, parameters)
        return [y, mirrored] as const
      }
      const [s, sm] = await both('sigmoid')
      const [t, tm] = await both('tanh')
      const [r, rm] = await both('relu')
      return [
        {
          label: 'σ(x) + σ(−x)',
          expected: build(x.shape, () => exact(1)),
          actual: build(x.shape, (...at) => add(s.at(...at), sm.at(...at))),
        },
        {
          label: 'tanh(−x)',
          expected: build(x.shape, (...at) => negate(t.at(...at))),
          actual: tm,
        },
        {
          label: 'relu(x) − relu(−x)',
          expected: array('x'),
          actual: build(x.shape, (...at) => subtract(r.at(...at), rm.at(...at))),
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
    async holds({ arithmetic, inputs, measure }) {
      const { exact, multiply, subtract } = arithmetic
      const { x } = inputs
      const twice = fromData(
        x.shape,
        Array.from(x.data, (v) => 2 * v),
      )
      const ask = (name: 'sigmoid' | 'tanh', of: typeof twice) =>
        measure(activation, { x: of }, { activation: name, slope: 0 })
      const { y: s } = await ask('sigmoid', twice)
      const { y: t } = await ask('tanh', fromData(x.shape, Array.from(x.data)))
      return [
        {
          label: 'tanh x',
          expected: build(x.shape, (...at) => subtract(multiply(exact(2), s.at(...at)), exact(1))),
          actual: t,
        },
      ]
    },
  }),
)

/** A row of numbers, one channel, for layers of one weight. */
const row = {
  dimensions: { One: free(1, 1, 'image, row, channel'), W: free(1, 6, 'numbers') },
  inputs: { x: array('the numbers', 'One', 'One', 'W', 'One') },
  parameters: {},
}

const oneWeight = {
  filters1: tensor([1, 1, 1, 1], [1]),
  bias1: tensor([1], [0]),
  filters2: tensor([1, 1, 1, 1], [1]),
  bias2: tensor([1], [0]),
}
const plain = {
  strides1: [1, 1],
  strides2: [1, 1],
  padding1: 0,
  padding2: 0,
} as const

/** Strides and padding of two layers; what stands between them is asked for by name. */
const { activation: _, ...geometry } = convolutionStack.parameters

const breaksCollapseProperties = properties(
  breaksCollapse,
  law('rectifier', {
    of: row,
    asks: [convolutionStack],
    title: 'with a rectifier between two layers of weight 1, N(x) + N(−x) = |x|, not 0',
    kills: [skipsActivation],
    async holds({ answer, arithmetic, array, inputs }) {
      const { abs, add } = arithmetic
      const { x } = inputs
      const ask = (sign: 1 | -1) =>
        answer(
          convolutionStack,
          {
            x: fromData(
              x.shape,
              Array.from(x.data, (v) => sign * v),
            ),
            ...oneWeight,
          },
          { ...plain, activation: 'relu' },
        )
      const [y, mirrored] = [(await ask(1)).y, (await ask(-1)).y]
      const given = array('x')
      return [
        {
          label: 'N(x) + N(−x)',
          expected: build(x.shape, (...at) => abs(given.at(...at))),
          actual: build(x.shape, (...at) => add(y.at(...at), mirrored.at(...at))),
        },
      ]
    },
  }),
  law('tanh', {
    of: row,
    asks: [convolutionStack],
    values: 'reals',
    title: 'with tanh between two layers of weight 1, N(2x) (1 + N(x)²) = 2 N(x)',
    kills: [skipsActivation],
    async holds({ arithmetic, inputs, measure }) {
      const { add, exact, multiply } = arithmetic
      const { x } = inputs
      const ask = (factor: 1 | 2) =>
        measure(
          convolutionStack,
          {
            x: fromData(
              x.shape,
              Array.from(x.data, (v) => factor * v),
            ),
            ...oneWeight,
          },
          { ...plain, activation: 'tanh' },
        )
      const [once, twice] = [(await ask(1)).y, (await ask(2)).y]
      return [
        {
          label: 'N(2x) (1 + N(x)²)',
          expected: build(x.shape, (...at) => multiply(exact(2), once.at(...at))),
          actual: build(x.shape, (...at) => {
            const t = once.at(...at)
            return multiply(twice.at(...at), add(exact(1), multiply(t, t)))
          }),
        },
      ]
    },
  }),
  law('order', {
    of: { ...row, parameters: { activation: choice('relu', 'tanh') } },
    asks: [convolutionStack],
    title: 'the non-linearity stands between the layers: a second weight of −1 negates it',
    kills: [activatesAfterwards],
    async holds({ arithmetic, inputs, measure, parameters }) {
      const { negate } = arithmetic
      const { activation } = parameters
      const { x } = inputs
      const ask = (second: 1 | -1) =>
        measure(
          convolutionStack,
          { x, ...oneWeight, filters2: tensor([1, 1, 1, 1], [second]) },
          { ...plain, activation },
        )
      const [y, negated] = [(await ask(1)).y, (await ask(-1)).y]
      return [
        {
          label: 'N with the weights 1, −1',
          expected: build(x.shape, (...at) => negate(y.at(...at))),
          actual: negated,
        },
      ]
    },
  }),
  law('affine-without', {
    of: {
      dimensions: convolutionStack.dimensions,
      inputs: {
        ...convolutionStack.inputs,
        other: array('other images', 'N', 'H', 'W', 'K'),
      },
      parameters: geometry,
    },
    asks: [convolutionStack],
    title: 'with nothing between them any two layers are affine: N(x) + N(x′) = N(x + x′) + N(0)',
    kills: [alwaysRectifies],
    async holds({ arithmetic: { add }, inputs, measure, parameters }) {
      const { x, other, ...layers } = inputs
      const ask = async (at: (position: number) => number) => {
        const images = fromData(
          x.shape,
          Array.from(x.data, (_, position) => at(position)),
        )
        const given = { x: images, ...layers }
        return (await measure(convolutionStack, given, { ...parameters, activation: 'linear' })).y
      }
      const [a, b] = [await ask((p) => x.data[p]!), await ask((p) => other.data[p]!)]
      const both = await ask((p) => x.data[p]! + other.data[p]!)
      const none = await ask(() => 0)
      return [
        {
          label: 'N(x) + N(x′) = N(x + x′) + N(0)',
          expected: build(a.shape, (...at) => add(a.at(...at), b.at(...at))),
          actual: build(a.shape, (...at) => add(both.at(...at), none.at(...at))),
        },
      ]
    },
  }),
)

export const activationProperties = [...elementwiseProperties, ...breaksCollapseProperties]
