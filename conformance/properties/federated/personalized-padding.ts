import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'

/** The same points of clients, and others in the places behind them. */
export function otherPadding({
  x,
  y,
  counts,
}: Readonly<Record<'x' | 'y' | 'counts', NumberArray<number>>>) {
  const behind = (points: NumberArray<number>, from: number) =>
    build(points.shape, (k, n, i) =>
      n < counts.at(k) ? points.at(k, n, i) : from - points.at(k, n, i),
    )
  return { x: behind(x, 3), y: behind(y, 5) }
}
