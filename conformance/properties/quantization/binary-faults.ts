import { build } from '../../../reference/arithmetic/array.ts'
import {
  binarize as binarizeReference,
  binaryProduct as productReference,
} from '../../../reference/quantization/binary.ts'
import { binarize, binaryProduct } from '../../../spec/quantization/binary.ts'
import { changed, filled } from '../../kit/arrays.ts'
import { faultsOf, lenient, type Question } from '../../kit/faults.ts'
import { tensor } from '../../kit/tensor.ts'

const wrong = faultsOf(binarize, binarizeReference)
const wrongProduct = faultsOf(binaryProduct, productReference)

/** Another magnitude, of all weights that have it in common. */
const scaling = (name: string, of: (weights: readonly number[]) => number) =>
  wrong.outputs(name, ({ scales }, { inputs: { w }, parameters: { per }, sizes: { N, D } }) => ({
    scales: build(scales.shape, (d) => {
      const all = Array.from({ length: D! }, (_, column) => column)
      const columns = per === 'tensor' ? all : [d]
      return of(columns.flatMap((c) => Array.from({ length: N! }, (_, n) => w.at(n, c))))
    }),
  }))

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, v) => sum + v, 0)

export const sumsMagnitudes = scaling('adds up magnitudes and does not divide', (weights) =>
  sumOf(weights.map(Math.abs)),
)

export const meanOfWeights = scaling('takes the mean of the weights', (weights) =>
  Math.abs(sumOf(weights) / weights.length),
)

export const rootMeanSquare = scaling('takes the root of the mean square', (weights) =>
  Math.sqrt(sumOf(weights.map((v) => v * v)) / weights.length),
)

export const largestMagnitude = scaling('takes the largest magnitude', (weights) =>
  Math.max(...weights.map(Math.abs)),
)

export const countsNonzero = scaling('takes the mean of the weights that are not 0', (weights) => {
  const nonzero = weights.filter((v) => v !== 0)
  return sumOf(nonzero.map(Math.abs)) / Math.max(1, nonzero.length)
})

export const sharesMagnitude = wrong.outputs(
  'gives every channel the magnitude of the first',
  ({ scales }) => ({ scales: filled(scales.shape, scales.at(0)) }),
)

export const zeroHasNoSign = wrong.outputs(
  'gives 0 the sign 0',
  ({ signs }, { inputs: { w } }) => ({
    signs: changed(signs, (sign, at) => (w.data[at] === 0 ? 0 : sign)),
  }),
)

export const zeroIsNegative = wrong.outputs(
  'gives 0 the sign −1',
  ({ signs }, { inputs: { w } }) => ({
    signs: changed(signs, (sign, at) => (w.data[at] === 0 ? -1 : sign)),
  }),
)

export const bitsForSigns = wrong.outputs('gives 0 for −1', ({ signs }) => ({
  signs: changed(signs, (sign) => Math.max(0, sign)),
}))

export const takesAnyShape = lenient(binarize, 'takes arrays of any shape', () => ({
  signs: tensor([1, 1], [1]),
  scales: tensor([1], [1]),
}))

const counting =
  (of: (agreeing: number, all: number) => number) =>
  ({ right, inputs, sizes: { D } }: Question<typeof binaryProduct>) => {
    const { y } = right(inputs, {})
    return { y: changed(y, (value) => of((value + D!) / 2, D!)) }
  }

export const countsDiffering = wrongProduct.answer(
  'counts the bits that differ',
  counting((agreeing, all) => all - agreeing),
)

export const countsAgreeing = wrongProduct.answer(
  'counts the bits that agree',
  counting((agreeing) => agreeing),
)

export const oppositeSign = wrongProduct.answer(
  'takes twice the count of bits that agree away',
  counting((agreeing, all) => all - 2 * agreeing),
)

export const multipliesBits = wrongProduct.answer(
  'multiplies bits, so that two zeros add nothing',
  ({ inputs: { a, b }, sizes: { N, D, M } }) => ({
    y: build([N!, M!], (n, m) => {
      let both = 0
      for (let d = 0; d < D!; d++) both += a.at(n, d) * b.at(d, m)
      return both
    }),
  }),
)

export const countsPadding = wrongProduct.answer(
  'counts what is left of a word of eight bits as agreeing',
  ({ right, inputs, sizes: { D } }) => {
    const { y } = right(inputs, {})
    const left = (8 - (D! % 8)) % 8
    return { y: changed(y, (value) => value + left) }
  },
)

export const ignoresLastBit = wrongProduct.inputs(
  'reads the last bit of the weights as 1',
  ({ b }, { sizes: { D } }) => ({ b: build(b.shape, (d, m) => (d === D! - 1 ? 1 : b.at(d, m))) }),
)

export const acceptsAnyBit = wrongProduct.accepts('takes other numbers than bits', () => ({
  y: tensor([1, 1], [1]),
}))
