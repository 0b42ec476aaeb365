import { fromData } from '../../../reference/arithmetic/array.ts'
import { svd as decompose } from '../../../reference/matrix.ts'
import { choice } from '../../../spec/language/parameter.ts'
import { svd } from '../../../spec/lowrank/svd.ts'
import type { Bench } from '../../engine/property.ts'
import { numbers, plain } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { knownMatrices, knownMatrix } from './error-bound-orthonormal.ts'
import { angles } from './svd-angles.ts'
import { mixesVectors, turnsBoth, turnsLeft, turnsRight } from './svd-faults.ts'
import { withDigits } from './svd-limits.ts'

/** Values that fall in one way or another, of r in all; of the last two nothing can be said. */
const patterns = {
  separate: (l: number, r: number) => r - l,
  repeated: (l: number, r: number) => (2 * l < r ? 2 : 1),
  'two large ones': (l: number) => (l < 2 ? 2 - l : 2 ** -12),
  'tiny gap': (l: number, r: number) => (2 * l < r ? 1 + 2 ** -6 : 1),
  'rank one': (l: number) => (l === 0 ? 1 : 0),
  'no gap': (l: number, r: number) => (2 * l < r ? 1 + 2 ** -20 : 1),
  zeros: () => 0,
} as const

const { dimensions, parameters } = knownMatrices
const patterned = {
  dimensions,
  inputs: {},
  parameters: {
    ...parameters,
    values: choice(...(Object.keys(patterns) as (keyof typeof patterns)[])),
  },
} as const

/** The vectors of an answer, by the angles of what the leading ones span. */
export const subspaces = [
  withDigits(
    law('angles', {
      of: svd,
      values: 'reals',
      title:
        'leading vectors span what those of the reference do, but for an angle that the gap to the next value bounds',
      kills: [mixesVectors, turnsLeft, turnsRight, turnsBoth],
      share: 0.2,
      async holds<T>({ answer, arithmetic, inputs, judgedBy }: Bench<T, typeof svd>) {
        const given = await answer(svd, inputs, {})
        const [U, V] = [numbers(arithmetic, given.U), numbers(arithmetic, given.V)]
        const W = plain(inputs.weights)
        return angles<T>(judgedBy, W, { U, V }, decompose(W))
      },
    }),
  ),
  withDigits(
    law('known-subspaces', {
      of: patterned,
      asks: [svd],
      title:
        'of matrices made from known vectors, with equal values, tiny gaps or of rank one, leading vectors span the known ones',
      kills: [mixesVectors, turnsLeft, turnsRight],
      share: 0.3,
      async holds<T>(bench: Bench<T, typeof patterned>) {
        const { answer, arithmetic, judgedBy, parameters, sizes } = bench
        const { values, ...seeds } = parameters
        const r = sizes.R!
        const s = Array.from({ length: r }, (_, l) => patterns[values](l, r))
        const { matrix, U, V } = knownMatrix(sizes, seeds, fromData([r], s))
        const given = await answer(svd, { weights: matrix }, {})
        const vectors = { U: numbers(arithmetic, given.U), V: numbers(arithmetic, given.V) }
        return angles<T>(judgedBy, matrix, vectors, { U, V, s })
      },
    }),
  ),
]
