import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  dequantize as dequantizeReference,
  quantize as quantizeReference,
} from '../../../reference/quantization/reduced-bits.ts'
import type { Sizes } from '../../../spec/language/operation.ts'
import { codeRange } from '../../../spec/quantization/codes.ts'
import { dequantize, quantize } from '../../../spec/quantization/reduced-bits.ts'
import { changed, permuted } from '../../kit/arrays.ts'
import { faultsOf, type Question } from '../../kit/faults.ts'
import { tensor } from '../../kit/tensor.ts'

const wrong = faultsOf(quantize, quantizeReference)
const wrongBack = faultsOf(dequantize, dequantizeReference)

const clip = (code: number, [low, high]: readonly [number, number]) =>
  Math.min(high, Math.max(low, code))

/** Rounds in another way: of the number of steps and the zero point, the code before it is clipped. */
function coding(code: (steps: number, zero: number) => number) {
  return ({ inputs: { x, scales, zeroPoints }, parameters }: Question<typeof quantize>) => {
    const channelOf = (d: number) => (parameters.per === 'tensor' ? 0 : d)
    const codes = build(x.shape, (n, d) => {
      const steps = x.at(n, d) / scales.at(channelOf(d))
      return clip(code(steps, zeroPoints.at(channelOf(d))), codeRange(parameters))
    })
    return { codes }
  }
}

const toEven = (v: number) => {
  const down = Math.floor(v)
  return v - down === 0.5 ? down + (Math.abs(down) % 2) : Math.round(v)
}

export const cutsOff = wrong.answer(
  'cuts off towards 0',
  coding((steps, zero) => Math.trunc(steps) + zero),
)

export const roundsAway = wrong.answer(
  'rounds halves away from 0',
  coding((steps, zero) => Math.sign(steps) * Math.round(Math.abs(steps)) + zero),
)

export const roundsUp = wrong.answer(
  'rounds halves up, as adding a half and cutting off does',
  coding((steps, zero) => Math.floor(steps + 0.5) + zero),
)

export const roundsSum = wrong.answer(
  'adds the zero point before it rounds, so that the sum is even',
  coding((steps, zero) => toEven(steps + zero)),
)

export const subtractsZero = wrong.answer(
  'takes the zero point away instead of adding it',
  coding((steps, zero) => toEven(steps) - zero),
)

export const clipsFirst = wrong.answer(
  'clips before it adds the zero point',
  ({ inputs: { x, scales, zeroPoints }, parameters }) => {
    const channelOf = (d: number) => (parameters.per === 'tensor' ? 0 : d)
    const codes = build(x.shape, (n, d) => {
      const steps = toEven(x.at(n, d) / scales.at(channelOf(d)))
      return clip(steps, codeRange(parameters)) + zeroPoints.at(channelOf(d))
    })
    return { codes }
  },
)

export const wrapsAround = wrong.answer(
  'keeps the lowest bits of what is outside of the range',
  ({ inputs: { x, scales, zeroPoints }, parameters }) => {
    const [low] = codeRange({ ...parameters, range: 'signed' })
    const count = 2 ** parameters.bits
    const least = parameters.range === 'unsigned' ? 0 : low
    const channelOf = (d: number) => (parameters.per === 'tensor' ? 0 : d)
    const codes = build(x.shape, (n, d) => {
      const steps = x.at(n, d) / scales.at(channelOf(d))
      const code = toEven(Math.max(-1e6, Math.min(1e6, steps))) + zeroPoints.at(channelOf(d))
      return ((((code - least) % count) + count) % count) + least
    })
    return { codes }
  },
)

export const oneCodeMore = wrong.answer(
  'has one code too many at the upper end',
  ({ inputs, parameters, right }) => {
    const [, high] = codeRange(parameters)
    const { codes } = right(inputs, { ...parameters, bits: parameters.bits + 1 })
    return { codes: changed(codes, (code) => clip(code, [codeRange(parameters)[0], high + 1])) }
  },
)

export const forgetsNarrow = wrong.parameters(
  'uses the least signed code in a narrow range',
  ({ range }) => ({ range: range === 'narrow' ? 'signed' : range }),
)

export const multiplies = wrong.inputs('multiplies by the scale', ({ scales }) => ({
  scales: changed(scales, (s) => 1 / s),
}))

/** The scale and the zero point of the first channel for all of them. */
const firstOfAll = <T extends { scales: NumberArray<number>; zeroPoints: NumberArray<number> }>({
  scales,
  zeroPoints,
}: T) => ({
  scales: permuted(scales, () => [0]),
  zeroPoints: permuted(zeroPoints, () => [0]),
})

export const oneScale = wrong.inputs('takes the first scale for every channel', firstOfAll)

/** Scales of rows in the place of those of columns, where there are enough of them. */
const alongRows = (shape: readonly number[], array: NumberArray<number>, { N, D }: Sizes) =>
  build(shape, (n) => array.at(Math.min(n, Math.min(N!, D!) - 1)))

export const scalesRows = wrong.answer(
  'takes rows for channels',
  ({ inputs: { x, scales, zeroPoints }, parameters, sizes, right }) => {
    if (parameters.per === 'tensor') return right({ x, scales, zeroPoints }, parameters)
    const columns = alongRows(x.shape, scales, sizes)
    const zeros = alongRows(x.shape, zeroPoints, sizes)
    const codes = build(x.shape, (n, d) =>
      clip(toEven(x.at(n, d) / columns.at(n, d)) + zeros.at(n, d), codeRange(parameters)),
    )
    return { codes }
  },
)

const anything = () => ({ codes: tensor([1, 1], [0]), x: tensor([1, 1], [0]) })

export const acceptsAnyScale = wrong.accepts('divides by whatever it is given', () => ({
  codes: anything().codes,
}))

export const forgetsZero = wrongBack.inputs('ignores the zero point', ({ zeroPoints }) => ({
  zeroPoints: changed(zeroPoints, () => 0),
}))

export const addsZero = wrongBack.inputs('adds the zero point', ({ zeroPoints }) => ({
  zeroPoints: changed(zeroPoints, (z) => -z),
}))

export const wrapsDifference = wrongBack.answer(
  'takes the difference of code and zero point in the bits of a code',
  ({ inputs: { codes, scales, zeroPoints }, parameters }) => {
    const channelOf = (d: number) => (parameters.per === 'tensor' ? 0 : d)
    const count = 2 ** parameters.bits
    const wrapped = (v: number) => ((((v + count / 2) % count) + count) % count) - count / 2
    const x = build(codes.shape, (n, d) => {
      const z = zeroPoints.at(channelOf(d))
      return scales.at(channelOf(d)) * wrapped(codes.at(n, d) - z)
    })
    return { x }
  },
)

export const oneScaleBack = wrongBack.inputs('takes the first scale for every channel', firstOfAll)

export const dividesBack = wrongBack.inputs('divides by the scale', ({ scales }) => ({
  scales: changed(scales, (s) => 1 / s),
}))

export const middleOfStep = wrongBack.answer(
  'gives the middle between a code and the next',
  ({ inputs, parameters, right }) => {
    const { x } = right(inputs, parameters)
    const { scales } = inputs
    const half = (d: number) => scales.at(parameters.per === 'tensor' ? 0 : d) / 2
    return { x: build(x.shape, (n, d) => x.at(n, d) + half(d)) }
  },
)

export const acceptsAnyCode = wrongBack.accepts('accepts codes outside of their range', () => ({
  x: anything().x,
}))
