import { build, type NumberArray, sum } from '../../../reference/arithmetic/array.ts'
import { array } from '../../../spec/language/operation.ts'
import { choice, integer } from '../../../spec/language/parameter.ts'
import { eckartYoung } from '../../../spec/lowrank/eckart-young.ts'
import { truncate } from '../../../spec/lowrank/truncate.ts'
import type { Bench } from '../../engine/property.ts'
import { filled, plain, scalar } from '../../kit/arrays.ts'
import { between } from '../../kit/between.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { withParameters } from '../../kit/spaces.ts'
import { competitors, distances } from './eckart-young-competitors.ts'
import { knownMatrices, knownMatrix } from './error-bound-orthonormal.ts'
import {
  forgetsValues,
  keepsFirst,
  keepsSmallest,
  oneMore,
  squaresValues,
} from './truncate-faults.ts'

const counted = withParameters(knownMatrices, { count: integer({ min: 0, upTo: 8 }) })

const challenged = {
  ...withParameters(counted, {
    competitor: choice(...(Object.keys(competitors) as (keyof typeof competitors)[])),
  }),
  inputs: {
    ...knownMatrices.inputs,
    A: array('random numbers for a left factor', 'H', 'R'),
    B: array('random numbers for a right factor', 'W', 'R'),
  },
} as const

/** What the truncation of a known matrix leaves: the square of its norm, and of its images of all V. */
async function leftOver<T>({
  arithmetic,
  exact,
  inputs,
  measure,
  parameters,
  sizes,
}: Bench<T, typeof counted>) {
  const known = knownMatrix(sizes, parameters, inputs.S)
  const { U, S, V, matrix } = known
  const t = Math.min(parameters.count, sizes.R!)
  const rule = { rule: 'count', count: t, threshold: 0 } as const
  const truncated = await measure(truncate, { U, S, V }, rule)
  const { multiply, subtract } = arithmetic
  const [W, right] = [exact(matrix), exact(V)]
  const left = build(matrix.shape, (i, j) => subtract(W.at(i, j), truncated.matrix.at(i, j)))
  const image = build([sizes.H!, sizes.R!], (i, l) =>
    sum(arithmetic, [sizes.W!], (j) => multiply(left.at(i, j), right.at(j, l))),
  )
  const square = (of: NumberArray<T>, ...at: number[]) => multiply(of.at(...at), of.at(...at))
  return {
    known,
    t,
    norm: scalar(sum(arithmetic, left.shape, (...at) => square(left, ...at))),
    images: build([sizes.R!], (l) => sum(arithmetic, [sizes.H!], (i) => square(image, i, l))),
  }
}

export const eckartYoungProperties = properties(
  eckartYoung,
  law('distance', {
    of: counted,
    asks: [truncate],
    title: 'the truncated matrix is as far away as the values that are left out, in both norms',
    kills: [keepsFirst, keepsSmallest, oneMore, forgetsValues, squaresValues],
    async holds(bench) {
      const { norm, images, known, t } = await leftOver(bench)
      const { add, exact, multiply } = bench.arithmetic
      const { S, ordered } = known
      const order = S.data.map((_, l) => l).sort((a, b) => S.at(b) - S.at(a) || a - b)
      const squares = bench.exact(ordered).data.map((s) => multiply(s, s))
      const lost = squares.slice(t).reduce(add, exact(0))
      const ofVectors = build([S.data.length], (l) => {
        const place = order.indexOf(l!)
        return place < t ? exact(0) : squares[place]!
      })
      return [
        { label: 'the square of the Frobenius norm', expected: scalar(lost), actual: norm },
        { label: 'the squares along each right vector', expected: ofVectors, actual: images },
      ]
    },
  }),
  law('nearest', {
    of: challenged,
    asks: [truncate],
    title: 'no competitor of the same rank is nearer, in either norm',
    kills: [keepsFirst, keepsSmallest, forgetsValues, squaresValues],
    async holds<T>(bench: Bench<T, typeof challenged>) {
      const { norm, images, known, t } = await leftOver<T>(bench as never)
      const [A, B] = [plain(bench.inputs.A), plain(bench.inputs.B)]
      const competitor = competitors[bench.parameters.competitor](known, t, A, B)
      const { frobenius, spectral } = distances(known.matrix, competitor)
      const { arithmetic, exact } = bench
      const within = (label: string, of: NumberArray<T>, limit: number) =>
        between(arithmetic, label, of, null, exact(filled(of.shape, limit ** 2)))
      return [
        within('in the Frobenius norm', norm, frobenius),
        within('in the spectral norm', images, spectral),
      ]
    },
  }),
)
