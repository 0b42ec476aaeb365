import { build, elementwise } from '../../../reference/arithmetic/array.ts'
import { free } from '../../../spec/language/operation.ts'
import {
  binarize,
  binaryDot,
  binaryProduct,
  binaryScale,
} from '../../../spec/quantization/binary.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreement } from '../../kit/agreement.ts'
import { changed, permuted } from '../../kit/arrays.ts'
import { atMost } from '../../kit/claims.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  acceptsAnyBit,
  bitsForSigns,
  countsAgreeing,
  countsDiffering,
  countsNonzero,
  countsPadding,
  ignoresLastBit,
  largestMagnitude,
  meanOfWeights,
  multipliesBits,
  oppositeSign,
  rootMeanSquare,
  sharesMagnitude,
  sumsMagnitudes,
  takesAnyShape,
  zeroHasNoSign,
  zeroIsNegative,
} from './binary-faults.ts'

/** A single channel of so few weights that all of their signs can be tried. */
const oneChannel = {
  dimensions: { N: free(1, 6, 'weights'), D: free(1, 1, 'channels') },
  inputs: { w: binarize.inputs.w },
  parameters: {},
}

const scaleProperties = properties(
  binaryScale,
  agreement(binarize, 'integers', {
    title: 'quantization.binarize equals the reference, to the bit where the mean is exact',
    kills: [sumsMagnitudes, meanOfWeights, zeroHasNoSign, zeroIsNegative, bitsForSigns],
  }),
  agreement(binarize, 'reals', {
    kills: [sumsMagnitudes, rootMeanSquare, largestMagnitude, sharesMagnitude],
  }),
  law('best-of-all-signs', {
    of: oneChannel,
    asks: [binarize],
    title: 'no signs and no magnitude come nearer: |⟨w, b⟩| is at most N α for any signs b',
    kills: [meanOfWeights],
    async holds({ arithmetic, array, inputs, measure, sizes: { N } }) {
      const { abs, exact, multiply, negate, total } = arithmetic
      const { scales } = await measure(binarize, inputs, { per: 'tensor' })
      const most = multiply(exact(N), scales.at(0))
      const w = array('w')
      const comparisons = []
      for (let signs = 0; signs < 2 ** N; signs++) {
        const terms = Array.from({ length: N }, (_, n) =>
          (signs >> n) % 2 === 0 ? w.at(n, 0) : negate(w.at(n, 0)),
        )
        comparisons.push(atMost(arithmetic, `signs ${signs}`, abs(total(terms)), most))
      }
      return comparisons
    },
  }),
  law('what-is-left', {
    of: oneChannel,
    asks: [binarize],
    values: 'reals',
    title:
      'what is left is orthogonal to the signs: the squares of both add up to those of the weights',
    kills: [rootMeanSquare, largestMagnitude, countsNonzero],
    async holds({ arithmetic, array, inputs, measure, sizes: { N } }) {
      const { exact, multiply, subtract, total } = arithmetic
      const { signs, scales } = await measure(binarize, inputs, { per: 'tensor' })
      const square = (x: ReturnType<typeof exact>) => multiply(x, x)
      const w = array('w')
      const each = (of: (n: number) => ReturnType<typeof exact>) =>
        Array.from({ length: N }, (_, n) => of(n))
      const left = each((n) => square(subtract(w.at(n, 0), multiply(scales.at(0), signs.at(n, 0)))))
      const held = multiply(exact(N), square(scales.at(0)))
      return [
        {
          label: 'Σ (w − α b)² + N α² = Σ w²',
          expected: build([], () => total(each((n) => square(w.at(n, 0))))),
          actual: build([], () => total([...left, held])),
        },
      ]
    },
  }),
  equivariance('opposite', {
    of: binarize,
    values: 'reals',
    title: 'weights of the other sign have the same magnitude and, but for zeros, opposite signs',
    kills: [bitsForSigns],
    inputs: ({ w }) => ({ w: changed(w, (value) => (value === 0 ? 0 : -value)) }),
    outputs: ({ signs }, { arithmetic: { negate }, inputs: { w } }) => ({
      signs: build(signs.shape, (n, d) => {
        const sign = signs.at(n, d)
        return w.data[n * signs.shape[1]! + d] === 0 ? sign : negate(sign)
      }),
    }),
  }),
  worked('by-hand', {
    of: binarize,
    title: 'weights with a zero among them, for all and a channel each',
    kills: [countsNonzero, zeroHasNoSign, zeroIsNegative, sharesMagnitude, rootMeanSquare],
    cases: [
      {
        inputs: { w: tensor([2, 2], [1, -3, 0, 2]) },
        parameters: { per: 'tensor' },
        gives: { signs: [1, -1, 1, 1], scales: [1.5] },
      },
      {
        inputs: { w: tensor([2, 2], [1, -3, 0, 2]) },
        parameters: { per: 'channel' },
        gives: { signs: [1, -1, 1, 1], scales: [0.5, 2.5] },
      },
    ],
  }),
  rejection('rejected', binarize, invalidities(binarize), {
    title: 'arrays of other shapes are rejected',
    kills: [takesAnyShape],
  }),
)

const productProperties = properties(
  binaryDot,
  agreement(binaryProduct, 'integers', {
    kills: [countsDiffering, countsAgreeing, oppositeSign, multipliesBits, countsPadding],
  }),
  law('same', {
    of: binaryProduct,
    title: 'bits with themselves give their number, and with their opposites its negative',
    kills: [countsDiffering, multipliesBits, countsPadding, oppositeSign],
    async holds({ answer, exact, inputs, sizes: { N, D } }) {
      const { shape, data } = inputs.a
      const a = { dtype: inputs.a.dtype, shape, data }
      const transposed = build([D, N], (d, n) => data[n * D + d]!)
      const { y } = await answer(binaryProduct, { a, b: transposed }, {})
      const opposite = changed(transposed, (bit) => 1 - bit)
      const { y: negative } = await answer(binaryProduct, { a, b: opposite }, {})
      const diagonal = <T>(of: { at(n: number, m: number): T }) => build([N], (n) => of.at(n!, n!))
      return [
        { label: 'with itself', expected: exact(build([N], () => D)), actual: diagonal(y) },
        {
          label: 'with its opposite',
          expected: exact(build([N], () => -D)),
          actual: diagonal(negative),
        },
      ]
    },
  }),
  equivariance('flipped', {
    of: binaryProduct,
    title: 'the other bits on one side give the opposite product',
    kills: [countsAgreeing, multipliesBits, countsDiffering],
    inputs: ({ a }) => ({ a: changed(a, (bit) => 1 - bit) }),
    outputs: ({ y }, { arithmetic: { negate } }) => ({ y: elementwise(y, negate) }),
  }),
  equivariance('order', {
    of: binaryProduct,
    title: 'the order of the bits changes nothing',
    kills: [ignoresLastBit],
    inputs: ({ a, b }) => {
      const [, D] = a.shape as [number, number]
      return {
        a: permuted(a, (n, d) => [n, D - 1 - d]),
        b: permuted(b, (d, m) => [D - 1 - d, m]),
      }
    },
  }),
  worked('by-hand', {
    of: binaryProduct,
    title: 'three bits of which one differs, and none',
    kills: [countsDiffering, countsAgreeing, multipliesBits],
    inputs: { a: tensor([1, 3], [1, 0, 1]), b: tensor([3, 2], [1, 1, 1, 0, 1, 1]) },
    gives: { y: [1, 3] },
  }),
  rejection('rejected', binaryProduct, invalidities(binaryProduct), {
    title: 'numbers that are no bits are rejected',
    kills: [acceptsAnyBit],
  }),
)

export const binaryProperties = [...scaleProperties, ...productProperties]
