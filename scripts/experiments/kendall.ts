/** Kendall's τ: of all pairs, the share that both rank alike, less the share that they rank the other way round. */
export function kendall(one: readonly number[], other: readonly number[]): number {
  let sum = 0
  for (const [i, x] of one.entries()) {
    for (let j = 0; j < i; j++) sum += Math.sign(x - one[j]!) * Math.sign(other[i]! - other[j]!)
  }
  return sum / ((one.length * (one.length - 1)) / 2)
}
