/** How items are worked on. */
interface Work<A, B> {
  /** How many are worked on at once. */
  readonly lanes: number
  readonly act: (item: A, position: number) => Promise<B>
  /** Whether nothing more is begun after this result. */
  readonly ends: (result: B) => boolean
  /** Whether there is no time to begin anything. */
  readonly over: () => boolean
}

/**
 * What comes of items, as many at once as there are lanes, until a result ends it. They are begun in
 * order, so all before the one that ended it have a result, too; those that were not begun have none.
 */
export async function inLanes<A, B>(
  items: readonly A[],
  { lanes, act, ends, over }: Work<A, B>,
): Promise<readonly (B | undefined)[]> {
  const results: B[] = []
  let next = 0
  const lane = async () => {
    while (next < items.length && !over()) {
      const position = next++
      try {
        const result = await act(items[position]!, position)
        results[position] = result
        if (ends(result)) next = items.length
      } catch (error) {
        next = items.length
        throw error
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane))
  return results
}
