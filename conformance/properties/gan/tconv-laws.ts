import { build, fromData, type NumberArray, sum } from '../../../reference/arithmetic/array.ts'
import { conv2d } from '../../../spec/cnn/conv2d.ts'
import { trueConvolution } from '../../../spec/cnn/true-convolution.ts'
import { dilations, extent, outputSize, smallestImage, strides } from '../../../spec/cnn/window.ts'
import { tconv2d } from '../../../spec/gan/tconv.ts'
import { adjoint, fullCorrelation, notInverse } from '../../../spec/gan/tconv-laws.ts'
import { array, atLeast, derived, free } from '../../../spec/language/operation.ts'
import { integer, tuple } from '../../../spec/language/parameter.ts'
import { filled, numbers, permuted, plain, scalar, zeros } from '../../kit/arrays.ts'
import { truths } from '../../kit/claims.ts'
import { inner } from '../../kit/inner.ts'
import { law, lawTwice } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import { convolutionOf, plainly, positionsOf, small, wholeBank } from './tconv-cases.ts'
import {
  averagesOverlap,
  cutsNothing,
  cutsOtherSide,
  firstChannelOnly,
  inverts,
  morePaddingFirst,
  overwrites,
  seesAllGroups,
  turnsFilter,
} from './tconv-faults.ts'

type Four = [number, number, number, number]

const adjointProperties = properties(
  adjoint,
  lawTwice(
    'adjoint',
    {
      of: { ...small, inputs: { ...small.inputs, x: array('any image', 'N', 'H', 'W', 'K') } },
      asks: [conv2d, tconv2d],
      title: 'the response to an image times the input is the image times the result',
      kills: [turnsFilter, cutsNothing, morePaddingFirst, seesAllGroups],
      share: 0.6,
      async holds({ arithmetic, array, inputs, measure, parameters, sizes }) {
        const { N, Ho, Wo, Q } = sizes
        const { z, filters } = inputs
        const bank = wholeBank(plain(filters), parameters.groups, 0)
        const response = (
          await measure(
            conv2d,
            { x: inputs.x, filters: bank, bias: zeros([Q]) },
            convolutionOf(parameters),
          )
        ).y
        const given = { z, filters, bias: zeros(inputs.bias.shape) }
        const { y } = await measure(tconv2d, given, parameters)
        const nothing = arithmetic.exact(0)
        const [down, across] = positionsOf(parameters, sizes)
        const extended = build([N, down, across, Q], (n, i, j, q) =>
          i < Ho && j < Wo ? array('z').at(n, i, j, q) : nothing,
        )
        return [
          {
            label: '⟨x, Cᵀ z⟩ = ⟨C x, z⟩',
            sides: { actual: '⟨x, Cᵀ z⟩', expected: '⟨C x, z⟩' },
            expected: scalar(inner(arithmetic, response, extended)),
            actual: scalar(inner(arithmetic, array('x'), y)),
          },
        ]
      },
    },
    { share: 0.3 },
  ),
)

/** The input with zeros put between its numbers and around them, so that a convolution lies on every place of the result. */
function spread(
  z: NumberArray<number>,
  frame: readonly [number, number],
  first: readonly [number, number],
  steps: readonly [number, number],
) {
  const [N, Ho, Wo, Q] = z.shape as Four
  return build([N, ...frame, Q], (n, a, b, q) => {
    const [i, j] = [(a - first[0]) / steps[0], (b - first[1]) / steps[1]]
    const inside =
      Number.isInteger(i) && Number.isInteger(j) && i >= 0 && j >= 0 && i < Ho && j < Wo
    return inside ? z.at(n, i, j, q) : 0
  })
}

const correlationProperties = properties(
  fullCorrelation,
  lawTwice(
    'spread',
    {
      of: small,
      asks: [conv2d, tconv2d],
      title: 'it is the convolution of the spread input with the filters turned and exchanged',
      kills: [turnsFilter, cutsOtherSide, overwrites],
      share: 0.6,
      async holds({ inputs, measure, parameters, sizes: { H, W, Hf, Wf } }) {
        const { strides, dilations, padding, groups } = parameters
        const [reachH, reachW] = [extent(Hf, dilations[0]), extent(Wf, dilations[1])]
        const x = spread(
          plain(inputs.z),
          [H + reachH - 1, W + reachW - 1],
          [reachH - 1 - padding[0], reachW - 1 - padding[2]],
          strides,
        )
        const bank = wholeBank(plain(inputs.filters), groups, 0)
        const [, , K, Q] = bank.shape as Four
        const filters = build([Hf, Wf, Q, K], (u, v, q, k) => bank.at(Hf - 1 - u, Wf - 1 - v, k, q))
        const { y } = await measure(tconv2d, inputs, parameters)
        const convolved = await measure(
          conv2d,
          { x, filters, bias: inputs.bias },
          { strides: [1, 1], dilations, padding: 'valid' },
        )
        return [{ label: 'the result', expected: convolved.y, actual: y }]
      },
    },
    { share: 0.3 },
  ),
  law('in-full', {
    of: trueConvolution,
    asks: [trueConvolution, tconv2d],
    title: 'of one channel and stride 1, it is the convolution of mathematics in full',
    kills: [turnsFilter, averagesOverlap],
    share: 0.4,
    async holds({ inputs, measure, sizes: { H, W, Hf, Wf, Ho, Wo } }) {
      const full = (await measure(trueConvolution, inputs, {})).y
      const one = {
        z: fromData([1, H, W, 1], plain(inputs.x).data),
        filters: fromData([Hf, Wf, 1, 1], plain(inputs.kernel).data),
        bias: zeros([1]),
      }
      const { y } = await measure(tconv2d, one, plainly)
      return [{ label: 'the result', expected: fromData([1, Ho, Wo, 1], full.data), actual: y }]
    },
  }),
  law('products', {
    of: small,
    asks: [tconv2d],
    title: 'a place has as many products as numbers of the input reach it',
    kills: [overwrites, averagesOverlap, cutsOtherSide],
    share: 0.4,
    async holds({ exact, inputs, measure, parameters, sizes }) {
      const { N, H, W, K, Ho, Wo, Hf, Wf, Q } = sizes
      const { strides, dilations, padding, groups } = parameters
      const ones = {
        z: filled(inputs.z.shape, 1),
        filters: filled(inputs.filters.shape, 1),
        bias: zeros([K]),
      }
      const { y } = await measure(tconv2d, ones, parameters)
      const reaching = (place: number, axis: 0 | 1) => {
        let count = 0
        for (let i = 0; i < [Ho, Wo][axis]; i++)
          for (let u = 0; u < [Hf, Wf][axis]; u++) {
            if (strides[axis] * i + dilations[axis] * u === place + padding[2 * axis]) count++
          }
        return count
      }
      const expected = build(
        [N, H, W, K],
        (_n, a, b) => reaching(a, 0) * reaching(b, 1) * (Q / groups),
      )
      return [{ label: 'products', expected: exact(expected), actual: y }]
    },
  }),
  worked('checkerboard', {
    of: tconv2d,
    title:
      'a kernel that the stride does not divide lays a checkerboard, and one that it divides none',
    kills: [averagesOverlap, overwrites],
    cases: [
      {
        says: 'ones, kernel 3, stride 2: every other place has two products',
        inputs: {
          z: tensor([1, 1, 3, 1], [1, 1, 1]),
          filters: tensor([1, 3, 1, 1], [1, 1, 1]),
          bias: tensor([1], [0]),
        },
        parameters: { ...plainly, strides: [1, 2] },
        gives: { y: [1, 1, 2, 1, 2, 1, 1] },
      },
      {
        says: 'kernel 4, stride 2, one cut off on both sides: two products in the middle',
        inputs: {
          z: tensor([1, 1, 3, 1], [1, 1, 1]),
          filters: tensor([1, 4, 1, 1], [1, 1, 1, 1]),
          bias: tensor([1], [0]),
        },
        parameters: { ...plainly, strides: [1, 2], padding: [0, 0, 1, 1] },
        gives: { y: [1, 2, 2, 2, 2, 1] },
      },
    ],
  }),
)

const amount = integer({ min: 0, upTo: 1 })

/** A convolution of which the matrix is looked at, an image of one number that is not 0 at a time. */
const roundTrip = {
  dimensions: {
    Hf: free(1, 3, 'rows of the kernel'),
    Wf: free(1, 2, 'columns of the kernel'),
    K: free(1, 2, 'channels'),
    Q: free(1, 2, 'filters'),
    H: atLeast(smallestImage(0), 2, 'rows', 'the extent of the kernel less the padding'),
    W: atLeast(smallestImage(1), 2, 'columns', 'the extent of the kernel less the padding'),
    Ho: derived(outputSize(0), 'rows of the response'),
    Wo: derived(outputSize(1), 'columns of the response'),
  },
  inputs: { filters: array('the filters', 'Hf', 'Wf', 'K', 'Q') },
  parameters: { strides, dilations, padding: tuple(amount, amount, amount, amount) },
} as const

/** The rank of a matrix of whole numbers modulo a prime, which is no more than its rank. */
function rankOf({ shape, data }: NumberArray<number>): number {
  // Below 2^26, so that products of two remainders are exact.
  const prime = 67108859
  const [rows, columns] = shape as [number, number]
  const left = (value: number) => ((value % prime) + prime) % prime
  const matrix = Array.from({ length: rows }, (_, i) =>
    data.slice(i * columns, (i + 1) * columns).map(left),
  )
  let rank = 0
  for (let column = 0; column < columns && rank < rows; column++) {
    const pivot = matrix.findIndex((row, i) => i >= rank && row[column] !== 0)
    if (pivot < 0) continue
    ;[matrix[rank], matrix[pivot]] = [matrix[pivot]!, matrix[rank]!]
    const first = matrix[rank]!
    for (let i = rank + 1; i < rows; i++) {
      // Rows are multiplied crosswise, which needs no inverse.
      const [mine, theirs] = [first[column]!, matrix[i]![column]!]
      if (theirs === 0) continue
      matrix[i] = matrix[i]!.map((value, j) => left(left(value * mine) - left(first[j]! * theirs)))
    }
    rank++
  }
  return rank
}

const inverseProperties = properties(
  notInverse,
  law('round-trip', {
    of: roundTrip,
    asks: [conv2d, tconv2d],
    title:
      'there and back is a symmetric matrix, whose rank is no more than the numbers of the response and whose trace is the sum of squares',
    kills: [turnsFilter, cutsOtherSide],
    share: 0.2,
    async holds({ arithmetic, inputs, measure, parameters, sizes }) {
      const { H, W, K, Q, Hf, Wf, Ho, Wo } = sizes
      const P = H * W * K
      const units = build([P, H, W, K], (p, a, b, k) => ((a * W + b) * K + k === p ? 1 : 0))
      const { filters } = inputs
      const columns = (await measure(conv2d, { x: units, filters, bias: zeros([Q]) }, parameters)).y
      const { strides, dilations, padding } = parameters
      const rest = (axis: 0 | 1) =>
        ([H, W][axis] +
          padding[2 * axis] +
          padding[2 * axis + 1] -
          extent([Hf, Wf][axis], dilations[axis])) %
        strides[axis]
      const { y } = await measure(
        tconv2d,
        { z: numbers(arithmetic, columns), filters, bias: zeros([K]) },
        { ...parameters, outputPadding: [rest(0), rest(1)], groups: 1 },
      )
      const M = fromData([P, P], y.data)
      const plainM = numbers(arithmetic, M)
      const fewer = Ho * Wo * Q < P
      const identity = plainM.data.every((value, at) => value === (at % (P + 1) === 0 ? 1 : 0))
      return [
        { label: 'CᵀC, transposed', expected: permuted(M, (i, j) => [j, i]), actual: M },
        {
          label: 'trace',
          expected: scalar(inner(arithmetic, columns, columns)),
          actual: scalar(sum(arithmetic, [P], (p) => M.at(p, p))),
        },
        truths(
          arithmetic,
          'rank no more than the numbers of the response; where these are fewer, not the identity',
          rankOf(plainM) <= Ho * Wo * Q,
          !(fewer && identity),
        ),
      ]
    },
  }),
  lawTwice(
    'pixels',
    {
      of: {
        dimensions: {
          N: free(1, 2, 'images'),
          H: free(1, 3, 'rows'),
          W: free(1, 3, 'columns'),
          K: free(1, 3, 'channels'),
          Q: free(1, 3, 'filters'),
        },
        inputs: {
          x: array('the images', 'N', 'H', 'W', 'K'),
          filters: array('the matrix of a kernel of one pixel', 'K', 'Q'),
        },
        parameters: {},
      },
      asks: [conv2d, tconv2d],
      title: 'kernels of one pixel multiply every pixel by F Fᵀ',
      kills: [firstChannelOnly],
      share: 0.3,
      async holds({ arithmetic, array, inputs, measure, sizes: { K, Q } }) {
        const filters = fromData([1, 1, K, Q], plain(inputs.filters).data)
        const { x } = inputs
        const { strides, dilations } = plainly
        const there = await measure(
          conv2d,
          { x, filters, bias: zeros([Q]) },
          { strides, dilations, padding: 'valid' },
        )
        // The answer is asked about as it is: what it is off by is no concern of the way back.
        const z = numbers(arithmetic, there.y)
        const { y } = await measure(tconv2d, { z, filters, bias: zeros([K]) }, plainly)
        const F = array('filters')
        const expected = build(y.shape, (n, i, j, k) =>
          sum(arithmetic, [Q], (q) =>
            arithmetic.multiply(F.at(k, q), arithmetic.exact(z.at(n, i, j, q))),
          ),
        )
        return [{ label: 'F Fᵀ x', expected, actual: y }]
      },
    },
    { share: 0.2 },
  ),
  worked('E-52', {
    of: tconv2d,
    title: 'the way back does not lead to the image',
    kills: [inverts],
    cases: [
      {
        says: 'the response 2 of a pixel 1 to the kernel 2',
        inputs: {
          z: tensor([1, 1, 1, 1], [2]),
          filters: tensor([1, 1, 1, 1], [2]),
          bias: tensor([1], [0]),
        },
        parameters: plainly,
        notes: { y: [1] },
        gives: { y: [4] },
      },
      {
        says: 'the response −3 of a pixel 3 to the kernel −1, which is its own inverse',
        inputs: {
          z: tensor([1, 1, 1, 1], [-3]),
          filters: tensor([1, 1, 1, 1], [-1]),
          bias: tensor([1], [0]),
        },
        parameters: plainly,
        gives: { y: [3] },
      },
    ],
  }),
)

export const tconvLawsProperties = [
  ...adjointProperties,
  ...correlationProperties,
  ...inverseProperties,
]
