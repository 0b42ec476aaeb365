import type { Floor } from '../engine/floor.ts'
import type { LongSums } from './spread-errors.ts'

/** Below 10^-12; a run of all operations has fewer than a thousand limits, so that 10^-9 is not reached. */
const chance = 2 ** -40

/** What the errors of one kind of sums come to, in units of rounding, and what they may come to. */
export interface Statistics {
  /** The mean, counted as positive away from zero. */
  readonly mean: number
  readonly meanLimit: number
  readonly meanSquare: number
  readonly meanSquareLimit: number
  readonly floor: Floor
}

/** The errors of sums, each in its own unit, and positive away from zero. */
export function errorsOf({ places, sums }: LongSums, answer: readonly number[]): Float64Array {
  return Float64Array.from(sums, ({ value, rest, unit }, i) => {
    const off = answer[places[i]!]! - value - rest
    return unit > 0 ? (off / unit) * Math.sign(value) : off === 0 ? 0 : off / 0
  })
}

/** The statistics of errors, and their limits (`reference/arithmetic/STATISTICS.md`). */
export function statisticsOf({ sums }: LongSums, errors: Float64Array): Statistics {
  const count = errors.length
  const over = (part: (error: number, i: number) => number) => {
    let sum = 0
    for (let i = 0; i < count; i++) sum += part(errors[i]!, i)
    return sum / count
  }
  const common = (i: number) => sums[i]!.common / sums[i]!.unit
  const size = (i: number) => Math.abs(sums[i]!.value) / sums[i]!.unit
  const mean = over((error) => error)
  const meanSquare = over((error) => error * error)
  const meanLimit = Math.sqrt((2 * Math.log(2 / chance)) / count) + over((_, i) => common(i))
  const share = Math.log(1 / chance) / count
  const own = Math.sqrt(1 + 2 * Math.sqrt(share) + 2 * share)
  const meanSquareLimit = (own + Math.sqrt(over((_, i) => common(i) ** 2))) ** 2
  // A further error d of one sum adds d² − 2 |z| d or more to the sum of squares.
  const left = count * Math.max(0, meanSquareLimit - meanSquare)
  const single = Float64Array.from(
    errors,
    (z, i) => (Math.abs(z) + Math.sqrt(z * z + left)) / size(i),
  )
  return {
    mean,
    meanLimit,
    meanSquare,
    meanSquareLimit,
    floor: {
      all: (meanLimit + Math.abs(mean)) / over((_, i) => size(i)),
      one: single.sort()[(count - 1) >> 1]!,
    },
  }
}
