import { build } from '../../../reference/arithmetic/array.ts'
import { formats } from '../../../reference/arithmetic/precision.ts'
import { choice } from '../../../spec/language/parameter.ts'
import { randomizedSvd, sampledRange } from '../../../spec/lowrank/randomized-svd.ts'
import type { Argument, Bench } from '../../engine/property.ts'
import { changed, moderate, numbers, plain } from '../../kit/arrays.ts'
import { atMost } from '../../kit/claims.ts'
import { law } from '../../kit/law.ts'
import { limited, nearIdentity } from '../../kit/limited.ts'
import { properties } from '../../kit/properties.ts'
import { withParameters } from '../../kit/spaces.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  ascending,
  bestVectors,
  fewDigits,
  firstColumns,
  noPowers,
  ofImages,
  oneMorePower,
  otherBasis,
  rawImages,
  zeroVectors,
} from './randomized-svd-faults.ts'
import { less, mostLeft, product, turned } from './randomized-svd-limits.ts'
import {
  floorOf,
  flushed,
  frobenius,
  gram,
  residual,
  shareOfRounding,
  withDigits,
} from './svd-limits.ts'

const lowRank = withParameters(randomizedSvd, { rank: choice('zero', 'one') })

type Given<T> = Pick<
  Bench<T, typeof randomizedSvd>,
  'answer' | 'arithmetic' | 'judgedBy' | 'inputs' | 'parameters'
>

/**
 * What is asked: test vectors of any distribution, drawn together into −1 to 1; and a matrix, smaller by a power of
 * two where the norm of their images, which no value exceeds, would leave the format when columns are added to it.
 */
function questionOf<T>(
  { inputs, judgedBy }: Pick<Given<T>, 'inputs' | 'judgedBy'>,
  weights: Argument = inputs.weights as Argument,
) {
  const test = moderate(inputs.test)
  const most = 4 * frobenius(plain(weights)) * Math.max(1, frobenius(test))
  const above = most / formats[judgedBy.precision].max
  const scale = above > 1 ? 2 ** -Math.ceil(Math.log2(above)) : 1
  return { weights: scale === 1 ? weights : changed(weights, (w) => Math.fround(w * scale)), test }
}

/** An answer, as plain numbers. */
async function answered<T>(bench: Given<T>, powers: number, asked = questionOf(bench)) {
  const { answer, arithmetic, judgedBy } = bench
  const given = await answer(randomizedSvd, asked, { powers })
  const [U, S, V] = [given.U, given.S, given.V].map((x) => numbers(arithmetic, x))
  const A = plain(asked.weights)
  const norm = frobenius(A)
  return { U: U!, S: S!, V: V!, A, test: asked.test, norm, share: shareOfRounding(judgedBy, A) }
}

export const randomizedSvdProperties = properties(
  sampledRange,
  withDigits(
    law('satisfies', {
      of: randomizedSvd,
      values: 'reals',
      agrees: true,
      title:
        'left vectors are orthonormal and hold the images of the test vectors, and the others are the decomposition of what is seen through them',
      kills: [
        firstColumns,
        bestVectors,
        noPowers,
        oneMorePower,
        ofImages,
        rawImages,
        ascending,
        otherBasis,
        fewDigits,
      ],
      holds: (bench) => satisfied(bench, questionOf(bench)),
    }),
  ),
  withDigits(
    law('of-low-rank', {
      of: lowRank,
      asks: [randomizedSvd],
      values: 'reals',
      title: 'the same of matrices of zeros and of rank one, of which images depend on each other',
      kills: [zeroVectors],
      share: 0.2,
      holds<T>(bench: Bench<T, typeof lowRank>) {
        const { inputs, parameters } = bench
        const first = parameters.rank === 'one' ? inputs.weights.data[0]! : 0
        const weights = changed(inputs.weights, () => first)
        return satisfied(bench, questionOf(bench, weights))
      },
    }),
  ),
  withDigits(
    law('bound', {
      of: randomizedSvd,
      values: 'reals',
      title: 'without powers, no more is left out than the theorem says of these test vectors',
      kills: [fewDigits, otherBasis],
      share: 0.5,
      async holds<T>(bench: Given<T>) {
        const { arithmetic, judgedBy } = bench
        const { U, S, V, A, test, norm, share } = await answered(bench, 0)
        const left = frobenius(residual(A, U, S, V))
        const most = mostLeft(A, test, share) + 4 * share * norm + flushed(judgedBy, A)
        return [atMost(arithmetic, 'error', arithmetic.exact(left), arithmetic.exact(most))]
      },
    }),
  ),
  worked('by-hand', {
    of: randomizedSvd,
    title: 'of diag(7, 1) the vector (1, 7) shows (7, 7), through which √25 is seen',
    kills: [firstColumns, ofImages, fewDigits],
    inputs: { weights: tensor([2, 2], [7, 0, 0, 1]), test: tensor([2, 1], [1, 7]) },
    parameters: { powers: 0 },
    gives: { S: [5] },
  }),
)

/** What an answer must satisfy, whichever of the right ones it is. */
async function satisfied<T>(bench: Given<T>, asked: ReturnType<typeof questionOf>) {
  const { arithmetic, judgedBy, parameters } = bench
  const { U, S, V, A, test, norm, share } = await answered(bench, parameters.powers, asked)
  const values = [...S.data, 0].reverse().map(arithmetic.exact)
  const seen = product(turned(U), A)
  const kept = build([S.data.length, A.shape[1]!], (l, j) => S.at(l) * V.at(j, l))
  // The basis, its decomposition, and the product of both are off by as much as a decomposition each.
  const limit = 4 * share * norm + flushed(judgedBy, A)
  const off = frobenius(less(seen, kept))
  const scaled = changed(A, (w) => (norm > 0 ? w / norm : 0))
  let images = product(scaled, test)
  for (let q = 0; q < parameters.powers; q++) {
    images = product(scaled, product(turned(scaled), images))
  }
  const outside = less(images, product(U, product(turned(U), images)))
  const stages = 2 * parameters.powers + 3
  const lost = norm > 0 ? flushed(judgedBy, A) / Math.min(1, norm) : 0
  return [
    atMost(arithmetic, 'values in order', ...values),
    {
      label: 'UᵀU',
      ...nearIdentity<T>(gram(U), 6 * share),
      // A share of all of a unit vector changes its length by as much; of one element of H by a part of that.
      floor: { all: 3 * share, one: 3 * share * U.shape[0]! },
    },
    { label: 'VᵀV', ...nearIdentity<T>(gram(V), 6 * share) },
    {
      label: 'norm of UᵀW − S Vᵀ',
      ...limited<T>(off, limit),
      floor: floorOf(limit + off, norm, S.data),
    },
    {
      label: 'norm of what of the images is outside',
      ...limited<T>(frobenius(outside), stages * share * frobenius(test) + lost),
    },
  ]
}
