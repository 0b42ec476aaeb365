import { isUndecided, undecided } from './decision.ts'
import type { LocalErrors } from './local-error.ts'
import type { Propagation } from './tape-propagation.ts'
import type { TapeRecord, Weighted } from './tape-record.ts'
import { opposite, Taped } from './tape-value.ts'

/** What depends on how numbers on a tape compare, or on which way an implementation takes. */
export function choices(
  record: TapeRecord,
  { off, tighten, single, leaf }: Propagation,
  errors: LocalErrors,
) {
  /** Where the sign is open, |x + δ| − |x| is not larger than δ, but no longer follows it. */
  const abs = (x: Taped): Taped => {
    if (off(x) > Math.abs(x.value)) tighten(x)
    const e = off(x)
    if (e <= Math.abs(x.value)) return x.value < 0 ? opposite(x) : x
    return single(Math.abs(x.value), record.node([], e), 1, 0)
  }

  /** The largest, where its error leaves no doubt which it is; else off by the largest error. */
  const maximum = (terms: readonly Taped[]): Taped => {
    let largest = terms[0]!
    for (const x of terms) {
      if (Number.isNaN(x.value)) return x
      if (x.value > largest.value) largest = x
    }
    const rivals = () => {
      const least = largest.value - off(largest)
      return terms.filter((x) => x !== largest && !(x.value + off(x) <= least))
    }
    const mistaken = () =>
      terms.reduce(
        (most, x) => Math.max(most, errors.mistaken(largest.value, off(largest), x.value, off(x))),
        0,
      )
    let open = rivals()
    if (open.length === 0 && mistaken() === 0) return largest
    for (const x of [largest, ...open]) tighten(x)
    open = rivals()
    const apart = mistaken()
    const reach = Math.max(off(largest), apart, ...open.map(off))
    if ((open.length === 0 && apart === 0) || reach === 0) return largest
    if (!Number.isFinite(reach)) return leaf(largest.value, reach)
    return single(largest.value, record.node([], reach), 1, 0)
  }

  const less = (x: Taped, y: Taped): boolean => {
    if (isUndecided(x.value, y.value, off(x) + off(y))) {
      tighten(x)
      tighten(y)
      const least = off(x) + off(y)
      if (isUndecided(x.value, y.value, least)) throw undecided(x.value, y.value, least)
    }
    return x.value < y.value
  }

  /**
   * Follows the first, and allows beside it, at any use, what another may differ from it: in a sweep of
   * the difference, what reaches both in equal measure cancels.
   */
  const anyOf = (...evaluations: readonly (() => Taped)[]): Taped => {
    const [first, ...others] = evaluations.map((evaluate) => evaluate()) as [Taped, ...Taped[]]
    let { own, magnitude, spread, terms, whole } = first
    for (const other of others) {
      const seeds: Weighted[] = []
      if (other.node >= 0) seeds.push([other.node, other.slope])
      if (first.node >= 0) seeds.push([first.node, -first.slope])
      const apart = seeds.length > 0 ? record.sweep(seeds) : 0
      own = Math.max(own, other.own + apart + Math.abs(other.value - first.value))
      magnitude = Math.max(magnitude, other.magnitude)
      spread = Math.max(spread, other.spread)
      terms = Math.max(terms, other.terms)
      whole = whole && other.whole
    }
    const { value, node, slope } = first
    return new Taped(value, node, slope, own, magnitude, spread + own - first.own, terms, whole)
  }

  return { abs, maximum, less, anyOf }
}
