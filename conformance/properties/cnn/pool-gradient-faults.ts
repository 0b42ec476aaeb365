import { fromData } from '../../../reference/arithmetic/array.ts'
import {
  averagePoolGradient as averageReference,
  maxPoolGradient as maxReference,
} from '../../../reference/cnn/pool-gradient.ts'
import { layPoolWindows } from '../../../reference/cnn/pool-window.ts'
import { averagePoolGradient, maxPoolGradient } from '../../../spec/cnn/pool-gradient.ts'
import { permuted, zeros } from '../../kit/arrays.ts'
import { faultsOf, type Question } from '../../kit/faults.ts'

type Given = Question<typeof maxPoolGradient> | Question<typeof averagePoolGradient>
/** The share of what comes in that each number under a window gets. */
type Shares = (under: readonly number[], places: number) => readonly number[]
type Collect = (before: number, arriving: number) => number

const add: Collect = (before, arriving) => before + arriving
const keepLast: Collect = (_, arriving) => arriving

/** The gradient that comes of sharing in another way; average pooling sees no image. */
function sharing(shares: Shares, collect = add) {
  return ({ inputs, parameters, sizes: { N, H, W, K, Ho, Wo } }: Given) => {
    const { pixels } = layPoolWindows([H, W], parameters)
    const places = parameters.kernel[0] * parameters.kernel[1]
    const x = 'x' in inputs ? inputs.x : zeros([N, H, W, K])
    const dx = [...zeros(x.shape).data]
    for (let n = 0; n < N; n++)
      for (let i = 0; i < Ho; i++)
        for (let j = 0; j < Wo; j++)
          for (let k = 0; k < K; k++) {
            const under = pixels(i, j)
            const numbers = under.map(([p, q]) => x.at(n, p, q, k))
            for (const [at, share] of shares(numbers, places).entries()) {
              const [p, q] = under[at]
              const position = ((n * H + p) * W + q) * K + k
              if (share !== 0)
                dx[position] = collect(dx[position], share * inputs.dy.at(n, i, j, k))
            }
          }
    return { dx: fromData(x.shape, dx) }
  }
}

const largestOf = (under: readonly number[]) => Math.max(...under)
const one = (chosen: number) => (_: number, at: number) => (at === chosen ? 1 : 0)
const toFirst: Shares = (under) => under.map(one(under.indexOf(largestOf(under))))
const toAllAlike: Shares = (under) => under.map(() => 1 / under.length)

const wrongMax = faultsOf(maxPoolGradient, maxReference)
const wrongAverage = faultsOf(averagePoolGradient, averageReference)

export const maxGradientLast = wrongMax.answer(
  'takes the last of equal numbers',
  sharing((under) => under.map(one(under.lastIndexOf(largestOf(under))))),
)

export const maxGradientToAll = wrongMax.answer(
  'gives the gradient to each of equal numbers in full',
  sharing((under) => under.map((v) => (v === largestOf(under) ? 1 : 0))),
)

export const maxGradientShared = wrongMax.answer(
  'shares the gradient among equal numbers',
  sharing((under) => {
    const largest = largestOf(under)
    const equal = under.filter((v) => v === largest).length
    return under.map((v) => (v === largest ? 1 / equal : 0))
  }),
)

export const maxGradientOverwrites = wrongMax.answer(
  'keeps the gradient of the last window over a pixel instead of the sum',
  sharing(toFirst, keepLast),
)

export const maxGradientToPadding = wrongMax.answer(
  'lets padding win as 0, and the gradient get lost there',
  sharing((under, places) => {
    const lost = under.length < places && largestOf(under) < 0
    return lost ? under.map(() => 0) : toFirst(under, places)
  }),
)

export const maxGradientSpreads = wrongMax.answer(
  'spreads the gradient as average pooling does',
  sharing(toAllAlike),
)

export const averageGradientCountsPadding = wrongAverage.answer(
  'divides by the places of the kernel, padding included',
  sharing((under, places) => under.map(() => 1 / places)),
)

export const averageGradientUndivided = wrongAverage.answer(
  'gives every pixel the whole gradient',
  sharing((under) => under.map(() => 1)),
)

export const averageGradientOverwrites = wrongAverage.answer(
  'keeps the gradient of the last window over a pixel instead of the sum',
  sharing(toAllAlike, keepLast),
)

export const averageGradientOverlaps = wrongAverage.answer(
  'lays the windows at stride 1',
  ({ parameters, ...question }) =>
    parameters.padding === 'valid'
      ? sharing(toAllAlike)({ ...question, parameters: { ...parameters, strides: [1, 1] } })
      : { dx: zeros(['N', 'H', 'W', 'K'].map((axis) => question.sizes[axis])) },
)

export const averageGradientSpreadsRest = wrongAverage.outputs(
  'gives pixels that lie under no window what the last window gives',
  ({ dx }, { parameters: { kernel, strides, padding }, sizes: { Ho, Wo } }) => {
    if (padding !== 'valid') return { dx }
    const [rows, columns] = [(Ho - 1) * strides[0] + kernel[0], (Wo - 1) * strides[1] + kernel[1]]
    return {
      dx: permuted(dx, (n, p, q, k) => [n, Math.min(p, rows - 1), Math.min(q, columns - 1), k]),
    }
  },
)
