import { build, fromData, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { conv2d as convolve } from '../../../reference/cnn/conv2d.ts'
import { conv2d } from '../../../spec/cnn/conv2d.ts'
import {
  collapse,
  collapsePaddingCaveat,
  composeConvolutions,
  convolutionStack,
} from '../../../spec/cnn/linear.ts'
import { array, derived, free } from '../../../spec/language/operation.ts'
import { integer, pair } from '../../../spec/language/parameter.ts'
import { agreement } from '../../kit/agreement.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  addsStrides,
  alwaysRectifies,
  composesFlipped,
  composesUnspread,
  keepsFirstBias,
  padsTopLeft,
  skipsActivation,
  stackAsOne,
  weighsBiasByOnePlace,
} from './linear-faults.ts'

const none = integer({ min: 0, upTo: 0 })
const { strides1, strides2, padding1, padding2 } = convolutionStack.parameters

/** Stacks without padding and without a non-linearity. */
const bare = {
  ...convolutionStack,
  parameters: { strides1, strides2, padding1: none, padding2: none },
}

const strideTwo = pair(integer({ min: 1, upTo: 2 }))

/** The same with composite kernels of moderate size, for calculations that carry errors along. */
const moderate = { ...bare, parameters: { ...bare.parameters, strides1: strideTwo } }

/** Three banks of filters that fit onto each other. */
const three = {
  dimensions: {
    K: free(1, 2, 'channels'),
    M: free(1, 2, 'filters of the first layer'),
    P: free(1, 2, 'filters of the second layer'),
    Q: free(1, 2, 'filters of the third layer'),
    A: free(1, 2, 'rows of the first kernel'),
    B: free(1, 3, 'columns of the first kernel, rows of the second'),
    C: free(1, 2, 'columns of the second kernel, rows of the third'),
    One: derived(() => 1, 'columns of the third kernel'),
  },
  inputs: {
    filters1: array('the first bank', 'A', 'B', 'K', 'M'),
    bias1: array('its biases', 'M'),
    filters2: array('the second bank', 'B', 'C', 'M', 'P'),
    bias2: array('its biases', 'P'),
    filters3: array('the third bank', 'C', 'One', 'P', 'Q'),
    bias3: array('its biases', 'Q'),
  },
  parameters: { first: strideTwo, second: strideTwo, third: strideTwo },
}

const collapseProperties = properties(
  collapse,
  agreement(composeConvolutions, 'integers', {
    kills: [composesFlipped, composesUnspread, weighsBiasByOnePlace, addsStrides],
  }),
  agreement(composeConvolutions, 'reals', { kills: [composesFlipped, keepsFirstBias] }),
  law('one-for-two', {
    of: bare,
    asks: [composeConvolutions, convolutionStack, conv2d],
    title: 'the composite convolution gives what the two give in a row',
    kills: [composesFlipped, keepsFirstBias, composesUnspread, addsStrides, alwaysRectifies],
    async holds({ answer, arithmetic, inputs, measure, parameters }) {
      const { x, ...banks } = inputs
      const { strides1, strides2 } = parameters
      const one = await answer(composeConvolutions, banks, { strides1, strides2 })
      const numbers = (a: typeof one.filters) => fromData(a.shape, a.data.map(arithmetic.toNumber))
      const [Sh, Sw] = one.strides.data.map(arithmetic.toNumber) as [number, number]
      const single = await answer(
        conv2d,
        { x, filters: numbers(one.filters), bias: numbers(one.bias) },
        { strides: [Sh, Sw], dilations: [1, 1], padding: 'valid' },
      )
      const stack = await measure(convolutionStack, inputs, {
        ...parameters,
        activation: 'linear',
      })
      return [{ label: 'y', expected: stack.y, actual: single.y }]
    },
  }),
  law('one-for-two-bounded', {
    of: moderate,
    asks: [composeConvolutions, convolutionStack],
    values: 'reals',
    title: 'the same on reals, with the errors of the composite kernel carried along',
    kills: [composesFlipped, keepsFirstBias, composesUnspread, alwaysRectifies],
    share: 0.5,
    async holds({ arithmetic, array, inputs, measure, parameters }) {
      const { x: _, ...banks } = inputs
      const { strides1, strides2 } = parameters
      const { filters, bias } = await measure(composeConvolutions, banks, {
        strides1,
        strides2,
      })
      const { y } = convolve(
        arithmetic,
        { x: array('x'), filters, bias },
        {
          strides: [strides1[0] * strides2[0], strides1[1] * strides2[1]],
          dilations: [1, 1],
          padding: 'valid',
        },
      )
      const stack = await measure(convolutionStack, inputs, {
        ...parameters,
        activation: 'linear',
      })
      return [{ label: 'y', expected: y, actual: stack.y }]
    },
  }),
  law('associative', {
    of: three,
    asks: [composeConvolutions],
    title: 'three layers become one whichever two are joined first, with the size of the rule',
    kills: [composesFlipped, addsStrides],
    async holds({ answer, arithmetic, exact, inputs, parameters }) {
      const { first, second, third } = parameters
      type Bank = { filters: NumberArray<number>; bias: NumberArray<number> }
      const bank = (filters: Bank['filters'], bias: Bank['bias']): Bank => ({ filters, bias })
      const given = (name: 1 | 2 | 3) => {
        const { [`filters${name}` as const]: filters, [`bias${name}` as const]: bias } = inputs
        return bank(
          fromData(filters.shape, Array.from(filters.data)),
          fromData(bias.shape, Array.from(bias.data)),
        )
      }
      const join = async (a: Bank, b: Bank, strides1: typeof first, strides2: typeof first) => {
        const joined = await answer(
          composeConvolutions,
          { filters1: a.filters, bias1: a.bias, filters2: b.filters, bias2: b.bias },
          { strides1, strides2 },
        )
        const { filters, bias, strides } = joined
        const numbers = (a: typeof filters) => fromData(a.shape, a.data.map(arithmetic.toNumber))
        const stride = strides.data.map(arithmetic.toNumber) as [number, number]
        return { joined, stride, bank: bank(numbers(filters), numbers(bias)) }
      }
      const early = await join(given(1), given(2), first, second)
      const left = await join(early.bank, given(3), early.stride, third)
      const late = await join(given(2), given(3), second, third)
      const right = await join(given(1), late.bank, first, late.stride)
      const sides = [0, 1].map((axis) => {
        const [u1, u2, u3] = [1, 2, 3].map((l) => given(l as 1 | 2 | 3).filters.shape[axis]!)
        return ((u3! - 1) * second[axis]! + u2! - 1) * first[axis]! + u1!
      })
      return [
        { label: 'filters', expected: left.joined.filters, actual: right.joined.filters },
        { label: 'bias', expected: left.joined.bias, actual: right.joined.bias },
        { label: 'strides', expected: left.joined.strides, actual: right.joined.strides },
        {
          label: 'sides of the kernel',
          expected: exact(fromData([2], sides)),
          actual: exact(fromData([2], right.joined.filters.shape.slice(0, 2))),
        },
      ]
    },
  }),
)

const unit = pair(integer({ min: 1, upTo: 1 }))
/** Stacks of stride 1, padded or not. */
const padded = {
  ...convolutionStack,
  parameters: { strides1: unit, strides2: unit, padding1, padding2 },
}

const middleRow = tensor([3, 3, 1, 1], [0, 0, 0, 1, 1, 1, 0, 0, 0])
const noBias = tensor([1], [0])

const caveatProperties = properties(
  collapsePaddingCaveat,
  agreement(convolutionStack, 'integers', { kills: [stackAsOne, padsTopLeft, skipsActivation] }),
  agreement(convolutionStack, 'reals', { kills: [stackAsOne, padsTopLeft, skipsActivation] }),
  law('interior', {
    of: padded,
    asks: [convolutionStack, composeConvolutions, conv2d],
    title: 'away from the border the padded stack gives what one padded convolution gives',
    kills: [padsTopLeft, composesFlipped, keepsFirstBias],
    async holds({ answer, arithmetic, inputs, measure, parameters }) {
      const { x, ...banks } = inputs
      const { strides1, strides2, padding1, padding2 } = parameters
      const stack = await answer(convolutionStack, inputs, {
        ...parameters,
        activation: 'linear',
      })
      const one = await answer(composeConvolutions, banks, { strides1, strides2 })
      const numbers = (a: typeof one.filters) => fromData(a.shape, a.data.map(arithmetic.toNumber))
      const p = padding1 + padding2
      const single = await measure(
        conv2d,
        { x, filters: numbers(one.filters), bias: numbers(one.bias) },
        { strides: [1, 1], dilations: [1, 1], padding: [p, p, p, p] },
      )
      const [N, Ho, Wo, Q] = stack.y.shape as [number, number, number, number]
      const inner = [N, Math.max(0, Ho - 2 * padding2), Math.max(0, Wo - 2 * padding2), Q]
      const interior = (y: typeof stack.y) =>
        build(inner, (n, i, j, q) => y.at(n, i + padding2, j + padding2, q))
      return [{ label: 'interior', expected: interior(single.y), actual: interior(stack.y) }]
    },
  }),
  law('affine', {
    of: padded,
    asks: [convolutionStack],
    title: 'padded or not, a stack without a non-linearity is affine',
    kills: [alwaysRectifies],
    async holds({ arithmetic, inputs, measure, parameters }) {
      const { add } = arithmetic
      const { x, ...banks } = inputs
      const ask = (values: (at: number) => number) =>
        measure(
          convolutionStack,
          {
            x: fromData(
              x.shape,
              Array.from(x.data, (_, at) => values(at)),
            ),
            ...banks,
          },
          { ...parameters, activation: 'linear' },
        )
      const [a, b] = [(at: number) => x.data[at]!, (at: number) => x.data.at(-1 - at)! + 1]
      const [ya, yb] = [(await ask(a)).y, (await ask(b)).y]
      const [sum, nothing] = [(await ask((at) => a(at) + b(at))).y, (await ask(() => 0)).y]
      return [
        {
          label: 'N(x) + N(x′) = N(x + x′) + N(0)',
          expected: build(sum.shape, (...at) => add(sum.at(...at), nothing.at(...at))),
          actual: build(sum.shape, (...at) => add(ya.at(...at), yb.at(...at))),
        },
      ]
    },
  }),
  worked('E-07', {
    of: convolutionStack,
    title: 'zeros between the layers are not what one layer computes there',
    kills: [stackAsOne],
    inputs: {
      x: tensor([1, 1, 3, 1], [1, 0, 0]),
      filters1: middleRow,
      bias1: noBias,
      filters2: middleRow,
      bias2: noBias,
    },
    parameters: {
      strides1: [1, 1],
      strides2: [1, 1],
      padding1: 1,
      padding2: 1,
      activation: 'linear',
    },
    notes: { y: [3, 2, 1] },
    gives: { y: [2, 2, 1] },
  }),
)

export const linearProperties = [...collapseProperties, ...caveatProperties]
