import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { conv2d } from '../../../spec/cnn/conv2d.ts'
import {
  equivariance,
  filterBank,
  linearity,
  strideSubsample,
} from '../../../spec/cnn/conv2d-laws.ts'
import { array, bits, free } from '../../../spec/language/operation.ts'
import type { Bench } from '../../engine/property.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import { padded, plain, small, smallDimensions, unpadded, zeros } from './conv2d-cases.ts'
import {
  biasPerChannel,
  forgetsBias,
  pairsRows,
  rectifies,
  reversesFilters,
  startsLate,
  staysInPlace,
  swapsStrides,
  usesFirstBias,
} from './conv2d-faults.ts'

type Four = [number, number, number, number]

const masked = {
  ...small,
  inputs: {
    ...small.inputs,
    pixels: bits('which pixels belong to the first part', 'N', 'H', 'W', 'K'),
    weights: bits('which weights belong to the first part', 'Hf', 'Wf', 'K', 'Q'),
  },
} as const

/** Both parts of an array: where a mask has ones, and where it has zeros; exact in every precision. */
function split(values: NumberArray<number>, mask: NumberArray<number>) {
  const part = (wanted: number) =>
    build(values.shape, (...at) => (mask.at(...at) === wanted ? values.at(...at) : 0))
  return [part(1), part(0)] as const
}

/** Sums and factors, of the image and of the filters; all without a bias. */
async function isLinear<T>(bench: Bench<T, typeof masked>) {
  const { inputs, parameters, arithmetic } = bench
  const [x, filters] = [plain(inputs.x), plain(inputs.filters)]
  const bias = zeros(inputs.bias.shape)
  const ask = async (x: NumberArray<number>, filters: NumberArray<number>) =>
    (await bench.measure(conv2d, { x, filters, bias }, parameters)).y
  const [x1, x2] = split(x, plain(inputs.pixels))
  const [filters1, filters2] = split(filters, plain(inputs.weights))
  const minusFour = build(x.shape, (...at) => -4 * x.at(...at))

  const whole = await ask(x, filters)
  const [y1, y2] = [await ask(x1, filters), await ask(x2, filters)]
  const [z1, z2] = [await ask(x, filters1), await ask(x, filters2)]
  const scaled = await ask(minusFour, filters)
  const factor = arithmetic.exact(-4)
  const sumOf = (a: NumberArray<T>, b: NumberArray<T>) =>
    build(whole.shape, (...at) => arithmetic.add(a.at(...at), b.at(...at)))
  return [
    { label: 'the response to a sum of images', expected: sumOf(y1, y2), actual: whole },
    { label: 'the response of a sum of filters', expected: sumOf(z1, z2), actual: whole },
    {
      label: 'the response to −4 times the image',
      expected: build(whole.shape, (...at) => arithmetic.multiply(factor, whole.at(...at))),
      actual: scaled,
    },
  ]
}

const linearityProperties = properties(
  linearity,
  law('sums', {
    of: masked,
    asks: [conv2d],
    title: 'sums and factors of images and filters are those of the responses, to the bit',
    kills: [rectifies],
    share: 0.5,
    holds: isLinear,
  }),
  law('sums-bounded', {
    of: masked,
    asks: [conv2d],
    values: 'reals',
    title: 'sums and factors of images and filters are those of the responses, within the bound',
    kills: [rectifies],
    share: 0.3,
    holds: isLinear,
  }),
  law('affine', {
    of: small,
    asks: [conv2d],
    title: 'the response to an image of zeros is the bias',
    kills: [forgetsBias, biasPerChannel],
    share: 0.5,
    async holds({ array, inputs, measure, parameters }) {
      const x = zeros(inputs.x.shape)
      const { y } = await measure(conv2d, { ...inputs, x }, parameters)
      const b = array('bias')
      return [
        { label: 'C(0) = b', expected: build(y.shape, (_n, _i, _j, q) => b.at(q)), actual: y },
      ]
    },
  }),
)

const moving = {
  ...unpadded,
  dimensions: { ...smallDimensions, Hf: free(1, 2, 'rows of the kernel') },
  inputs: {
    ...unpadded.inputs,
    arriving: array('what comes into view', 'N', 'H', 'W', 'K'),
  },
} as const

/** The image shifted by one stride gives the response shifted by one position. */
async function movesAlong<T>(bench: Bench<T, typeof moving>) {
  const { inputs, parameters, sizes } = bench
  const [Sh, Sw] = parameters.strides
  const [down, across] = [sizes.Ho! > 1 ? 1 : 0, sizes.Wo! > 1 ? 1 : 0]
  const [x, arriving] = [plain(inputs.x), plain(inputs.arriving)]
  const shifted = build(x.shape, (n, i, j, k) =>
    i >= Sh * down && j >= Sw * across
      ? x.at(n, i - Sh * down, j - Sw * across, k)
      : arriving.at(n, i, j, k),
  )
  const { filters, bias } = inputs
  const still = (await bench.measure(conv2d, { x, filters, bias }, parameters)).y
  const moved = (await bench.measure(conv2d, { x: shifted, filters, bias }, parameters)).y
  const [N, Ho, Wo, Q] = still.shape as Four
  const common = [N, Ho - down, Wo - across, Q]
  return [
    {
      label: 'the response where both see the image',
      expected: build(common, (...at) => still.at(...at)),
      actual: build(common, (n, i, j, q) => moved.at(n, i + down, j + across, q)),
    },
  ]
}

const row = (...pixels: number[]) => tensor([1, 1, pixels.length, 1], pixels)
const pixelFilter = { filters: tensor([1, 1, 1, 1], [1]), bias: tensor([1], [0]) }
const plainly = { strides: [1, 1], dilations: [1, 1], padding: 'valid' } as const

const equivarianceProperties = properties(
  equivariance,
  law('shifted', {
    of: moving,
    asks: [conv2d],
    title: 'an image shifted by a stride gives a response shifted by a position, to the bit',
    kills: [pairsRows],
    holds: movesAlong,
  }),
  law('shifted-bounded', {
    of: moving,
    asks: [conv2d],
    values: 'reals',
    title: 'an image shifted by a stride gives a response shifted by a position, within the bound',
    kills: [pairsRows],
    share: 0.5,
    holds: movesAlong,
  }),
  law('wrapped', {
    of: unpadded,
    asks: [conv2d],
    title:
      'where the image wraps around, the response does as well, and its sum and its largest value stay',
    kills: [pairsRows],
    share: 0.5,
    async holds({ arithmetic, inputs, measure, parameters, sizes }) {
      const { filters, bias } = inputs
      const x = plain(inputs.x)
      const [N, H, W, K] = x.shape as Four
      const [Dh, Dw] = parameters.dilations
      const beyond = [Dh * (sizes.Hf! - 1), Dw * (sizes.Wf! - 1)] as const
      const wrapped = (down: number, across: number) =>
        build([N, H + beyond[0], W + beyond[1], K], (n, i, j, k) =>
          x.at(n, (i + H - down) % H, (j + W - across) % W, k),
        )
      const dense = { ...parameters, strides: [1, 1] } as const
      const ask = async (x: NumberArray<number>) =>
        (await measure(conv2d, { x, filters, bias }, dense)).y
      const [down, across] = [Math.min(1, H - 1), W - 1]
      const [still, moved] = [await ask(wrapped(0, 0)), await ask(wrapped(down, across))]
      const pooled = (y: typeof still) => [arithmetic.total(y.data), arithmetic.maximum(y.data)]
      return [
        {
          label: 'the response, moved back',
          expected: still,
          actual: build(still.shape, (n, i, j, q) =>
            moved.at(n, (i + down) % H, (j + across) % W, q),
          ),
        },
        {
          label: 'sum and largest value',
          expected: build([2], (i) => pooled(still)[i]!),
          actual: build([2], (i) => pooled(moved)[i]!),
        },
      ]
    },
  }),
  worked('broken', {
    of: conv2d,
    title: 'shifts between multiples of the stride, and zeros at the border, break it',
    kills: [staysInPlace, startsLate],
    cases: [
      {
        says: 'stride 2, the first pixel lit',
        inputs: { x: row(1, 0, 0, 0), ...pixelFilter },
        parameters: { ...plainly, strides: [1, 2] },
        gives: { y: [1, 0] },
      },
      {
        says: 'stride 2, the second pixel lit: the light falls between the positions',
        inputs: { x: row(0, 1, 0, 0), ...pixelFilter },
        parameters: { ...plainly, strides: [1, 2] },
        gives: { y: [0, 0] },
      },
      {
        says: 'zeros around, the second pixel lit: three responses',
        inputs: {
          x: row(0, 1, 0),
          filters: tensor([1, 3, 1, 1], [1, 1, 1]),
          bias: tensor([1], [0]),
        },
        parameters: { ...plainly, padding: [0, 0, 1, 1] },
        gives: { y: [1, 1, 1] },
      },
      {
        says: 'zeros around, the first pixel lit: the third response is lost',
        inputs: {
          x: row(1, 0, 0),
          filters: tensor([1, 3, 1, 1], [1, 1, 1]),
          bias: tensor([1], [0]),
        },
        parameters: { ...plainly, padding: [0, 0, 1, 1] },
        gives: { y: [1, 1, 0] },
      },
    ],
  }),
  worked('E-06', {
    of: conv2d,
    title: 'the response moves along with the image',
    kills: [staysInPlace],
    inputs: { x: row(0, 1), ...pixelFilter },
    parameters: plainly,
    notes: { y: [1, 0] },
    gives: { y: [0, 1] },
  }),
)

const twoBanks = {
  ...small,
  dimensions: { ...smallDimensions, R: free(1, 2, 'filters of the second bank') },
  inputs: {
    ...small.inputs,
    filters2: array('the second bank', 'Hf', 'Wf', 'K', 'R'),
    bias2: array('its biases', 'R'),
  },
} as const

/** The response of two banks made one. */
async function sideBySide<T>(bench: Bench<T, typeof twoBanks>) {
  const { parameters, sizes } = bench
  const Q = sizes.Q!
  const { x, filters, bias, filters2, bias2 } = bench.inputs
  const [first, second] = [plain(filters), plain(filters2)]
  const joined = build(first.shape.with(3, Q + sizes.R!), (u, v, k, q) =>
    q < Q ? first.at(u, v, k, q) : second.at(u, v, k, q - Q),
  )
  const joinedBias = build([Q + sizes.R!], (q) => (q < Q ? bias.data[q]! : bias2.data[q - Q]!))
  const ask = async (arguments_: Parameters<typeof bench.measure<typeof conv2d>>[1]) =>
    (await bench.measure(conv2d, arguments_, parameters)).y
  const both = await ask({ x, filters: joined, bias: joinedBias })
  const y1 = await ask({ x, filters, bias })
  const y2 = await ask({ x, filters: filters2, bias: bias2 })
  const expected = build(both.shape, (n, i, j, q) =>
    q < Q ? y1.at(n, i, j, q) : y2.at(n, i, j, q - Q),
  )
  return [{ label: 'the responses side by side', expected, actual: both }]
}

const filterBankProperties = properties(
  filterBank,
  law('side-by-side', {
    of: twoBanks,
    asks: [conv2d],
    title: 'two banks made one give both responses side by side, to the bit',
    kills: [usesFirstBias, reversesFilters],
    share: 0.5,
    holds: sideBySide,
  }),
  law('side-by-side-bounded', {
    of: twoBanks,
    asks: [conv2d],
    values: 'reals',
    title: 'two banks made one give both responses side by side, within the bound',
    kills: [usesFirstBias, reversesFilters],
    share: 0.5,
    holds: sideBySide,
  }),
)

/** A stride keeps every S-th of the responses of stride 1. */
async function everyNth<T>(bench: Bench<T, typeof padded>) {
  const { inputs, parameters } = bench
  const [Sh, Sw] = parameters.strides
  const { y } = await bench.measure(conv2d, inputs, parameters)
  const dense = (await bench.measure(conv2d, inputs, { ...parameters, strides: [1, 1] })).y
  const expected = build(y.shape, (n, i, j, q) => dense.at(n, Sh * i, Sw * j, q))
  return [{ label: 'every S-th response', expected, actual: y }]
}

const strideProperties = properties(
  strideSubsample,
  law('every-nth', {
    of: padded,
    asks: [conv2d],
    title: 'a stride keeps every S-th response of stride 1, to the bit',
    kills: [startsLate, swapsStrides],
    share: 0.5,
    holds: everyNth,
  }),
  law('every-nth-bounded', {
    of: padded,
    asks: [conv2d],
    values: 'reals',
    title: 'a stride keeps every S-th response of stride 1, within the bound',
    kills: [startsLate, swapsStrides],
    share: 0.5,
    holds: everyNth,
  }),
)

export const conv2dLawsProperties = [
  ...linearityProperties,
  ...equivarianceProperties,
  ...filterBankProperties,
  ...strideProperties,
]
