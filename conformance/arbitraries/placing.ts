import type { Usual } from '../../spec/language/operation.ts'

/** Gives the free axes of a usual configuration that follow from others the sizes that they then have. */
export function follow(sizes: Record<string, number>, fixed: NonNullable<Usual['sizes']>) {
  for (const [symbol, size] of Object.entries(fixed)) {
    if (typeof size === 'function' && symbol in sizes) sizes[symbol] = size(sizes)
  }
}

/**
 * The first size from `from + offset` on that is not taken: going round in `from..from+range`, and
 * beyond that only when all of these are taken.
 */
export function differing(
  from: number,
  offset: number,
  range: number,
  taken: readonly number[],
): number {
  for (let step = 0; step <= range; step++) {
    const size = from + ((offset + step) % (range + 1))
    if (!taken.includes(size)) return size
  }
  let size = from + range + 1
  while (taken.includes(size)) size++
  return size
}
