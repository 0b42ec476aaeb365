import { build } from '../../../reference/arithmetic/array.ts'
import { roundTo } from '../../../reference/arithmetic/precision.ts'
import { halfMatmul as reference } from '../../../reference/quantization/half-products.ts'
import { halfMatmul } from '../../../spec/quantization/half-products.ts'
import { changed, permuted } from '../../kit/arrays.ts'
import { faultsOf, lenient, type Question } from '../../kit/faults.ts'
import { tensor } from '../../kit/tensor.ts'

const wrong = faultsOf(halfMatmul, reference)

const half = (x: number) => roundTo('float16', x)
const same = (x: number) => x

interface Roundings {
  readonly factor?: (x: number) => number
  readonly product?: (x: number) => number
  readonly partial?: (x: number) => number
  readonly end?: (x: number) => number
}

/** Rounds in other places than it should. */
const rounding =
  ({ factor = half, product = same, partial = Math.fround, end = half }: Roundings) =>
  ({ inputs: { a, b }, sizes: { N, D, M } }: Question<typeof halfMatmul>) => ({
    y: build([N!, M!], (n, m) => {
      let sum = 0
      for (let d = 0; d < D!; d++) {
        sum = partial(sum + product(factor(a.at(n, d)) * factor(b.at(d, m))))
      }
      return end(sum)
    }),
  })

export const sumsInHalf = wrong.parameters(
  'adds up in half precision, whatever is asked for',
  () => ({
    sums: 'float16',
  }),
)

export const sumsInSingle = wrong.parameters(
  'adds up in single precision, whatever is asked for',
  () => ({ sums: 'float32' }),
)

export const staysSingle = wrong.answer(
  'leaves the sum in single precision',
  rounding({ end: same }),
)

export const keepsFactors = wrong.answer(
  'multiplies factors of single precision',
  rounding({ factor: same }),
)

export const roundsProducts = wrong.answer(
  'rounds every product to half precision',
  rounding({ product: half }),
)

export const fromTheLast = wrong.inputs('adds up from the last term to the first', ({ a, b }) => {
  const D = a.shape[1]!
  return {
    a: permuted(a, (n, d) => [n, D - 1 - d]),
    b: permuted(b, (d, m) => [D - 1 - d, m]),
  }
})

export const startsAtOne = wrong.answer(
  'adds 1 to every sum, as a sum does that nobody clears',
  ({ inputs, parameters, right }) => {
    const { y } = right(inputs, parameters)
    return { y: changed(y, (value) => value + 1) }
  },
)

export const takesAnyFactors = lenient(halfMatmul, 'takes factors that do not fit', () => ({
  y: tensor([1, 1], [0]),
}))
