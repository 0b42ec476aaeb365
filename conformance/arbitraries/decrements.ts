/**
 * By how much to try to make a number less that may become so much less: all of it, half, a quarter, …, and 1;
 * to all but one or two of it, and by 2, where what matters is whether it is odd.
 */
export function decrements(most: number): readonly number[] {
  const tried = new Set<number>()
  for (let by = most; by >= 1; by = Math.floor(by / 2)) tried.add(by)
  for (const by of [most - 1, most - 2, 2]) if (by >= 1 && by <= most) tried.add(by)
  return [...tried].sort((a, b) => b - a)
}
