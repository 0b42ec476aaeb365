import { build } from '../../../reference/arithmetic/array.ts'
import { free } from '../../../spec/language/operation.ts'
import { accumulation, halfMatmul } from '../../../spec/quantization/half-products.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreement } from '../../kit/agreement.ts'
import { changed, filled } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  fromTheLast,
  keepsFactors,
  roundsProducts,
  startsAtOne,
  staysSingle,
  sumsInHalf,
  sumsInSingle,
  takesAnyFactors,
} from './half-products-faults.ts'

/** Small numbers that a large one stands before. */
const ones = {
  dimensions: { D: free(2, 8, 'terms') },
  inputs: {},
  parameters: {},
}

export const halfProductProperties = properties(
  accumulation,
  agreement(halfMatmul, 'integers', {
    title: 'quantization.halfMatmul equals the reference to the bit on small integers',
    kills: [startsAtOne],
  }),
  agreement(halfMatmul, 'reals', {
    title:
      'quantization.halfMatmul equals the reference to the bit wherever rounding does not decide',
    kills: [sumsInHalf, staysSingle, keepsFactors, roundsProducts],
  }),
  law('stagnates', {
    of: ones,
    asks: [halfMatmul],
    title: 'to 2048, ones add what they are in single precision, and nothing in half precision',
    kills: [sumsInHalf, sumsInSingle, fromTheLast],
    share: 0.1,
    async holds({ answer, exact, sizes: { D } }) {
      const a = build([1, D], (_, d) => (d === 0 ? 2048 : 1))
      const asked = { a, b: filled([D, 1], 1) }
      const { y: wide } = await answer(halfMatmul, asked, { sums: 'float32' })
      const { y: narrow } = await answer(halfMatmul, asked, { sums: 'float16' })
      // An odd sum lies halfway, and goes to the multiple of four.
      const more = D - 1
      const even = more % 2 === 0 ? more : more + (more % 4 === 1 ? -1 : 1)
      return [
        {
          label: 'in single precision',
          expected: exact(filled([1, 1], 2048 + even)),
          actual: wide,
        },
        { label: 'in half precision', expected: exact(filled([1, 1], 2048)), actual: narrow },
      ]
    },
  }),
  equivariance('power-of-two', {
    of: halfMatmul,
    title: 'twice the samples give twice the product',
    kills: [startsAtOne],
    share: 0.3,
    toTheBit: true,
    inputs: ({ a }) => ({ a: changed(a, (value) => 2 * value) }),
    outputs: ({ y }, { arithmetic: { add } }) => ({
      y: build(y.shape, (n, m) => add(y.at(n, m), y.at(n, m))),
    }),
  }),
  worked('by-hand', {
    of: halfMatmul,
    title: 'products that half precision does not hold, and sums that it rounds',
    kills: [roundsProducts, staysSingle, sumsInHalf, keepsFactors],
    cases: [
      {
        says: '33 · 63 − 1 = 2078; the product is 2079, halfway',
        inputs: { a: tensor([1, 2], [33, 1]), b: tensor([2, 1], [63, -1]) },
        parameters: { sums: 'float32' },
        gives: { y: [2078] },
      },
      {
        says: '2049 · 3, of which the first factor is 2048',
        inputs: { a: tensor([1, 1], [2049]), b: tensor([1, 1], [3]) },
        parameters: { sums: 'float32' },
        gives: { y: [6144] },
      },
      {
        says: '2048 + 1 + 1',
        inputs: { a: tensor([1, 3], [2048, 1, 1]), b: tensor([3, 1], [1, 1, 1]) },
        parameters: { sums: 'float32' },
        gives: { y: [2050] },
      },
      {
        says: '2048 + 1, halfway',
        inputs: { a: tensor([1, 2], [2048, 1]), b: tensor([2, 1], [1, 1]) },
        parameters: { sums: 'float32' },
        gives: { y: [2048] },
      },
    ],
  }),
  rejection('rejected', halfMatmul, invalidities(halfMatmul), {
    title: 'factors that do not fit, and sums of another width, are rejected',
    kills: [takesAnyFactors],
  }),
)
