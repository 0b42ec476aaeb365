import { build, fromData, type NumberArray, sum } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { derived, free, nonnegative, type Sizes } from '../../../spec/language/operation.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { type Random, stream } from '../../arbitraries/random.ts'
import type { Argument } from '../../engine/property.ts'
import { plain } from '../../kit/arrays.ts'

/** Matrices whose decomposition is known: orthonormal vectors from two seeds, and their values. */
export const knownMatrices = {
  dimensions: {
    H: free(1, 8, 'rows of the matrix'),
    W: free(1, 8, 'columns of the matrix'),
    R: derived(({ H, W }: Sizes) => Math.min(H!, W!), 'singular values'),
  },
  inputs: { S: nonnegative('the singular values, in any order', 'R') },
  parameters: {
    left: integer({ min: 0, upTo: 2 ** 20 }),
    right: integer({ min: 0, upTo: 2 ** 20 }),
  },
} as const

/** Hadamard's matrix of 4 × 4 is orthogonal once it is halved. */
const hadamard = [
  [1, 1, 1, 1],
  [1, -1, 1, -1],
  [1, 1, -1, -1],
  [1, -1, -1, 1],
] as const

function shuffledUpTo(random: Random, count: number): number[] {
  const order = Array.from({ length: count }, (_, i) => i)
  for (let i = count - 1; i > 0; i--) {
    const j = random.below(i + 1)
    ;[order[i], order[j]] = [order[j]!, order[i]!]
  }
  return order
}

/**
 * Orthonormal columns whose elements are 0, ±½ and ±1, so that they are exact in every format: blocks of
 * Hadamard's matrix and single ones along the diagonal, with rows and columns in another order, and signs.
 */
function orthonormal(rows: number, columns: number, seed: number): NumberArray<number> {
  const random = stream(seed, 'orthonormal')
  const [rowOf, columnOf] = [shuffledUpTo(random, rows), shuffledUpTo(random, rows)]
  const signs = rowOf.map(() => (random.below(2) === 0 ? 1 : -1))
  const inBlocks = rows - (rows % 4)
  const element = (i: number, j: number) => {
    if (i >= inBlocks || j >= inBlocks) return i === j ? 1 : 0
    return i >> 2 === j >> 2 ? hadamard[i & 3]![j & 3]! / 2 : 0
  }
  return build([rows, columns], (i, j) => signs[i]! * element(rowOf[i]!, columnOf[j]!))
}

/** The vectors of a case, its values in order, and the matrix of all of them, each of them exact. */
export function knownMatrix(
  { H, W, R }: Sizes,
  { left, right }: { readonly left: number; readonly right: number },
  values: Argument,
) {
  const [U, V] = [orthonormal(H!, R!, left), orthonormal(W!, R!, right)]
  const S = plain(values)
  const ordered = S.data.toSorted((a, b) => b - a)
  const matrix = build([H!, W!], (i, j) =>
    sum(number, [R!], (l) => S.at(l) * U.at(i, l) * V.at(j, l)),
  )
  return { U, S, V, ordered: fromData([R!], ordered), matrix }
}
