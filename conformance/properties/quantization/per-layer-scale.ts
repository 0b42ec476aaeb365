import { build } from '../../../reference/arithmetic/array.ts'
import { formats } from '../../../reference/arithmetic/precision.ts'
import { scaleOfLayer, symmetricScale } from '../../../spec/quantization/per-layer-scale.ts'
import { dequantize, quantize } from '../../../spec/quantization/reduced-bits.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreement } from '../../kit/agreement.ts'
import { changed, filled, numbers, zeros } from '../../kit/arrays.ts'
import { between } from '../../kit/between.ts'
import { truths } from '../../kit/claims.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  acceptsOneBit,
  dividesByAllCodes,
  dividesByCount,
  largestOfPositive,
  sharesScale,
  zeroForZeros,
  zeroScaleGrows,
} from './per-layer-scale-faults.ts'
import { cutsOff, middleOfStep, multiplies } from './reduced-bits-faults.ts'

const bytes = { bits: 8, range: 'signed', per: 'tensor' } as const
const threeBits = { bits: 3, range: 'narrow', per: 'tensor' } as const
const noZero = { zeroPoints: tensor([1], [0]) }

/** The scale of numbers that are next to nothing is too small to divide by. */
const withoutTiny = (value: number) => (Math.abs(value) < 2 ** -100 ? 0 : value)

export const perLayerScaleProperties = properties(
  scaleOfLayer,
  agreement(symmetricScale, 'integers', {
    title: 'quantization.symmetricScale equals the reference, on small integers within a rounding',
    kills: [dividesByCount, dividesByAllCodes, largestOfPositive, sharesScale, zeroForZeros],
  }),
  agreement(symmetricScale, 'reals', {
    kills: [dividesByCount, largestOfPositive, sharesScale],
  }),
  law('reaches', {
    of: symmetricScale,
    asks: [symmetricScale, quantize],
    values: 'reals',
    title: 'no number is off by more than half a step, and the largest has the last code',
    kills: [dividesByCount, dividesByAllCodes, largestOfPositive, cutsOff],
    async holds({ answer, arithmetic, exact, inputs, judgedBy, parameters, sizes: { N, D } }) {
      const { divide, subtract, toNumber } = arithmetic
      const w = changed(inputs.w, withoutTiny)
      const { scales } = await answer(symmetricScale, { w }, parameters)
      const given = numbers(arithmetic, scales)
      const asked = { x: w, scales: given, zeroPoints: zeros(given.shape) }
      const coding = { ...parameters, range: 'narrow' } as const
      const { codes } = await answer(quantize, asked, coding)
      const channelOf = (d: number) => (parameters.per === 'tensor' ? 0 : d)
      const off = build([N, D], (n, d) => {
        const steps = divide(exact(w).at(n, d), exact(given).at(channelOf(d)))
        return subtract(codes.at(n, d), steps)
      })
      // The quotient that was rounded may itself be off, by what the implementation declares.
      const ulp = 2 ** (1 - formats[judgedBy.precision].bits)
      const half = filled([N, D], 0.5 + judgedBy.profile.divide(2 ** (parameters.bits - 1), ulp))
      const largest = Math.max(...codes.data.map((code) => Math.abs(toNumber(code))))
      const isZero = w.data.every((value) => value === 0)
      return [
        between(
          arithmetic,
          'codes less quotients',
          off,
          exact(changed(half, (v) => -v)),
          exact(half),
        ),
        truths(
          arithmetic,
          'the last code is in use',
          isZero ? largest === 0 : largest === 2 ** (parameters.bits - 1) - 1,
        ),
      ]
    },
  }),
  equivariance('multiplied', {
    of: symmetricScale,
    title: 'a layer that is 2^-40 times as large has scales that are, but for zeros',
    kills: [zeroScaleGrows],
    inputs: ({ w }) => ({ w: changed(w, (value) => 2 ** -40 * value) }),
    outputs: (
      { scales },
      { arithmetic: { exact, multiply }, inputs: { w }, parameters, sizes },
    ) => {
      const isZero = (d: number) =>
        w.data.every((value, at) => {
          const isHere = parameters.per === 'tensor' || at % sizes.D! === d
          return !isHere || value === 0
        })
      return {
        scales: build(scales.shape, (d) =>
          isZero(d) ? scales.at(d) : multiply(exact(2 ** -40), scales.at(d)),
        ),
      }
    },
  }),
  law('error', {
    of: symmetricScale,
    asks: [symmetricScale, quantize, dequantize],
    values: 'reals',
    title: 'what the codes stand for is the code times the scale of its layer',
    kills: [middleOfStep],
    share: 0.3,
    async holds({ answer, arithmetic, expected, inputs, parameters }) {
      const w = changed(inputs.w, withoutTiny)
      const { scales } = await answer(symmetricScale, { w }, parameters)
      const given = { scales: numbers(arithmetic, scales), zeroPoints: zeros(scales.shape) }
      const coding = { ...parameters, range: 'narrow' } as const
      const { codes } = await answer(quantize, { ...given, x: w }, coding)
      const asked = { ...given, codes: numbers(arithmetic, codes) }
      const { x } = await answer(dequantize, asked, coding)
      const right = expected(dequantize, asked, coding)
      return [{ label: 'x', expected: right.x, actual: x }]
    },
  }),
  worked('E-31', {
    of: quantize,
    title: 'a larger scale holds larger numbers and loses smaller ones',
    kills: [multiplies, cutsOff],
    cases: [1, 2].map((scale) => ({
      says: `scale ${scale}`,
      inputs: { x: tensor([1, 2], [200, 0.6]), scales: tensor([1], [scale]), ...noZero },
      parameters: bytes,
      gives: { codes: scale === 1 ? [127, 1] : [100, 0] },
    })),
  }),
  worked('smaller-scale', {
    of: quantize,
    title:
      'of 2 and 1.1 in three bits, 1.1 has a nearer code with scale 1 than with its own, 2 / 3',
    kills: [cutsOff, multiplies],
    cases: [
      {
        says: 'scale 1: 1.1 becomes 1',
        inputs: { x: tensor([1, 2], [2, 1.1]), scales: tensor([1], [1]), ...noZero },
        parameters: threeBits,
        gives: { codes: [2, 1] },
      },
      {
        says: 'scale 2 / 3: 1.1 becomes 4 / 3',
        inputs: { x: tensor([1, 2], [2, 1.1]), scales: tensor([1], [2 / 3]), ...noZero },
        parameters: threeBits,
        gives: { codes: [3, 2] },
      },
    ],
  }),
  worked('by-hand', {
    of: symmetricScale,
    title: 'the largest magnitude over 3, 7 or 127, and 1 for zeros',
    kills: [dividesByCount, largestOfPositive, zeroForZeros, sharesScale],
    cases: [
      { bits: 3, gives: [2, 1, 1] },
      { bits: 4, gives: [6 / 7, 3 / 7, 1] },
      { bits: 8, gives: [6 / 127, 3 / 127, 1] },
    ].map(({ bits, gives }) => ({
      says: `${bits} bits`,
      inputs: { w: tensor([2, 3], [2, 3, 0, -6, 1, 0]) },
      parameters: { bits, per: 'channel' } as const,
      gives: { scales: gives },
    })),
  }),
  rejection('rejected', symmetricScale, invalidities(symmetricScale), {
    title: 'one bit, for which there is no symmetric scale, is rejected',
    kills: [acceptsOneBit],
  }),
)
