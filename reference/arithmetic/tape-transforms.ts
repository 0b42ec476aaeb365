import type { Transforms } from './arithmetic.ts'
import type { LocalErrors } from './local-error.ts'
import type { Propagation } from './tape-propagation.ts'
import { Taped } from './tape-value.ts'
import { normwiseConstant } from './transforms.ts'

/** Convolutions by transforms of numbers on a tape: their error is one more of each response. */
export function tapeTransforms({ off }: Propagation, errors: LocalErrors): Transforms<Taped> {
  return {
    norm: (numbers) => {
      let squares = 0
      for (const x of numbers) squares += (Math.abs(x.value) + off(x)) ** 2
      return Math.sqrt(squares) * (1 + 2 ** -40)
    },
    widen: ({ value, node, slope, own, magnitude, spread, terms }, [image, filter], size) => {
      const share = normwiseConstant(size) * errors.u
      // What underflows or overflows on the way is worth up to 512 times itself in the response.
      const [largest, products] = [512 * (image + filter + image * filter), size.channels]
      const lost = 512 * products * errors.minNormal * (1 + largest)
      const more = (share / (1 - share)) * image * filter + lost
      const wide = share < 1 && largest < errors.max ? more : Number.POSITIVE_INFINITY
      const count = Math.max(terms, 1)
      return new Taped(value, node, slope, own + wide, magnitude, spread + wide, count, false)
    },
  }
}
