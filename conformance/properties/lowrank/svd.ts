import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { formats } from '../../../reference/arithmetic/precision.ts'
import { array, free } from '../../../spec/language/operation.ts'
import { choice, integer } from '../../../spec/language/parameter.ts'
import { decomposition, svd } from '../../../spec/lowrank/svd.ts'
import type { Argument, Bench } from '../../engine/property.ts'
import { changed, numbers, plain } from '../../kit/arrays.ts'
import { between } from '../../kit/between.ts'
import { atMost } from '../../kit/claims.ts'
import { law } from '../../kit/law.ts'
import { limited, nearIdentity } from '../../kit/limited.ts'
import { properties } from '../../kit/properties.ts'
import { withParameters } from '../../kit/spaces.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import { knownMatrices, knownMatrix } from './error-bound-orthonormal.ts'
import {
  ascending,
  fewDigits,
  firstColumns,
  keepsLengths,
  mixesVectors,
  negative,
  noisyVectors,
  overflows,
  rootsOfSquares,
  transposesRight,
  zeroVectors,
} from './svd-faults.ts'
import {
  floorOf,
  flushed,
  frobenius,
  gram,
  residual,
  shareMissed,
  shareOfRounding,
  withDigits,
} from './svd-limits.ts'
import { subspaces } from './svd-subspaces.ts'

/** Powers of two whose squares are no numbers of single precision, and 1. */
const scales = { tiny: 2 ** -100, one: 1, huge: 2 ** 100 } as const

const scaledMatrices = withParameters(knownMatrices, { size: choice('tiny', 'one', 'huge') })

/** Matrices that a law makes smaller from one row, or column, to the next. */
const gradedMatrices = {
  dimensions: {
    H: free(14, 30, 'rows of the matrix'),
    W: free(14, 30, 'columns of the matrix'),
  },
  inputs: { weights: array('the matrix before', 'H', 'W') },
  parameters: {
    along: choice('rows', 'columns', 'both'),
    to: integer({ min: 0, upTo: 40 }),
  },
} as const

const changedMatrices = {
  ...svd,
  inputs: { ...svd.inputs, change: array('what is added to the matrix', 'H', 'W') },
} as const
const { id: _, ...changedSpace } = changedMatrices

export const svdProperties = properties(
  decomposition,
  withDigits(
    law('satisfies', {
      of: svd,
      values: 'reals',
      agrees: true,
      title:
        'the product is the matrix, vectors are orthonormal, and values in order and those of the reference',
      kills: [
        transposesRight,
        ascending,
        negative,
        keepsLengths,
        zeroVectors,
        rootsOfSquares,
        fewDigits,
        firstColumns,
        mixesVectors,
      ],
      holds: (bench) => satisfied(bench, bench.inputs),
    }),
  ),
  withDigits(
    law('graded', {
      of: gradedMatrices,
      asks: [svd],
      title:
        'the product is the matrix, and vectors are orthonormal, of larger matrices, also where rows or columns are smaller from one to the next, down to 2^-40',
      kills: [noisyVectors, zeroVectors],
      share: 0.1,
      async holds(bench) {
        const { inputs, parameters, sizes } = bench
        const { along, to } = parameters
        const step = (at: number, count: number) => 2 ** -Math.round((to * at) / count)
        const [byRow, byColumn] = [along !== 'columns', along !== 'rows']
        const rows = plain(inputs.weights)
        const weights = build(
          rows.shape,
          (i, j) =>
            rows.at(i, j) * (byRow ? step(i, sizes.H!) : 1) * (byColumn ? step(j, sizes.W!) : 1),
        )
        const given = await bench.answer(svd, { weights }, {})
        // Of values that fall so far, the residual tells the first few alone.
        return decomposed(bench, given, weights, false)
      },
    }),
  ),
  withDigits(
    law('known', {
      of: scaledMatrices,
      asks: [svd],
      title:
        'of matrices made from known vectors, however small or large, the values come out, and vectors are orthonormal where values are equal',
      kills: [ascending, rootsOfSquares, fewDigits, overflows],
      share: 0.2,
      async holds(bench) {
        const { exact, inputs, measure, parameters, sizes } = bench
        const { matrix, ordered } = knownMatrix(sizes, parameters, inputs.S)
        const scale = scales[parameters.size]
        const scaled = changed(matrix, (w) => w * scale)
        const given = await measure(svd, { weights: scaled }, {})
        const expected = exact(changed(ordered, (s) => s * scale))
        return [{ label: 'S', expected, actual: given.S }, ...decomposed(bench, given, scaled)]
      },
    }),
  ),
  withDigits(
    law('transposed', {
      of: svd,
      values: 'reals',
      title: 'the transposed matrix has the same values',
      kills: [firstColumns],
      share: 0.1,
      async holds({ inputs, measure, sizes: { H, W } }) {
        const A = plain(inputs.weights)
        const turned = build([W!, H!], (j, i) => A.at(i, j))
        const { S } = await measure(svd, inputs, {})
        const { S: ofTurned } = await measure(svd, { weights: turned }, {})
        return [{ label: 'S of Wᵀ = S of W', expected: S, actual: ofTurned }]
      },
    }),
  ),
  withDigits(
    law('weyl', {
      of: changedSpace,
      asks: [svd],
      title: 'a change of the matrix moves no value by more than its own largest one',
      kills: [ascending],
      share: 0.1,
      async holds({ arithmetic, inputs, measure, sizes: { R } }) {
        const { weights, change } = inputs
        const moved = changed(weights, (w, at) => w + change.data[at]!)
        const values = async (matrix: typeof moved | typeof weights) =>
          (await measure(svd, { weights: matrix }, {})).S
        const [before, after, of] = [
          await values(weights),
          await values(moved),
          await values(change),
        ]
        const { negate, subtract } = arithmetic
        const by = build([R!], (l) => subtract(after.at(l), before.at(l)))
        const most = build([R!], () => of.at(0))
        const least = build([R!], () => negate(of.at(0)))
        return [between(arithmetic, 'how far values move', by, least, most)]
      },
    }),
  ),
  ...subspaces,
  worked('by-hand', {
    of: svd,
    title: 'the values of [[4, 0], [3, −5]] are the roots of 40 and 10, by hand',
    kills: [ascending, fewDigits],
    cases: [
      {
        says: 'eigenvalues 25 ± 15 of WᵀW',
        inputs: { weights: tensor([2, 2], [4, 0, 3, -5]) },
        parameters: {},
        gives: { S: [Math.sqrt(40), Math.sqrt(10)] },
      },
      {
        says: 'a diagonal that is not in order',
        inputs: { weights: tensor([2, 3], [0, 0, -1, 0, 2, 0]) },
        parameters: {},
        gives: { S: [2, 1] },
      },
      {
        // Squares that differ by as little as an implementation may add to tell equal ones apart.
        says: 'a diagonal with a number far below the rounding of the largest, and a 0',
        inputs: { weights: tensor([3, 3], [1, 0, 0, 0, 2 ** -31, 0, 0, 0, 0]) },
        parameters: {},
        gives: { S: [1, 2 ** -31, 0] },
      },
    ],
  }),
)

/** What an answer must satisfy, whichever of the right ones it is. */
async function satisfied<T>(bench: Bench<T, never>, inputs: { readonly weights: Argument }) {
  const { answer, arithmetic, expected } = bench
  const given = await answer(svd, inputs, {})
  return [
    { label: 'S', expected: expected(svd, inputs, {}).S, actual: given.S },
    atMost(arithmetic, 'values in order', ...[...given.S.data, arithmetic.exact(0)].reverse()),
    ...decomposed(bench, given, plain(inputs.weights)),
  ]
}

/** What is left of a matrix without the product, and the products of the vectors. */
function decomposed<T>(
  bench: Pick<Bench<T, never>, 'arithmetic' | 'judgedBy'>,
  given: Readonly<Record<'U' | 'S' | 'V', NumberArray<T>>>,
  W: NumberArray<number>,
  tellsValues = true,
) {
  const { arithmetic, judgedBy } = bench
  const [U, S, V] = [given.U, given.S, given.V].map((x) => numbers(arithmetic, x))
  const norm = frobenius(W)
  // Where a singular value, or a column with its norm added, leaves the format, vectors say nothing.
  if (4 * norm > formats[judgedBy.precision].max) return []
  const limit = shareMissed(judgedBy, W) * norm + flushed(judgedBy, W)
  const off = frobenius(residual(W, U!, S!, V!))
  return [
    ...orthonormal(bench, given, W),
    {
      label: 'norm of W − U S Vᵀ',
      ...limited<T>(off, limit),
      ...(tellsValues && { floor: floorOf(limit + off, norm, S!.data) }),
    },
  ]
}

/** The products of the columns of either side. */
function orthonormal<T>(
  { arithmetic, judgedBy }: Pick<Bench<T, never>, 'arithmetic' | 'judgedBy'>,
  { U, V }: Readonly<Record<'U' | 'V', NumberArray<T>>>,
  W: NumberArray<number>,
) {
  const limit = 2 * shareOfRounding(judgedBy, W)
  return [
    { label: 'UᵀU', ...nearIdentity<T>(gram(numbers(arithmetic, U)), limit) },
    { label: 'VᵀV', ...nearIdentity<T>(gram(numbers(arithmetic, V)), limit) },
  ]
}
