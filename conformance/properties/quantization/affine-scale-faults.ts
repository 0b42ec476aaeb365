import { affineScale as reference } from '../../../reference/quantization/affine-scale.ts'
import { affineScale } from '../../../spec/quantization/affine-scale.ts'
import { codeRange } from '../../../spec/quantization/codes.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf, type Question } from '../../kit/faults.ts'
import { tensor } from '../../kit/tensor.ts'

const wrong = faultsOf(affineScale, reference)

/** The numbers of each channel, or all of them. */
const arraysOf = ({ inputs: { w }, parameters: { per } }: Question<typeof affineScale>) => {
  const D = w.shape[1]!
  return per === 'tensor'
    ? [w.data]
    : Array.from({ length: D }, (_, d) => w.data.filter((_, at) => at % D === d))
}

export const leavesZeroOut = wrong.outputs('does not take 0 into the range', (right, question) => {
  const [least, largest] = codeRange(question.parameters)
  const ends = arraysOf(question).map((all) => [Math.min(...all), Math.max(...all)] as const)
  const scales = changed(right.scales, (s, d) => {
    const [low, high] = ends[d]!
    return high > low ? (high - low) / (largest - least) : s
  })
  return {
    scales,
    zeroPoints: changed(right.zeroPoints, (_, d) =>
      Math.min(largest, Math.max(least, Math.round(least - ends[d]![0] / scales.at(d)))),
    ),
  }
})

export const dividesByCodes = wrong.outputs(
  'divides by the number of codes',
  (right, { parameters: { bits } }) => ({
    scales: changed(right.scales, (s) => (s * (2 ** bits - 1)) / 2 ** bits),
  }),
)

export const symmetricScale = wrong.outputs(
  'takes the largest magnitude for both sides, with 0 in the middle',
  (right, question) => {
    const [least, largest] = codeRange(question.parameters)
    const most = arraysOf(question).map((all) => Math.max(...all.map(Math.abs)))
    return {
      scales: changed(right.scales, (s, d) => (2 * most[d]!) / (largest - least) || s),
      zeroPoints: changed(right.zeroPoints, () => Math.ceil((least + largest) / 2)),
    }
  },
)

export const forgetsLeast = wrong.outputs(
  'counts the zero point from 0 where codes begin below',
  (right, { parameters }) => ({
    zeroPoints: changed(right.zeroPoints, (z) => z - codeRange(parameters)[0]),
  }),
)

export const cutsZero = wrong.outputs(
  'cuts the zero point off instead of rounding it',
  (right, question) => {
    const [least] = codeRange(question.parameters)
    const lows = arraysOf(question).map((all) => Math.min(0, ...all))
    return {
      zeroPoints: changed(right.zeroPoints, (_, d) =>
        Math.floor(least - lows[d]! / right.scales.at(d)),
      ),
    }
  },
)

export const oneForAll = wrong.outputs(
  'has the first channel for all',
  ({ scales, zeroPoints }) => ({
    scales: changed(scales, () => scales.at(0)),
    zeroPoints: changed(zeroPoints, () => zeroPoints.at(0)),
  }),
)

export const noScaleForZeros = wrong.outputs(
  'has the scale 0 for zeros',
  ({ scales }, question) => ({
    scales: changed(scales, (s, d) => (arraysOf(question)[d]!.every((w) => w === 0) ? 0 : s)),
  }),
)

export const addsLittle = wrong.outputs('adds 2^-8 to scales, lest one is 0', ({ scales }) => ({
  scales: changed(scales, (s) => s + 2 ** -8),
}))

export const acceptsOneBit = wrong.accepts('accepts a single bit', () => ({
  scales: tensor([1], [1]),
  zeroPoints: tensor([1], [0]),
}))

const rounding = (name: string, round: (z: number) => number) =>
  wrong.outputs(name, (right, question) => {
    const [least] = codeRange(question.parameters)
    const lows = arraysOf(question).map((all) => Math.min(0, ...all))
    return {
      zeroPoints: changed(
        right.zeroPoints,
        (_, d) => least + round(-lows[d]! / right.scales.at(d)),
      ),
    }
  })

export const roundsUp = rounding('rounds a zero point that is halfway up', (z) =>
  Math.floor(z + 0.5),
)

export const roundsDown = rounding('rounds a zero point that is halfway down', (z) =>
  Math.ceil(z - 0.5),
)
