import { build, elementwise } from '../../../reference/arithmetic/array.ts'
import { integer } from '../../../spec/language/parameter.ts'
import {
  integerMatmul,
  integerProduct,
  quantizedMatmul,
  requantizing,
} from '../../../spec/quantization/integer-matmul.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreement } from '../../kit/agreement.ts'
import { changed, filled, permuted, plain, scalar } from '../../kit/arrays.ts'
import { truths } from '../../kit/claims.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { nothing, withParameters } from '../../kit/spaces.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  acceptsAnyCodes,
  acceptsZeroScale,
  addsZeros,
  cutsSteps,
  firstScale,
  firstZero,
  forgetsBoth,
  forgetsScaleA,
  forgetsZeroA,
  forgetsZeroB,
  forgetsZeroY,
  multipliesByScale,
  readsSigned,
  roundsAwayFromZero,
  sumsInSingle,
  sumsInSixteenBits,
  swapsRanges,
  wrapsCodes,
} from './integer-matmul-faults.ts'

const bytes = { bits: 8, rangeA: 'unsigned', rangeB: 'unsigned', per: 'tensor' } as const
const noZeros = { zeroA: tensor([], [0]), zerosB: tensor([1], [0]) }

const productProperties = properties(
  integerProduct,
  agreement(integerMatmul, 'integers', {
    kills: [forgetsZeroA, forgetsZeroB, forgetsBoth, firstZero, readsSigned, sumsInSixteenBits],
  }),
  agreement(integerMatmul, 'reals', {
    title: 'quantization.integerMatmul equals the reference to the bit: nothing is rounded',
    kills: [addsZeros, swapsRanges, sumsInSixteenBits],
  }),
  law('beyond-float32', {
    of: withParameters(nothing, {
      terms: integer({ min: 300, upTo: 700 }),
      first: integer({ min: 0, upTo: 255 }),
    }),
    asks: [integerMatmul],
    title: 'sums beyond 2^24 are exact, or the nearest number of float32',
    kills: [sumsInSingle],
    share: 0.2,
    async holds({ answer, arithmetic, exact, judgedBy, parameters: { terms, first } }) {
      const a = build([1, terms], (_, d) => (d === 0 ? first : 255))
      const asked = { a, b: filled([terms, 1], 255), ...noZeros }
      const { y } = await answer(integerMatmul, asked, bytes)
      const sum = 255 * first + 255 * 255 * (terms - 1)
      const given = arithmetic.toNumber(y.at(0, 0))
      // Formats with fewer digits, or that end before, have no number for it.
      if (judgedBy.precision === 'float16' || judgedBy.precision === 'bfloat16') {
        return [{ label: 'y', expected: exact(filled([1, 1], sum)), actual: y }]
      }
      return [truths(arithmetic, 'the sum', given === sum || given === Math.fround(sum))]
    },
  }),
  equivariance('moved-zero', {
    of: integerMatmul,
    title: 'codes of samples and their zero point moved together change nothing',
    kills: [forgetsZeroA, addsZeros],
    toTheBit: true,
    inputs: ({ a, zeroA }, { parameters: { bits, rangeA } }) => {
      const high = rangeA === 'unsigned' ? 2 ** bits - 1 : 2 ** (bits - 1) - 1
      const low = high - 2 ** bits + 1
      const least = Math.min(zeroA.at(), ...a.data)
      const most = Math.max(zeroA.at(), ...a.data)
      const by = most < high ? high - most : low - least
      return { a: changed(a, (code) => code + by), zeroA: scalar(zeroA.at() + by) }
    },
  }),
  equivariance('order', {
    of: integerMatmul,
    title: 'the order of the terms changes nothing',
    kills: [sumsInSixteenBits],
    toTheBit: true,
    inputs: ({ a, b }) => {
      const [, D] = a.shape as [number, number]
      return {
        a: permuted(a, (n, d) => [n, D - 1 - d]),
        b: permuted(b, (d, m) => [D - 1 - d, m]),
      }
    },
  }),
  worked('by-hand', {
    of: integerMatmul,
    title: 'zero points of both sides, and the largest product of bytes',
    kills: [forgetsBoth, forgetsZeroB, sumsInSixteenBits],
    cases: [
      {
        says: 'both zero points',
        inputs: {
          a: tensor([1, 2], [3, 5]),
          b: tensor([2, 1], [2, 7]),
          zeroA: tensor([], [1]),
          zerosB: tensor([1], [2]),
        },
        parameters: bytes,
        gives: { y: [20] },
      },
      {
        says: '2 · 255²',
        inputs: { a: tensor([1, 2], [255, 255]), b: tensor([2, 1], [255, 255]), ...noZeros },
        parameters: bytes,
        gives: { y: [130050] },
      },
      {
        says: '255 and −255 from one end to the other',
        inputs: {
          a: tensor([1, 1], [127]),
          b: tensor([1, 2], [-128, 127]),
          zeroA: tensor([], [-128]),
          zerosB: tensor([2], [127, -128]),
        },
        parameters: { bits: 8, rangeA: 'signed', rangeB: 'signed', per: 'channel' },
        gives: { y: [-65025, 65025] },
      },
    ],
  }),
  rejection('rejected', integerMatmul, invalidities(integerMatmul), {
    title: 'codes and zero points outside of their ranges, and sizes that differ, are rejected',
    kills: [acceptsAnyCodes],
  }),
)

const requantizingProperties = properties(
  requantizing,
  agreement(quantizedMatmul, 'integers', {
    kills: [forgetsScaleA, multipliesByScale, firstScale, forgetsZeroY],
  }),
  agreement(quantizedMatmul, 'reals', {
    title:
      'quantization.quantizedMatmul equals the reference to the bit wherever rounding does not decide',
    kills: [forgetsScaleA, multipliesByScale, forgetsZeroY, wrapsCodes],
  }),
  law('fitted', {
    of: quantizedMatmul,
    asks: [integerMatmul, quantizedMatmul],
    values: 'reals',
    title: 'with a scale that fits the product, codes are those of it, rounded',
    kills: [cutsSteps, forgetsScaleA, firstScale],
    async holds({ answer, arithmetic, expected, inputs, parameters }) {
      const { a, b, zeroA, zerosB, scaleA, scalesB } = inputs
      const { rangeY: _, ...ofProduct } = parameters
      const { y } = await answer(integerMatmul, { a, b, zeroA, zerosB }, ofProduct)
      const largest = Math.max(...y.data.map((sum) => Math.abs(arithmetic.toNumber(sum))))
      const widest = Math.max(...scalesB.data) * scaleA.data[0]!
      const fitting = Math.fround((widest * Math.max(1, largest)) / 2 ** (parameters.bits - 1))
      const scaleY = scalar(fitting >= 2 ** -126 && fitting < 2 ** 126 ? fitting : 1)
      const asked = { ...inputs, scaleY }
      const { codes } = await answer(quantizedMatmul, asked, parameters)
      const right = expected(quantizedMatmul, asked, parameters)
      return [{ label: 'codes', expected: right.codes, actual: codes }]
    },
  }),
  equivariance('scales-together', {
    of: quantizedMatmul,
    title: 'four times the scale of the samples and of the product changes nothing',
    kills: [multipliesByScale, forgetsScaleA],
    toTheBit: true,
    inputs: ({ scaleA, scaleY }) => ({
      scaleA: changed(scaleA, (s) => 4 * s),
      scaleY: changed(scaleY, (s) => 4 * s),
    }),
  }),
  law('one-factor', {
    of: integerMatmul,
    asks: [quantizedMatmul, integerMatmul],
    title: 'with scales of 1, the codes are the product itself, held within their range',
    kills: [wrapsCodes, forgetsZeroY],
    async holds({ answer, arithmetic, exact, inputs, parameters }) {
      const { y } = await answer(integerMatmul, inputs, parameters)
      const one = scalar(1)
      const ones = changed(inputs.zerosB, () => 1)
      const scales = { scaleA: one, scalesB: ones, scaleY: one, zeroY: scalar(1) }
      const asked = { ...parameters, rangeY: 'unsigned' } as const
      const { codes } = await answer(quantizedMatmul, { ...inputs, ...scales }, asked)
      const high = 2 ** parameters.bits - 1
      const held = elementwise(y, (sum) =>
        Math.min(high, Math.max(0, arithmetic.toNumber(sum) + 1)),
      )
      return [{ label: 'codes', expected: exact(plain(held)), actual: codes }]
    },
  }),
  worked('by-hand', {
    of: quantizedMatmul,
    title: 'halves go to even, before the zero point is added',
    kills: [roundsAwayFromZero, cutsSteps],
    cases: [
      [2, 3],
      [6, 5],
      [10, 5],
      [255, 67],
    ].map(([sum, code]) => ({
      says: `${sum} / 4, from 3 on`,
      inputs: {
        a: tensor([1, 1], [1]),
        b: tensor([1, 1], [sum!]),
        ...noZeros,
        scaleA: tensor([], [1]),
        scalesB: tensor([1], [1]),
        scaleY: tensor([], [4]),
        zeroY: tensor([], [3]),
      },
      parameters: { ...bytes, rangeY: 'unsigned' } as const,
      gives: { codes: [code!] },
    })),
  }),
  worked('ends', {
    of: quantizedMatmul,
    title: 'a product beyond the codes becomes their nearest end',
    kills: [wrapsCodes],
    inputs: {
      a: tensor([1, 1], [127]),
      b: tensor([1, 2], [127, -128]),
      ...noZeros,
      scaleA: tensor([], [1]),
      scalesB: tensor([1], [0.5]),
      scaleY: tensor([], [2]),
      zeroY: tensor([], [-1]),
    },
    parameters: { bits: 8, rangeA: 'signed', rangeB: 'signed', rangeY: 'signed', per: 'tensor' },
    gives: { codes: [127, -128] },
  }),
  rejection('rejected', quantizedMatmul, invalidities(quantizedMatmul), {
    title: 'scales that are not above 0, and codes outside of their ranges, are rejected',
    kills: [acceptsZeroScale],
  }),
)

export const integerMatmulProperties = [...productProperties, ...requantizingProperties]
