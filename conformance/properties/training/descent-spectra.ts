import { build, fromData, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  array,
  derived,
  type InputsOf,
  type ParametersOf,
} from '../../../spec/language/operation.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { plain } from '../../kit/arrays.ts'

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

/** The quadratic loss that a case of the space describes; no component of the start is zero. */
export function spectral(
  inputs: InputsOf<typeof spectralSpace>,
  { top, spread }: ParametersOf<typeof spectralSpace>,
) {
  const minimum = plain(inputs.minimum)
  const components = Array.from(inputs.components.data, (z) => z || 1)
  const eigenvalues = components.map((_, i) => 2 ** (top - i * spread))
  const total = (term: (i: number) => number) => [0, 1, 2, 3].reduce((sum, i) => sum + term(i), 0)
  /** A point, given in the eigenvectors, in coordinates. */
  const place = (z: readonly number[]): NumberArray<number> =>
    build([4], (i) => minimum.at(i) + total((k) => turn.at(i, k) * z[k]!))
  return {
    eigenvalues,
    largest: eigenvalues[0]!,
    components,
    place,
    arguments: {
      matrix: build([4, 4], (i, j) =>
        total((k) => turn.at(i, k) * eigenvalues[k]! * turn.at(j, k)),
      ),
      minimum,
      start: place(components),
    },
  }
}
