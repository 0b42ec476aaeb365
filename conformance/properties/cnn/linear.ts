import type { Arithmetic } from '../../../reference/arithmetic/arithmetic.ts'
import type { NumberArray } from '../../../reference/arithmetic/array.ts'
import { conv2d as convolve } from '../../../reference/cnn/conv2d.ts'
import { plus } from '../../../reference/layers/addition.ts'
import { conv2d } from '../../../spec/cnn/conv2d.ts'
import {
  collapse,
  collapsePaddingCaveat,
  composeConvolutions,
  convolutionStack,
} from '../../../spec/cnn/linear.ts'
import { array, derived, free } from '../../../spec/language/operation.ts'
import { integer, pair } from '../../../spec/language/parameter.ts'
import type { Argument } from '../../engine/property.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, numbers, part, plain, row, zeros } from '../../kit/arrays.ts'
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

const linearly = { activation: 'linear' } as const

/** The stride of a composite convolution, to ask the next question with. */
const strideOf = <T>({ toNumber }: Arithmetic<T>, { strides }: { strides: NumberArray<T> }) =>
  [toNumber(strides.at(0)), toNumber(strides.at(1))] as const

const collapseProperties = properties(
  collapse,
  agreementTwice(
    composeConvolutions,
    { kills: [composesFlipped, composesUnspread, weighsBiasByOnePlace, addsStrides] },
    { kills: [composesFlipped, keepsFirstBias] },
  ),
  law('one-for-two', {
    of: bare,
    asks: [composeConvolutions, convolutionStack, conv2d],
    title: 'the composite convolution gives what the two give in a row',
    kills: [composesFlipped, keepsFirstBias, composesUnspread, addsStrides, alwaysRectifies],
    async holds({ answer, arithmetic, inputs, measure, parameters }) {
      const { x, ...banks } = inputs
      const { strides1, strides2 } = parameters
      const one = await answer(composeConvolutions, banks, { strides1, strides2 })
      const single = await answer(
        conv2d,
        { x, filters: numbers(arithmetic, one.filters), bias: numbers(arithmetic, one.bias) },
        { strides: strideOf(arithmetic, one), dilations: [1, 1], padding: 'valid' },
      )
      const stack = await measure(convolutionStack, inputs, { ...parameters, ...linearly })
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
      const { filters, bias } = await measure(composeConvolutions, banks, { strides1, strides2 })
      const { y } = convolve(
        arithmetic,
        { x: array('x'), filters, bias },
        {
          strides: [strides1[0] * strides2[0], strides1[1] * strides2[1]],
          dilations: [1, 1],
          padding: 'valid',
        },
      )
      const stack = await measure(convolutionStack, inputs, { ...parameters, ...linearly })
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
      const banks = [
        { filters: plain(inputs.filters1), bias: plain(inputs.bias1) },
        { filters: plain(inputs.filters2), bias: plain(inputs.bias2) },
        { filters: plain(inputs.filters3), bias: plain(inputs.bias3) },
      ] as const
      type Bank = (typeof banks)[number]
      const join = (a: Bank, b: Bank, strides1: typeof first, strides2: typeof first) =>
        answer(
          composeConvolutions,
          { filters1: a.filters, bias1: a.bias, filters2: b.filters, bias2: b.bias },
          { strides1, strides2 },
        )
      const again = ({ filters, bias }: Awaited<ReturnType<typeof join>>): Bank => ({
        filters: numbers(arithmetic, filters),
        bias: numbers(arithmetic, bias),
      })
      const early = await join(banks[0], banks[1], first, second)
      const left = await join(again(early), banks[2], strideOf(arithmetic, early), third)
      const late = await join(banks[1], banks[2], second, third)
      const right = await join(banks[0], again(late), first, strideOf(arithmetic, late))
      const sides = [0, 1].map((axis) => {
        const [u1, u2, u3] = banks.map(({ filters }) => filters.shape[axis])
        return ((u3 - 1) * second[axis] + u2 - 1) * first[axis] + u1
      })
      return [
        { label: 'filters', expected: left.filters, actual: right.filters },
        { label: 'bias', expected: left.bias, actual: right.bias },
        { label: 'strides', expected: left.strides, actual: right.strides },
        {
          label: 'sides of the kernel',
          expected: exact(row(...sides)),
          actual: exact(row(...right.filters.shape.slice(0, 2))),
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
  agreementTwice(convolutionStack, { kills: [stackAsOne, padsTopLeft, skipsActivation] }),
  law('interior', {
    of: padded,
    asks: [convolutionStack, composeConvolutions, conv2d],
    title: 'away from the border the padded stack gives what one padded convolution gives',
    kills: [padsTopLeft, composesFlipped, keepsFirstBias],
    async holds({ answer, arithmetic, inputs, measure, parameters }) {
      const { x, ...banks } = inputs
      const { strides1, strides2, padding1, padding2 } = parameters
      const stack = await answer(convolutionStack, inputs, { ...parameters, ...linearly })
      const one = await answer(composeConvolutions, banks, { strides1, strides2 })
      const p = padding1 + padding2
      const single = await measure(
        conv2d,
        { x, filters: numbers(arithmetic, one.filters), bias: numbers(arithmetic, one.bias) },
        { strides: [1, 1], dilations: [1, 1], padding: [p, p, p, p] },
      )
      const [N, Ho, Wo, Q] = stack.y.shape
      const within = (size: number) => Math.max(0, size - 2 * padding2)
      const interior = (y: typeof stack.y) =>
        part(y, [N, within(Ho), within(Wo), Q], [0, padding2, padding2, 0])
      return [{ label: 'interior', expected: interior(single.y), actual: interior(stack.y) }]
    },
  }),
  law('affine', {
    of: padded,
    asks: [convolutionStack],
    title: 'padded or not, a stack without a non-linearity is affine',
    kills: [alwaysRectifies],
    async holds({ arithmetic, inputs: { x, ...banks }, measure, parameters }) {
      const ask = async (x: Argument) =>
        (await measure(convolutionStack, { x, ...banks }, { ...parameters, ...linearly })).y
      const other = changed(x, (_, at) => x.data.at(-1 - at)! + 1)
      const both = changed(x, (value, at) => value + other.data[at])
      return [
        {
          label: 'N(x) + N(x′) = N(x + x′) + N(0)',
          expected: plus(arithmetic, await ask(both), await ask(zeros(x.shape))),
          actual: plus(arithmetic, await ask(x), await ask(other)),
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
