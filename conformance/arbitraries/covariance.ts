/** The numbers that a format can hold, and what carries them. */
interface Format {
  readonly round: (x: number) => number
  readonly dtype: 'float32' | 'float64'
  readonly powers?: readonly [least: number, most: number]
}

/** Powers of two between which the columns of a factor stay, so that no product of two leaves a format of four bytes. */
const usualPowers = [-40, 40] as const

/**
 * The covariance FᵀF of a factor, exactly: each column is rounded to as few digits as a sum of its products may have, and
 * to a power of two of its own. So it has no negative eigenvalue in any format, and a rank below its size is one.
 */
export function covarianceOf(
  factor: ArrayLike<number>,
  [rows, size]: readonly [number, number],
  { round, dtype, powers: [least, most] = usualPowers }: Format,
): Float32Array | Float64Array {
  const digits = Math.max(1, Math.floor((digitsOf(round) - Math.ceil(Math.log2(rows))) / 2) - 1)
  const columns = Array.from({ length: size }, (_, j) => {
    const column = Array.from({ length: rows }, (_, r) => factor[r * size + j]!)
    const largest = Math.max(...column.map(Math.abs))
    if (largest === 0) return { whole: column, unit: 0 }
    const power = Math.floor(Math.log2(largest))
    const step = 2 ** (power + 1 - digits)
    const within = Math.min(most / 2, Math.max(least / 2 + digits, power)) + 1 - digits
    return { whole: column.map((x) => Math.round(x / step)), unit: 2 ** Math.floor(within) }
  })
  const data = new (dtype === 'float32' ? Float32Array : Float64Array)(size * size)
  for (const [i, a] of columns.entries()) {
    for (const [j, b] of columns.entries()) {
      const product = a.whole.reduce((sum, x, r) => sum + x * b.whole[r]!, 0)
      data[i * size + j] = product * a.unit * b.unit
    }
  }
  return data
}

/** How many binary digits the numbers of a grid have, 24 at most: those of doubles are as many as the cases need. */
function digitsOf(round: (x: number) => number): number {
  let digits = 1
  while (digits < 24 && round(2 ** digits + 1) === 2 ** digits + 1) digits++
  return digits
}
