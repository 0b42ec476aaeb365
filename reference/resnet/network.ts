import type {
  networkCounts as countsSpec,
  poolingCost as poolingSpec,
  network as spec,
} from '../../spec/resnet/network.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, fromData } from '../arithmetic/array.ts'
import { product } from '../arithmetic/product.ts'
import type { Reference } from '../reference.ts'

type Depth = '18' | '34' | '50' | '101' | '152'
type Factors = readonly number[]
type Stages = readonly [number, number, number, number]

/** He et al. (2016), table 1: how many blocks each stage has. */
const blocks: Readonly<Record<Depth, Stages>> = {
  18: [2, 2, 2, 2],
  34: [3, 4, 6, 3],
  50: [3, 4, 6, 3],
  101: [3, 4, 23, 3],
  152: [3, 8, 36, 3],
}
const isBasic = (depth: Depth) => depth === '18' || depth === '34'

/** The side of an image after a number of halvings that round up. */
const halved = (side: number, times: number) => Math.ceil(side / 2 ** times)

/**
 * The layers of a residual network.
 *
 * Formula    stage s has channels 64 · 2^s inside, e times as many outside (e = 1, bottleneck 4),
 *            and images of side ⌈side / 2^(s + 2)⌉
 * Clauses    resnet.pooling.two-only, resnet.network.counts
 * Shapes     → layers: [L, 7], L = depth + 2 + shortcuts
 * Edges      sides are rounded up; the mean reaches over the whole image, whatever its side
 * Source     He, Zhang, Ren, Sun (2016), table 1
 * Example    ResNet-18, side 224: the sides 224, 112, 56, 28, 14, 7, 1
 */
export const network: Reference<typeof spec> = (
  { exact },
  _,
  { depth, side, classes, strideIn },
) => {
  const e = isBasic(depth) ? 1 : 4
  const at = (halvings: number) => halved(side, halvings)
  const rows = [
    [0, 7, 2, 3, 64, at(0), at(1)],
    [1, 3, 2, 64, 64, at(1), at(2)],
    ...blocks[depth].flatMap((count, s) =>
      Array.from({ length: count }, (_, k) => {
        const w = 64 * 2 ** s
        const stride = s > 0 && k === 0 ? 2 : 1
        const channels = k > 0 ? e * w : s > 0 ? (e * w) / 2 : 64
        const [before, after] = [at(stride === 2 ? s + 1 : s + 2), at(s + 2)]
        const [a, b, between] = strideIn === 'first' ? [stride, 1, after] : [1, stride, before]
        const branch = isBasic(depth)
          ? [
              [0, 3, stride, channels, w, before, after],
              [0, 3, 1, w, w, after, after],
            ]
          : [
              [0, 1, a, channels, w, before, between],
              [0, 3, b, w, w, between, after],
              [0, 1, 1, w, e * w, after, after],
            ]
        const shortcut = [4, 1, stride, channels, e * w, before, after]
        return channels === e * w ? branch : [...branch, shortcut]
      }).flat(),
    ),
    [2, at(5), 1, 512 * e, 512 * e, at(5), 1],
    [3, 1, 1, 512 * e, classes, 1, 1],
  ]
  return { layers: fromData([rows.length, 7], rows.flat().map(exact)) }
}

/**
 * Parameters and multiply-adds of a residual network.
 *
 * Formula    stem 7² · 3 · 64, each stage with n blocks of inner channels w, from c channels:
 *            basic: 9cw + 9w² + (n − 1) 18w² and cw for a shortcut that widens;
 *            bottleneck: cw + 9w² + 4w² + (n − 1) 17w² and 4cw for the shortcut;
 *            2 numbers a filter for its normalization; classifier (C + 1) · classes
 * Clauses    resnet.network.counts
 * Shapes     → parameters: [], multiplyAdds: [], weighted: [6]
 * Edges      the layer before a stride has four times the positions: ⌈side / 2^s⌉² each
 * Source     He, Zhang, Ren, Sun (2016), table 1
 * Example    ResNet-18, side 224, 1000 classes → 11 689 512 parameters, 1 814 073 344 multiply-adds
 */
export const networkCounts: Reference<typeof countsSpec> = (
  arithmetic,
  _,
  { depth, side, classes, strideIn },
) => {
  const { exact } = arithmetic
  const pixels = (halvings: number) => halved(side, halvings) ** 2
  const weights: Factors[] = [[7 * 7, 3, 64]]
  const normalized: Factors[] = [[2, 64]]
  const costs: Factors[] = [[pixels(1), 7 * 7, 3, 64]]

  for (const [s, n] of blocks[depth].entries()) {
    const w = 64 * 2 ** s
    const [before, after] = [pixels(s === 0 ? 2 : s + 1), pixels(s + 2)]
    if (isBasic(depth)) {
      const c = s === 0 ? 64 : w / 2
      weights.push([9, c, w], [9, w, w], [n - 1, 18, w, w])
      costs.push([after, 9, c, w], [after, 9, w, w], [n - 1, after, 18, w, w])
      normalized.push([2, 2, n, w])
      if (s > 0) {
        weights.push([c, w])
        costs.push([after, c, w])
        normalized.push([2, w])
      }
    } else {
      const c = s === 0 ? 64 : 2 * w
      const entry = strideIn === 'first' ? after : before
      weights.push([c, w], [9, w, w], [4, w, w], [n - 1, 17, w, w], [c, 4, w])
      costs.push([entry, c, w], [after, 13, w, w], [n - 1, after, 17, w, w], [after, c, 4, w])
      normalized.push([2, n, 6, w], [2, 4, w])
    }
  }
  const last = isBasic(depth) ? 512 : 2048
  const perBlock = isBasic(depth) ? 2 : 3
  return {
    parameters: total(arithmetic, [...weights, ...normalized, [last + 1, classes]]),
    multiplyAdds: total(arithmetic, [...costs, [last, classes]]),
    weighted: fromData([6], [1, ...blocks[depth].map((n) => perBlock * n), 1].map(exact)),
  }
}

/** The sum of products of whole numbers. */
function total<T>(arithmetic: Arithmetic<T>, terms: readonly (readonly number[])[]) {
  const products = terms.map((factors) => product(arithmetic, ...factors))
  return fromData([], [arithmetic.total(products)])
}

/**
 * Cost of a maximum and of a convolution of the same window.
 *
 * Formula    operations = [n C (h² − 1), n h² C²], n positions, C channels, side h;
 *            dearer = 1 if the first is larger, else 0
 * Clauses    resnet.pooling.two-only
 * Shapes     → dearer: [], operations: [2]
 * Edges      a window of one pixel needs no comparison
 * Source     by counting
 * Example    h = 3, C = 1, n = 1 → 8 comparisons, 9 multiply-adds, dearer = 0
 */
export const poolingCost: Reference<typeof poolingSpec> = (
  { exact, multiply, subtract, less },
  _,
  { window, channels, outputs },
) => {
  const [n, C, area] = [exact(outputs), exact(channels), multiply(exact(window), exact(window))]
  const comparisons = multiply(multiply(n, C), subtract(area, exact(1)))
  const multiplyAdds = multiply(multiply(n, area), multiply(C, C))
  return {
    dearer: build([], () => exact(less(multiplyAdds, comparisons) ? 1 : 0)),
    operations: fromData([2], [comparisons, multiplyAdds]),
  }
}
