import type { Arithmetic, Shortcut } from './arithmetic.ts'
import { localErrors } from './local-error.ts'
import type { Precision } from './precision.ts'
import type { AccuracyProfile } from './profile.ts'
import { choices } from './tape-choices.ts'
import { functions } from './tape-functions.ts'
import { propagation } from './tape-propagation.ts'
import { type TapeLimits, TapeRecord } from './tape-record.ts'
import { tapeTransforms } from './tape-transforms.ts'
import { opposite, type Taped, TapedSum } from './tape-value.ts'

/** Tape arithmetic, and the bound that it arrives at. */
export interface TapeArithmetic extends Arithmetic<Taped> {
  /** The largest difference between the value and what an implementation may give. */
  error(x: Taped): number
  /** How many steps it went back so far. */
  steps(): number
}

/**
 * Arithmetic that derives the tolerance from the code that computes the formula, as `bounded` does, for
 * what is deep: errors are carried to an output by adjoints, where they may cancel, and not from
 * operation to operation, where only their magnitudes can be added.
 *
 * Operations are charged the local errors of `bounded`. The theorem, its assumptions and its sources
 * stand in README.md beside this file. An arithmetic keeps all that it computes: make one for each
 * evaluation. Throws `Indeterminate` as `bounded` does, and `TapeFull` beyond the longest tape.
 */
export function tape(
  precision: Precision,
  profile: AccuracyProfile,
  limits?: TapeLimits,
): TapeArithmetic {
  const record = new TapeRecord(limits)
  const errors = localErrors(precision, profile)
  const propagated = propagation(record, errors)
  const { off, leaf } = propagated

  const elementary = functions(propagated, errors)
  const products = { errors, multiply: elementary.multiply }
  const accumulator = () => new TapedSum(record, products)
  const total = (terms: Iterable<Taped>): Taped => {
    const open = accumulator()
    for (const term of terms) open.add(term)
    return open.total()
  }
  const allows = (shortcut: Shortcut) => profile.shortcuts?.includes(shortcut) ?? false

  return {
    name: 'tape',
    exact: (value) => leaf(value, errors.held(value)),
    toNumber: (x) => x.value,
    error: (x) => {
      if (x.node >= 0) record.settle(x.node)
      const error = off(x)
      return Number.isNaN(error) ? Number.POSITIVE_INFINITY : error
    },
    steps: () => record.visits,
    add: (x, y) => total([x, y]),
    subtract: (x, y) => total([x, opposite(y)]),
    negate: opposite,
    total,
    accumulator,
    ...elementary,
    ...choices(record, propagated, errors),
    again: (_, compute) => compute(),
    normwise: (value, roundings, norm, apart = 0) =>
      leaf(value, errors.normwise(roundings, norm, apart)),
    allows,
    ...(profile.decomposition !== undefined && { decomposition: profile.decomposition }),
    ...(allows('convolution by transforms')
      ? { transforms: tapeTransforms(propagated, errors) }
      : {}),
  }
}
