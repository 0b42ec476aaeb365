import { elementwise } from '../../../reference/arithmetic/array.ts'
import {
  decodeHalf as decodeReference,
  encodeHalf as encodeReference,
} from '../../../reference/quantization/formats.ts'
import { decodeHalf, encodeHalf, halfFormats } from '../../../spec/quantization/formats.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'
import { tensor } from '../../kit/tensor.ts'

const wrong = faultsOf(encodeHalf, encodeReference)
const wrongBack = faultsOf(decodeHalf, decodeReference)

const top = 2 ** 15
type Format = keyof typeof halfFormats
const infinityOf = (format: Format) => {
  const { fraction, least, most } = halfFormats[format]
  return 2 ** fraction * (most - least + 2)
}

/** How many steps of its format a finite number is, and the code below it. */
function stepsOf(x: number, format: Format) {
  const { fraction, least } = halfFormats[format]
  const e = Math.max(least, Math.floor(Math.log2(Math.abs(x))))
  const steps = Math.abs(x) / 2 ** (e - fraction)
  const base = 2 ** fraction * (e - least) + (x < 0 || Object.is(x, -0) ? top : 0)
  return { steps, base }
}

/** Rounds a number that the format has room for in another way. */
const rounding = (name: string, round: (steps: number) => number) =>
  wrong.answer(name, ({ inputs, parameters, right }) => {
    const { codes } = right(inputs, parameters)
    const infinity = infinityOf(parameters.format)
    return {
      codes: changed(codes, (code, at) => {
        const x = inputs.x.data[at]!
        if (!Number.isFinite(x) || x === 0 || code % top >= infinity) return code
        const { steps, base } = stepsOf(x, parameters.format)
        return base + round(steps)
      }),
    }
  })

export const cutsBits = rounding('cuts off the bits that it has no room for', Math.floor)

export const halvesUp = rounding('rounds halves up', (steps) => Math.floor(steps + 0.5))

export const flushesSubnormals = wrong.outputs(
  'has no subnormal numbers',
  ({ codes }, { parameters: { format } }) => ({
    codes: changed(codes, (code) =>
      code % top < 2 ** halfFormats[format].fraction ? code - (code % top) : code,
    ),
  }),
)

export const saturates = wrong.outputs(
  'ends at the largest number instead of infinity',
  ({ codes }, { parameters: { format } }) => ({
    codes: changed(codes, (code) => (code % top === infinityOf(format) ? code - 1 : code)),
  }),
)

export const losesNegativeZero = wrong.outputs('gives 0 for −0', ({ codes }) => ({
  codes: changed(codes, (code) => (code === top ? 0 : code)),
}))

export const losesNaN = wrong.outputs(
  'lets a NaN become infinite, of which the upper bits are the same',
  ({ codes }, { inputs: { x }, parameters: { format } }) => ({
    codes: changed(codes, (code, at) => (Number.isNaN(x.data[at]!) ? infinityOf(format) : code)),
  }),
)

export const otherFormat = wrong.parameters('takes bfloat16 for half precision', () => ({
  format: 'float16',
}))

export const ignoresSign = wrong.outputs('forgets the sign', ({ codes }) => ({
  codes: changed(codes, (code) => code % top),
}))

export const acceptsAnyFormat = wrong.accepts('takes any format for half precision', () => ({
  codes: tensor([1], [0]),
}))

export const hidesInSubnormals = wrongBack.outputs(
  'reads a leading 1 into subnormal numbers',
  ({ x }, { inputs: { codes }, parameters: { format } }) => {
    const { fraction, least } = halfFormats[format]
    return {
      x: changed(x, (value, at) => {
        const size = codes.data[at]! % top
        return size < 2 ** fraction && size > 0
          ? Math.sign(value) * 2 ** (least - 1) * (1 + size / 2 ** fraction)
          : value
      }),
    }
  },
)

export const offByOneExponent = wrongBack.outputs(
  'takes an exponent that is off by one',
  ({ x }) => ({ x: elementwise(x, (value) => 2 * value) }),
)

export const goesOnAfterInfinity = wrongBack.outputs(
  'takes the last exponent for one more of normal numbers',
  ({ x }, { inputs: { codes }, parameters: { format } }) => {
    const { fraction, most } = halfFormats[format]
    const infinity = infinityOf(format)
    return {
      x: changed(x, (value, at) => {
        const code = codes.data[at]!
        const size = code % top
        if (format !== 'float16' || size < infinity) return value
        const number = 2 ** (most + 1) * (1 + (size - infinity) / 2 ** fraction)
        return code >= top ? -number : number
      }),
    }
  },
)

export const forgetsSign = wrongBack.outputs('forgets the sign', ({ x }) => ({
  x: elementwise(x, Math.abs),
}))

export const otherFormatBack = wrongBack.parameters('takes bfloat16 for half precision', () => ({
  format: 'float16',
}))

export const acceptsAnyBits = wrongBack.accepts('takes more than sixteen bits', () => ({
  x: tensor([1], [0]),
}))
