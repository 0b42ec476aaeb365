import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  integerMatmul as productReference,
  quantizedMatmul as reference,
} from '../../../reference/quantization/integer-matmul.ts'
import { codeRange } from '../../../spec/quantization/codes.ts'
import { integerMatmul, quantizedMatmul } from '../../../spec/quantization/integer-matmul.ts'
import { changed, permuted } from '../../kit/arrays.ts'
import { faultsOf, type Question } from '../../kit/faults.ts'
import { tensor } from '../../kit/tensor.ts'

const wrong = faultsOf(integerMatmul, productReference)
const wrongCodes = faultsOf(quantizedMatmul, reference)

const none = (array: NumberArray<number>) => changed(array, () => 0)
const negative = (array: NumberArray<number>) => changed(array, (value) => -value)
const first = (array: NumberArray<number>) => permuted(array, () => [0])

export const forgetsZeroA = wrong.inputs('ignores the zero point of the samples', ({ zeroA }) => ({
  zeroA: none(zeroA),
}))

export const forgetsZeroB = wrong.inputs(
  'ignores the zero points of the weights',
  ({ zerosB }) => ({
    zerosB: none(zerosB),
  }),
)

export const forgetsBoth = wrong.outputs(
  'takes the sums of rows and columns away, and does not add the product of the zero points',
  ({ y }, { inputs: { zeroA, zerosB }, parameters: { per }, sizes: { D } }) => ({
    y: build(y.shape, (n, m) => {
      const zeroB = zerosB.at(per === 'tensor' ? 0 : m)
      return y.at(n, m) - D! * zeroA.at() * zeroB
    }),
  }),
)

export const addsZeros = wrong.inputs('adds the zero points', ({ zeroA, zerosB }) => ({
  zeroA: negative(zeroA),
  zerosB: negative(zerosB),
}))

export const firstZero = wrong.inputs(
  'takes the first zero point for every unit',
  ({ zerosB }) => ({
    zerosB: first(zerosB),
  }),
)

/** Sums of products, each rounded to a type. */
const summing =
  (keep: (sum: number) => number) =>
  ({
    inputs: { a, b, zeroA, zerosB },
    parameters: { per },
    sizes: { N, D, M },
  }: Question<typeof integerMatmul>) => ({
    y: build([N!, M!], (n, m) => {
      let sum = 0
      for (let d = 0; d < D!; d++) {
        const left = a.at(n, d) - zeroA.at()
        sum = keep(sum + left * (b.at(d, m) - zerosB.at(per === 'tensor' ? 0 : m)))
      }
      return sum
    }),
  })

export const sumsInSixteenBits = wrong.answer(
  'adds up in sixteen bits, which end at 32767',
  summing((sum) => Math.max(-32768, Math.min(32767, sum))),
)

export const sumsInSingle = wrong.answer('adds up in single precision', summing(Math.fround))

export const readsSigned = wrong.inputs(
  'reads codes that are not signed as signed ones',
  ({ a }, { parameters: { bits, rangeA } }) => ({
    a: changed(a, (code) =>
      rangeA === 'unsigned' && code >= 2 ** (bits - 1) ? code - 2 ** bits : code,
    ),
  }),
)

export const swapsRanges = wrong.inputs(
  'reads weights in the range of the samples',
  ({ b }, { parameters: { bits, rangeA } }) => {
    const [low, high] = codeRange({ bits, range: rangeA })
    return { b: changed(b, (code) => Math.min(high, Math.max(low, code))) }
  },
)

export const acceptsAnyCodes = wrong.accepts('accepts codes outside of their range', () => ({
  y: tensor([1, 1], [0]),
}))

export const forgetsScaleA = wrongCodes.inputs(
  'leaves the scale of the samples out',
  ({ scaleA }) => ({ scaleA: changed(scaleA, () => 1) }),
)

export const multipliesByScale = wrongCodes.inputs(
  'multiplies by the scale of the product',
  ({ scaleY }) => ({ scaleY: changed(scaleY, (s) => 1 / s) }),
)

export const firstScale = wrongCodes.inputs(
  'takes the first scale for every unit',
  ({ scalesB }) => ({
    scalesB: first(scalesB),
  }),
)

export const forgetsZeroY = wrongCodes.inputs(
  'ignores the zero point of the product',
  ({ zeroY }) => ({
    zeroY: none(zeroY),
  }),
)

/** Codes as they come out where the number of steps is made whole in another way. */
const coding =
  (
    code: (steps: number, zero: number) => number,
    end: (code: number, ends: readonly [number, number]) => number = clip,
  ) =>
  (question: Question<typeof quantizedMatmul>) => {
    const { inputs, parameters, sizes } = question
    const { a, b, zeroA, zerosB, scaleA, scalesB, scaleY, zeroY } = inputs
    const { bits, rangeY, per } = parameters
    const ends = codeRange({ bits, range: rangeY })
    const { y } = summing((sum) => sum)({
      ...question,
      inputs: { a, b, zeroA, zerosB },
    } as never)
    return {
      codes: build([sizes.N!, sizes.M!], (n, m) => {
        const factor = scaleA.at() * scalesB.at(per === 'tensor' ? 0 : m)
        return end(code((factor * y.at(n, m)) / scaleY.at(), zeroY.at()), ends)
      }),
    }
  }

const clip = (code: number, [low, high]: readonly [number, number]) =>
  Math.min(high, Math.max(low, code))

export const roundsAwayFromZero = wrongCodes.answer(
  'rounds halves away from 0, as fixed-point kernels do',
  coding((steps, zero) => Math.sign(steps) * Math.round(Math.abs(steps)) + zero),
)

export const cutsSteps = wrongCodes.answer(
  'cuts off what is less than a step',
  coding((steps, zero) => Math.trunc(steps) + zero),
)

export const wrapsCodes = wrongCodes.answer(
  'keeps the lowest bits of what is outside of the range',
  coding(
    (steps, zero) => {
      const down = Math.floor(Math.max(-1e9, Math.min(1e9, steps)))
      const nearest = steps - down === 0.5 ? down + (Math.abs(down) % 2) : Math.round(steps)
      return Math.max(-1e9, Math.min(1e9, nearest)) + zero
    },
    (code, [low, high]) => {
      const count = high - low + 1
      return ((((code - low) % count) + count) % count) + low
    },
  ),
)

export const acceptsZeroScale = wrongCodes.accepts('divides by whatever it is given', () => ({
  codes: tensor([1, 1], [0]),
}))
