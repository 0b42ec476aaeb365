import type { PropertyReport } from './model.ts'

/** How much of the cases an implementation takes, and why not the rest. */
export interface Share {
  /** Of 1, the part of the cases that it takes. */
  readonly taken: number
  /** Of 1, the part that it declines, by the reason, the largest first. */
  readonly declines: Readonly<Record<string, number>>
}

/**
 * The mean over properties that are asked. How many cases were drawn in the place of those that are
 * declined says nothing of a share, so that each property counts for no more than the cases of a run.
 */
export function shareOf(properties: readonly PropertyReport[], runs: number): Share {
  let [all, untaken] = [0, 0]
  const reasons = new Map<string, number>()
  for (const { verdict, declined, discarded, open } of properties) {
    if (verdict.outcome === 'unsupported') continue
    const judged = ('cases' in verdict ? verdict.cases : 0) + discarded + open
    const drawn = declined?.drawn ?? judged
    const weight = Math.min(drawn, Math.max(1, runs))
    all += weight
    for (const [reason, count] of Object.entries(declined?.reasons ?? {})) {
      const share = (weight * count) / drawn
      untaken += share
      reasons.set(reason, (reasons.get(reason) ?? 0) + share)
    }
  }
  const sorted = [...reasons].sort(([, a], [, b]) => b - a)
  return {
    taken: all === 0 ? 0 : Math.max(0, 1 - untaken / all),
    declines: Object.fromEntries(sorted.map(([reason, share]) => [reason, share / all])),
  }
}

/** How many cases are declined. */
export function countDeclined(properties: readonly PropertyReport[]): number {
  const counts = properties.flatMap(({ declined }) => Object.values(declined?.reasons ?? {}))
  return counts.reduce((sum, count) => sum + count, 0)
}
