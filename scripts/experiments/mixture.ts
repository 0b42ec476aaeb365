import type { Random } from '../../conformance/arbitraries/random.ts'
import { normal } from './random.ts'

/** Gaussians on a circle, and when a generator is said to reach one of them. */
export const mixture = {
  modes: 8,
  radius: 2,
  deviation: 0.2,
  /** A sample belongs to a mode within so many deviations of its middle. */
  reach: 3,
  /** A mode is covered by at least this share of all samples, a fifth of what it has in the mixture. */
  covers: 1 / 40,
} as const

/** Where the Gaussians are, the first one to the right, the others against the clock. */
export const middles = Array.from({ length: mixture.modes }, (_, mode) => {
  const angle = (2 * Math.PI * mode) / mixture.modes
  return [mixture.radius * Math.cos(angle), mixture.radius * Math.sin(angle)] as const
})

/** Points of the mixture, two numbers each. */
export function mixtureSamples(random: Random, count: number): Float32Array {
  const points = new Float32Array(2 * count)
  for (let n = 0; n < count; n++) {
    const [x, y] = middles[random.below(mixture.modes)]!
    points[2 * n] = x + mixture.deviation * normal(random)
    points[2 * n + 1] = y + mixture.deviation * normal(random)
  }
  return points
}

/** How many points belong to each mode. */
export function countsOfModes(points: ArrayLike<number>): readonly number[] {
  const within = mixture.reach * mixture.deviation
  const counts = new Array<number>(mixture.modes).fill(0)
  for (let at = 0; at < points.length; at += 2) {
    for (const [mode, [x, y]] of middles.entries()) {
      if (Math.hypot(points[at]! - x, points[at + 1]! - y) <= within) counts[mode]!++
    }
  }
  return counts
}

/** How many modes are covered, of so many points. */
export function coveredModes(counts: readonly number[], points: number): number {
  return counts.filter((count) => count >= mixture.covers * points).length
}
