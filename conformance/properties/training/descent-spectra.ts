import { build, fromData, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { array, derived } from '../../../spec/language/operation.ts'
import { integer } from '../../../spec/language/parameter.ts'

/** Four orthonormal directions whose coordinates are halves, so that turning into them rounds nothing. */
const turn = fromData(
  [4, 4],
  [1, 1, 1, 1, 1, -1, 1, -1, 1, 1, -1, -1, 1, -1, -1, 1].map((v) => v / 2),
)

/** Quadratic losses with known eigenvalues: where the start lies, in eigenvectors, and the spectrum. */
export const spectralSpace = {
  dimensions: { D: derived(() => 4, 'coordinates') },
  inputs: {
    components: array('the start in the eigenvectors, the steepest first', 'D'),
    minimum: array('where the gradient is zero', 'D'),
  },
  parameters: {
    /** The largest eigenvalue as a power of two. */
    top: integer({ min: -2, upTo: 3, max: 3 }),
    /** By how many powers of two each eigenvalue is below the one before. */
    spread: integer({ min: 0, upTo: 2, max: 2 }),
  },
}

interface Spectral {
  readonly inputs: {
    readonly components: { readonly data: ArrayLike<number> }
    readonly minimum: { readonly data: ArrayLike<number> }
  }
  readonly parameters: { readonly top: number; readonly spread: number }
}

/** The quadratic loss that a case of the space describes; no component of the start is zero. */
export function spectral({ inputs, parameters: { top, spread } }: Spectral) {
  const eigenvalues = [0, 1, 2, 3].map((i) => 2 ** (top - i * spread))
  const components = Array.from(inputs.components.data, (z) => (z === 0 ? 1 : z))
  const total = (term: (i: number) => number) => [0, 1, 2, 3].reduce((sum, i) => sum + term(i), 0)
  const minimum = fromData([4], Array.from(inputs.minimum.data))
  return {
    eigenvalues,
    largest: eigenvalues[0]!,
    components,
    arguments: {
      matrix: build([4, 4], (i, j) =>
        total((k) => turn.at(i, k) * eigenvalues[k]! * turn.at(j, k)),
      ),
      minimum,
      start: build([4], (i) => minimum.at(i) + total((k) => turn.at(i, k) * components[k]!)),
    },
    /** A point, given in the eigenvectors, in coordinates. */
    place: (z: readonly number[]): NumberArray<number> =>
      build([4], (i) => minimum.at(i) + total((k) => turn.at(i, k) * z[k]!)),
  }
}
