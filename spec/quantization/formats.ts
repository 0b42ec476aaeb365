import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  free,
  operation,
  type Parameters,
  ranged,
  whole,
} from '../language/operation.ts'
import { choice } from '../language/parameter.ts'
import { bfloat16Format, ieee754 } from './publications.ts'

/** What a format of two bytes has: bits behind the point, and the least and the largest exponent. */
export interface HalfFormat {
  readonly fraction: number
  readonly least: number
  readonly most: number
}

/** IEEE 754-2019, table 3.5; bfloat16 has the exponents of binary32. */
export const halfFormats = {
  float16: { fraction: 10, least: -14, most: 15 },
  bfloat16: { fraction: 7, least: -126, most: 127 },
} as const satisfies Readonly<Record<string, HalfFormat>>

const dimensions = { P: free(1, 12, 'parameters') }
const parameters = { format: choice('float16', 'bfloat16') }

const formatOf = ({ format }: Parameters): HalfFormat =>
  halfFormats[format as keyof typeof halfFormats]

function anyNumber({ inputs }: CaseView, holds: (size: number) => boolean): boolean {
  return Array.from(inputs.x!.data).some((x) => holds(Math.abs(x)))
}

/** The bits of numbers in a format of two bytes. */
export const encodeHalf = operation({
  id: 'quantization.encodeHalf',
  title: 'Conversion to a format of two bytes',
  level: 'core',
  dimensions,
  inputs: { x: array('the numbers', 'P') },
  parameters,
  usual: [{ parameters: { format: 'float16' } }, { parameters: { format: 'bfloat16' } }],
  outputs: { codes: ranged([0, 65535], array('the sixteen bits, read as a number', 'P')) },
  classes: {
    'half precision': (the: CaseView) => the.parameters.format === 'float16',
    bfloat16: (the: CaseView) => the.parameters.format === 'bfloat16',
    'negative zero': ({ inputs }: CaseView) =>
      Array.from(inputs.x!.data).some((x) => Object.is(x, -0)),
    'subnormal there': (the: CaseView) => {
      const { fraction, least } = formatOf(the.parameters)
      return anyNumber(the, (size) => size < 2 ** least && size > 2 ** (least - fraction - 1))
    },
    'smaller than all but 0': (the: CaseView) => {
      const { fraction, least } = formatOf(the.parameters)
      return anyNumber(the, (size) => size > 0 && size < 2 ** (least - fraction - 1))
    },
    'beyond the largest number': (the: CaseView) =>
      anyNumber(the, (size) => size >= 2 ** (formatOf(the.parameters).most + 1)),
  },
})

const fields = ({ inputs, parameters: given }: CaseView) => {
  const { fraction } = formatOf(given)
  return Array.from(inputs.codes!.data, (code) => {
    const size = code % 32768
    return { exponent: Math.floor(size / 2 ** fraction), rest: size % 2 ** fraction, code }
  })
}
const topOf = ({ least, most }: HalfFormat) => most - least + 2

/** The numbers that the bits of a format of two bytes stand for. */
export const decodeHalf = operation({
  id: 'quantization.decodeHalf',
  title: 'Numbers of a format of two bytes',
  level: 'core',
  dimensions,
  inputs: { codes: whole([0, 65535], 'the sixteen bits, read as a number', 'P') },
  parameters,
  usual: [{ parameters: { format: 'float16' } }, { parameters: { format: 'bfloat16' } }],
  outputs: { x: array('the numbers', 'P') },
  classes: {
    'half precision': (the: CaseView) => the.parameters.format === 'float16',
    bfloat16: (the: CaseView) => the.parameters.format === 'bfloat16',
    negative: (the: CaseView) => fields(the).some(({ code }) => code >= 32768),
    'a subnormal number': (the: CaseView) =>
      fields(the).some(({ exponent, rest }) => exponent === 0 && rest > 0),
    'a normal number': (the: CaseView) =>
      fields(the).some(
        ({ exponent }) => exponent > 0 && exponent < topOf(formatOf(the.parameters)),
      ),
    'not a number': (the: CaseView) =>
      fields(the).some(
        ({ exponent, rest }) => exponent === topOf(formatOf(the.parameters)) && rest > 0,
      ),
  },
})

const symbols = String.raw`f = 10,\ e_{\min} = -14,\ e_{\max} = 15 \text{ (float16)},\qquad f = 7,\ e_{\min} = -126,\ e_{\max} = 127 \text{ (bfloat16)}`

export const decoding = clause({
  id: 'quantization.fp16-format.decode',
  title: 'Sixteen bits are a sign, an exponent and a fraction',
  kind: 'formula',
  operations: [decodeHalf],
  statement:
    'Of the sixteen bits, the first is the sign, the last $f$ are the fraction $m$, and those between are the exponent $E$. With $E = 0$ a number is subnormal, without the leading 1; with all bits of $E$ set it is infinite where the fraction is 0, and not a number otherwise. The largest float16 is 65504, its least normal number $2^{-14}$, its least number $2^{-24}$.',
  formula: String.raw`x = (-1)^{s} \cdot \begin{cases} 2^{e_{\min}} \cdot m / 2^{f} & E = 0 \\ 2^{E - 1 + e_{\min}} (1 + m / 2^{f}) & 0 < E \le e_{\max} - e_{\min} + 1 \\ \infty & m = 0 \\ \mathrm{NaN} & m > 0 \end{cases},\qquad ${symbols}`,
  domain:
    'All 65536 codes. Numbers below $2^{-126}$, which only bfloat16 has, may be flushed to zero where they are answered in float32.',
  conventions: [
    {
      choice: 'A NaN is a NaN, whatever its sign and its fraction.',
      others: 'Hardware keeps the bits of its fraction, and tells quiet ones from signalling ones.',
    },
  ],
  source: {
    notes: [[276, 276]],
    publications: [
      { ...ieee754, where: 'section 3.4 and table 3.5' },
      { ...bfloat16Format, where: 'the bfloat16 format' },
    ],
  },
  errata: [],
})

export const encoding = clause({
  id: 'quantization.fp16-format.encode',
  title: 'A number becomes the nearest one of its format, of two the even one',
  kind: 'formula',
  operations: [encodeHalf, decodeHalf],
  statement:
    'A number is rounded to the nearest one that the format has, and halfway between two to the one whose last bit is 0; subnormal numbers are no exception. From half a step beyond the largest number on it is infinite: 65520 in float16. A NaN stays one, whichever of its bits are set. Each code that is no NaN is the code of the number it stands for. Of a number within the normal range the error is at most $2^{-f-1}$ of it, below at most half of the least number.',
  formula: String.raw`|x| \mapsto 2^{e - f}\, \mathrm{round}\bigl(|x| / 2^{e - f}\bigr),\quad e = \max(e_{\min}, \lfloor \log_2 |x| \rfloor),\qquad \text{code} = 2^{15} s + 2^{f} (e - e_{\min}) + \mathrm{round}\bigl(|x| / 2^{e - f}\bigr),\qquad ${symbols}`,
  domain:
    'All numbers of float32, zeros of both signs, infinities and NaN. Those below $2^{-126}$ may count as zero.',
  conventions: [
    {
      choice: 'Halfway cases go to the even code, in bfloat16 as well.',
      others:
        'Code that keeps the upper two bytes of a float32 cuts off; some hardware rounds halves away from zero.',
    },
    {
      choice: 'What is too large becomes infinite.',
      others: 'Training in mixed precision often saturates at the largest number instead.',
    },
  ],
  source: {
    notes: [[276, 276]],
    publications: [
      { ...ieee754, where: 'sections 4.3.1 and 7.4' },
      { ...bfloat16Format, where: 'the bfloat16 format' },
    ],
  },
  errata: [],
})
