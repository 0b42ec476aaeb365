import { distance } from 'fastest-levenshtein'

/** Up to three names that could have been meant. */
export function nearest(name: string, names: readonly string[]): readonly string[] {
  const far = Math.max(3, Math.ceil(name.length * 0.4))
  const lower = name.toLowerCase()
  return names
    .map((candidate) => ({
      candidate,
      steps: Math.min(
        distance(lower, candidate),
        // Only the last part was given, such as `linearity`.
        1 + distance(lower, candidate.slice(candidate.lastIndexOf('.') + 1)),
      ),
    }))
    .filter(({ candidate, steps }) => steps <= far || candidate.includes(lower))
    .sort((a, b) => a.steps - b.steps)
    .slice(0, 3)
    .map(({ candidate }) => candidate)
}
