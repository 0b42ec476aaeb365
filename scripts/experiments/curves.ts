import type { Curve, Point } from '../../conformance/experiments/experiment.ts'
import type { Tensor } from '../../spec/language/tensor.ts'
import { type Ask, tensor } from './ask.ts'

/** A trained layer, what it is given, and how well its network does with other weights in its place. */
export interface Layer {
  readonly weights: Tensor
  readonly samples: Tensor
  readonly accuracyWith?: (weights: Float32Array) => number
}

const norm = (numbers: Iterable<number>) => {
  let sum = 0
  for (const x of numbers) sum += x * x
  return Math.sqrt(sum)
}

const minus = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Float64Array.from(a, (x, i) => x - b[i]!)

/** x W in double precision. */
function product(x: Tensor, W: ArrayLike<number>): Float64Array {
  const [N, D] = x.shape as [number, number]
  const M = W.length / D
  const y = new Float64Array(N * M)
  for (let n = 0; n < N; n++)
    for (let d = 0; d < D; d++) {
      const value = x.data[n * D + d]!
      if (value !== 0) for (let m = 0; m < M; m++) y[n * M + m]! += value * W[d * M + m]!
    }
  return y
}

/** Seven digits are more than a plot or a table shows. */
const short = (x: number) => Number(x.toPrecision(7))

/** What a compressed layer comes to, given how far its outputs may be off at most. */
function pointOf(
  layer: Layer,
  { at, rate, bound, weights }: Omit<Point, 'error'> & { readonly weights: ArrayLike<number> },
): Point {
  const outputs = norm(product(layer.samples, layer.weights.data))
  const change = norm(product(layer.samples, minus(weights, layer.weights.data)))
  const accuracy = layer.accuracyWith?.(Float32Array.from(weights))
  return {
    at,
    rate: short(rate),
    error: short(change / outputs),
    bound: short(bound / outputs),
    ...(accuracy !== undefined && { accuracy }),
  }
}

/** Singular values left out: the bound is the largest of them, times the norm of the samples. */
export async function rankCurve(ask: Ask, layer: Layer, counts: readonly number[]): Promise<Curve> {
  const [H, W] = layer.weights.shape as [number, number]
  const { U, S, V } = (await ask('lowrank.svd', { weights: layer.weights })) as never as Record<
    'U' | 'S' | 'V',
    Tensor
  >
  const points: Point[] = []
  for (const count of counts) {
    const parameters = { rule: 'count', count, threshold: 0 }
    const { matrix } = await ask('lowrank.truncate', { U, S, V }, parameters)
    const storage = { rows: H, columns: W, kept: count }
    const { whole, absorbed } = await ask('lowrank.factorStorage', {}, storage)
    points.push(
      pointOf(layer, {
        at: count,
        rate: whole!.data[0]! / absorbed!.data[0]!,
        bound: (S.data[count] ?? 0) * norm(layer.samples.data),
        weights: matrix!.data,
      }),
    )
  }
  return { way: 'rank', points }
}

/** Weights removed: the bound is the norm of what was removed, times that of the samples. */
export async function sparsityCurve(
  ask: Ask,
  layer: Layer,
  shares: readonly number[],
): Promise<Curve> {
  const points: Point[] = []
  for (const share of shares) {
    const layers = {
      weights1: layer.weights,
      weights2: tensor([layer.weights.shape[1]!, 1], new Float32Array(layer.weights.shape[1]!)),
    }
    const { mask1 } = await ask('pruning.byPercentage', layers, { share, scope: 'layer' })
    const weights = layer.weights.data.map((w, i) => (mask1!.data[i] === 0 ? 0 : w))
    const { denseBits, sparseBits } = await ask(
      'pruning.compressedRows',
      { weights: { ...layer.weights, data: weights as Float32Array } },
      { valueBits: 32, indexBits: 16 },
    )
    points.push(
      pointOf(layer, {
        at: share,
        rate: denseBits!.data[0]! / sparseBits!.data[0]!,
        bound: norm(minus(weights, layer.weights.data)) * norm(layer.samples.data),
        weights,
      }),
    )
  }
  return { way: 'sparsity', points }
}

/** Fewer bits: an output is off by at most half a step, times the sum of magnitudes of its sample. */
export async function bitsCurve(ask: Ask, layer: Layer, widths: readonly number[]): Promise<Curve> {
  const [D, M] = layer.weights.shape as [number, number]
  const N = layer.samples.shape[0]!
  const sums = Array.from({ length: N }, (_, n) =>
    Array.from(layer.samples.data.subarray(n * D, (n + 1) * D)).reduce(
      (sum, x) => sum + Math.abs(x),
      0,
    ),
  )
  const points: Point[] = []
  for (const bits of widths) {
    const coding = { bits, range: 'narrow', per: 'tensor' }
    const { scales } = await ask(
      'quantization.symmetricScale',
      { w: layer.weights },
      { bits, per: 'tensor' },
    )
    const given = { scales: scales!, zeroPoints: tensor([1], [0]) }
    const { codes } = await ask('quantization.quantize', { x: layer.weights, ...given }, coding)
    const { x } = await ask('quantization.dequantize', { codes: codes!, ...given }, coding)
    const { rate } = await ask(
      'compression.storedSize',
      {},
      {
        before: [{ numbers: D * M, bits: 32 }],
        after: [
          { numbers: D * M, bits },
          { numbers: 1, bits: 32 },
        ],
      },
    )
    points.push(
      pointOf(layer, {
        at: bits,
        rate: rate!.data[0]!,
        bound: (scales!.data[0]! / 2) * Math.sqrt(M) * norm(sums),
        weights: x!.data,
      }),
    )
  }
  return { way: 'bits', points }
}
