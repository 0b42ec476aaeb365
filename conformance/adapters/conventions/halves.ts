import type { Tensor } from '../../../spec/language/tensor.ts'
import { codeRange } from '../../../spec/quantization/codes.ts'
import type { Question } from '../../base/question.ts'
import type { Conventions } from '../../protocol/conventions.ts'
import { type Converted, unchanged } from './convert.ts'

/** The whole number that a count of steps becomes, together with the zero point. */
type Rule = (steps: number, zero: number) => number

const toEven = (steps: number): number => {
  const down = Math.floor(steps)
  return steps - down === 0.5 ? down + Math.abs(down % 2) : Math.round(steps)
}

const rules: Readonly<Record<NonNullable<Conventions['halves']>, Rule>> = {
  'to even': (steps, zero) => toEven(steps) + zero,
  'away from zero': (steps, zero) => Math.sign(steps) * Math.round(Math.abs(steps)) + zero,
  up: (steps, zero) => Math.floor(steps + 0.5) + zero,
  'sum to even': (steps, zero) => toEven(steps + zero),
}

/** Where a code comes from: how many steps, from which zero point, within which ends. */
interface Origin {
  readonly steps: number
  readonly zero: number
  readonly ends: readonly [low: number, high: number]
}

/** Which output has codes, and where each of them comes from. */
interface Coding {
  readonly output: string
  readonly origin: (question: Question, place: number, shape: readonly number[]) => Origin
}

const codings: Readonly<Record<string, Coding>> = {
  'quantization.quantize': {
    output: 'codes',
    origin({ inputs: { x, scales, zeroPoints }, parameters }, place, shape) {
      const channel = parameters.per === 'tensor' ? 0 : place % shape.at(-1)!
      const steps = at(x, place) / at(scales, channel)
      return { steps, zero: at(zeroPoints, channel), ends: codeRange(parameters) }
    },
  },
  'quantization.quantizedMatmul': {
    output: 'codes',
    origin({ inputs, parameters }, place, shape) {
      const columns = shape.at(-1)!
      const [n, m] = [Math.floor(place / columns), place % columns]
      const channel = parameters.per === 'tensor' ? 0 : m
      const { a, b, zeroA, zerosB, scaleA, scalesB, scaleY, zeroY } = inputs
      const terms = b?.shape[0] ?? 0
      let sum = 0
      for (let d = 0; d < terms; d++) {
        sum +=
          (at(a, n * terms + d) - at(zeroA, 0)) * (at(b, d * columns + m) - at(zerosB, channel))
      }
      const steps = (at(scaleA, 0) * at(scalesB, channel) * sum) / at(scaleY, 0)
      const ends = codeRange({ bits: parameters.bits!, range: parameters.rangeY! })
      return { steps, zero: at(zeroY, 0), ends }
    },
  },
  'quantization.affineScale': {
    output: 'zeroPoints',
    origin({ inputs: { w }, parameters }, channel) {
      const columns = w?.shape.at(-1) ?? 1
      const all = Array.from(w?.data ?? [], Number)
      const own = parameters.per === 'tensor' ? all : all.filter((_, i) => i % columns === channel)
      const [least, largest] = [Math.min(0, ...own), Math.max(0, ...own)]
      const ends = codeRange(parameters)
      // As a quotient of exact numbers, so that a half is one.
      const steps = ends[0] + (-least * (ends[1] - ends[0])) / (largest - least)
      return { steps, zero: 0, ends }
    },
  },
}

const at = (tensor: Tensor | undefined, place: number): number =>
  Number(tensor?.data[place] ?? Number.NaN)

/**
 * A question about codes for an implementation that rounds halves in another way: the code that its rule gives
 * is read as that of ours, and that of ours as its own. What does not follow the rule that it declares is thus
 * wrong where the rules differ, and only there.
 */
export function convertHalves(question: Question, { halves = 'to even' }: Conventions): Converted {
  const coding = codings[question.operation.id]
  if (halves === 'to even' || coding === undefined) return unchanged(question)
  const exchanged = (code: number, { steps, zero, ends: [low, high] }: Origin) => {
    const [ours, theirs] = [rules['to even'], rules[halves]].map((rule) =>
      Math.min(high, Math.max(low, rule(steps, zero))),
    )
    if (code === theirs) return ours!
    return code === ours ? theirs! : code
  }
  return {
    question,
    back: (answer) => {
      const codes = answer[coding.output]
      if (codes === undefined) return answer
      const data = codes.data.map((code, place) =>
        exchanged(code, coding.origin(question, place, codes.shape)),
      ) as Tensor['data']
      return { ...answer, [coding.output]: { ...codes, data } }
    },
  }
}
