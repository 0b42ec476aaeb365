/** A finite space, and two batches of as many of its points. */
export interface Batches {
  /** The distance of each point from each other. */
  readonly distances: readonly (readonly number[])[]
  readonly real: readonly number[]
  readonly generated: readonly number[]
}

/** Distances along the shortest ways, of steps that are at least 1 long: whole numbers that are a metric. */
export function shortestWays(steps: (i: number, j: number) => number, N: number) {
  const points = Array.from({ length: N }, (_, i) => i)
  const step = (i: number, j: number) => Math.max(1, Math.min(steps(i, j), steps(j, i)))
  const distances = points.map((i) => points.map((j) => (i === j ? 0 : step(i, j))))
  for (const by of points) {
    for (const i of points) {
      for (const j of points) {
        distances[i]![j] = Math.min(distances[i]![j]!, distances[i]![by]! + distances[by]![j]!)
      }
    }
  }
  return distances
}

/**
 * The least sum of distances over all pairings of real and generated samples, one of each: of two batches of as
 * many samples one of the best plans does not divide any of them (Birkhoff's theorem), so that this is the
 * linear program, solved by trying every vertex.
 */
export function leastPairing({ distances, real, generated }: Batches): number {
  const [first, ...rest] = real
  if (first === undefined) return 0
  const costs = generated.map((point, at) => {
    const left = generated.filter((_, other) => other !== at)
    return distances[first]![point]! + leastPairing({ distances, real: rest, generated: left })
  })
  return Math.min(...costs)
}

/**
 * Of all functions with slopes of at most 1 the one of which the sums over both batches differ most. Where all
 * distances are whole numbers one of the best has whole values, since each constraint is of a difference of two:
 * so that all of them can be tried.
 */
export function bestCritic(batches: Batches): readonly number[] {
  const { distances, real, generated } = batches
  const N = distances.length
  let best: readonly number[] = []
  let most = Number.NEGATIVE_INFINITY
  const differ = (f: readonly number[]) =>
    real.reduce((sum, i) => sum + f[i]!, 0) - generated.reduce((sum, i) => sum + f[i]!, 0)
  const extend = (f: readonly number[]) => {
    if (f.length === N) {
      const measured = differ(f)
      if (measured > most) [best, most] = [f, measured]
      return
    }
    const row = distances[f.length]!
    const low = Math.max(...f.map((v, i) => v - row[i]!))
    const high = Math.min(...f.map((v, i) => v + row[i]!))
    for (let v = low; v <= high; v++) extend([...f, v])
  }
  extend([0])
  return best
}
