import { build, fromData, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { conv2d } from '../../../spec/cnn/conv2d.ts'
import { equivariance as equivarianceClause } from '../../../spec/cnn/conv2d-laws.ts'
import { array, free, type Sizes } from '../../../spec/language/operation.ts'
import { part, permuted, plain } from '../../kit/arrays.ts'
import { equivarianceTwice } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import { plainly, smallDimensions, unpadded } from './conv2d-cases.ts'
import { pairsRows, startsLate, staysInPlace } from './conv2d-faults.ts'

const moving = {
  ...unpadded,
  dimensions: { ...smallDimensions, Hf: free(1, 2, 'rows of the kernel') },
  inputs: { ...unpadded.inputs, arriving: array('what comes into view', 'N', 'H', 'W', 'K') },
} as const

/** By how many positions the response moves: one along each axis on which there are two. */
function positionsOf({ Ho, Wo }: Sizes) {
  return [Ho > 1 ? 1 : 0, Wo > 1 ? 1 : 0] as const
}

/** An array moved on along rows and columns, what leaves it coming in at the other end. */
function wrapped<T>(y: NumberArray<T>, [down, across]: readonly [number, number]) {
  const [, Ho, Wo] = y.shape
  return permuted(y, (n, i, j, q) => [n, (i + Ho - down) % Ho, (j + Wo - across) % Wo, q])
}

const row = (...pixels: number[]) => tensor([1, 1, pixels.length, 1], pixels)
const pixelFilter = { filters: tensor([1, 1, 1, 1], [1]), bias: tensor([1], [0]) }
const sumOfThree = { filters: tensor([1, 3, 1, 1], [1, 1, 1]), bias: tensor([1], [0]) }

export const conv2dShiftProperties = properties(
  equivarianceClause,
  equivarianceTwice(
    'shifted',
    {
      of: conv2d,
      within: moving,
      title: 'an image shifted by a stride gives a response shifted by a position',
      kills: [pairsRows],
      inputs: ({ x }, { inputs, parameters, sizes }) => {
        const [down, across] = positionsOf(sizes)
        const [a, b] = [parameters.strides[0] * down, parameters.strides[1] * across]
        const arriving = plain(inputs.arriving)
        return {
          x: build(x.shape, (n, i, j, k) =>
            i >= a && j >= b ? x.at(n, i - a, j - b, k) : arriving.at(n, i, j, k),
          ),
        }
      },
      // Shifted on within its shape; what comes round is seen by one of both only, and left out.
      outputs: ({ y }, { sizes }) => ({ y: wrapped(y, positionsOf(sizes)) }),
      compared: ({ y }, { sizes }) => {
        const { N, Ho, Wo, Q } = sizes
        const [down, across] = positionsOf(sizes)
        return { y: part(y, [N, Ho - down, Wo - across, Q], [0, down, across, 0]) }
      },
    },
    { share: 0.5 },
  ),
  law('wrapped', {
    of: unpadded,
    asks: [conv2d],
    title:
      'where the image wraps around, the response does as well, and its sum and its largest value stay',
    kills: [pairsRows],
    share: 0.5,
    async holds({ arithmetic, inputs, measure, parameters, sizes }) {
      const { N, H, W, K, Hf, Wf } = sizes
      const [Dh, Dw] = parameters.dilations
      const x = plain(inputs.x)
      const ask = async (down: number, across: number) => {
        const around = build([N, H + Dh * (Hf - 1), W + Dw * (Wf - 1), K], (n, i, j, k) =>
          x.at(n, (i + H - down) % H, (j + W - across) % W, k),
        )
        const dense = { ...parameters, strides: [1, 1] } as const
        return (await measure(conv2d, { ...inputs, x: around }, dense)).y
      }
      const [down, across] = [Math.min(1, H - 1), W - 1]
      const [still, moved] = [await ask(0, 0), await ask(down, across)]
      const pooled = (y: typeof still) => [arithmetic.total(y.data), arithmetic.maximum(y.data)]
      return [
        {
          label: 'the response, moved back',
          expected: still,
          actual: permuted(moved, (n, i, j, q) => [n, (i + down) % H, (j + across) % W, q]),
        },
        {
          label: 'sum and largest value',
          expected: fromData([2], pooled(still)),
          actual: fromData([2], pooled(moved)),
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
        inputs: { x: row(0, 1, 0), ...sumOfThree },
        parameters: { ...plainly, padding: [0, 0, 1, 1] },
        gives: { y: [1, 1, 1] },
      },
      {
        says: 'zeros around, the first pixel lit: the third response is lost',
        inputs: { x: row(1, 0, 0), ...sumOfThree },
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
