import { derived } from '../../../spec/language/operation.ts'
import { forward } from '../../../spec/lstm/forward.ts'
import type { Argument } from '../../engine/property.ts'
import { changed } from '../../kit/arrays.ts'
import { leftOut, stillLeftOut, tensor } from '../../kit/tensor.ts'

/** A sigmoid of it is 1 in every format, and one of its negative 0. */
export const far = 200

export const plainly = { direction: 'forward', coupled: false } as const
const { coupled: _, ...others } = forward.parameters
/** Parameters with gates of their own. */
export const inEitherDirection = others
export const oneStep = { ...forward.dimensions, T: derived(() => 1, 'steps') }

/** One unit without weights, a step of it, and the biases of i, f, g and o. */
export const unit = (biases: readonly number[], c0 = 0) => ({
  x: tensor([1, 1, 1], [0]),
  U: tensor([4, 1, 1], [0, 0, 0, 0]),
  W: tensor([4, 1, 1], [0, 0, 0, 0]),
  b: tensor([4, 1], biases),
  h0: tensor([1, 1], [0]),
  c0: tensor([1, 1], [c0]),
  padded: tensor([1, 1], [0]),
  P: leftOut([3, 1]),
})

type Weights = Readonly<Record<'U' | 'W' | 'b' | 'P', Argument>>

/** Gates that are the sigmoids of given biases, whatever comes in; others are as they were. */
export function constant({ U, W, b, P }: Weights, biases: readonly (number | null)[]) {
  const without = (array: Argument) => {
    const size = array.data.length / 4
    return changed(array, (v, at) => (biases[Math.floor(at / size)] === null ? v : 0))
  }
  const H = b.shape[1]!
  // The peepholes are of i, f and o.
  const seen = [0, 1, 3]
  return {
    U: without(U),
    W: without(W),
    b: changed(b, (v, at) => biases[Math.floor(at / H)] ?? v),
    P: stillLeftOut(
      P,
      changed(P, (v, at) => (biases[seen[Math.floor(at / H)]!] === null ? v : 0)),
    ),
  }
}
