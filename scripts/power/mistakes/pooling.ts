import { build } from '../../../reference/arithmetic/array.ts'
import { layPoolWindows, type Pooling } from '../../../reference/cnn/pool-window.ts'
import { maxPool } from '../../../spec/cnn/pool.ts'
import { doubles, half, inOrder, summing, toBits } from '../arithmetics.ts'
import { change, clear, type Numbers, only, remains, reread, times, whole } from '../arrays.ts'
import { careless, lasting, type Mistake, mistake, rightly } from '../mistake.ts'

/** A pooled image with a reduction of its own of the numbers under each window. */
function pooled(
  x: Numbers,
  pooling: Pooling,
  reduce: (under: readonly number[], i: number, j: number) => number,
): Numbers {
  const [N, H, W, K] = x.shape
  const { Ho, Wo, pixels } = layPoolWindows([H, W], pooling)
  return build([N, Ho, Wo, K], (n, i, j, k) =>
    reduce(
      pixels(i, j).map(([p, q]) => x.at(n, p, q, k)),
      i,
      j,
    ),
  )
}

const mean = (values: readonly number[], count = values.length) =>
  values.reduce((sum, v) => sum + v, 0) / count

/** The gradient of max pooling, with a choice of its own among the pixels under a window. */
function routed(
  x: Numbers,
  dy: Numbers,
  pooling: Pooling,
  choose: (under: readonly number[]) => number,
  move: (pixel: readonly [number, number]) => readonly [number, number] = (pixel) => pixel,
): Numbers {
  const [N, H, W, K] = x.shape
  const { Ho, Wo, pixels } = layPoolWindows([H, W], pooling)
  const dx = new Array<number>(x.data.length).fill(0)
  for (let n = 0; n < N; n++)
    for (let i = 0; i < Ho; i++)
      for (let j = 0; j < Wo; j++)
        for (let k = 0; k < K; k++) {
          const under = pixels(i, j)
          const [p, q] = move(under[choose(under.map(([a, b]) => x.at(n, a, b, k)))])
          if (p < H && q < W) dx[((n * H + p) * W + q) * K + k] += dy.at(n, i, j, k)
        }
  return change(x, () => dx.shift()!)
}

const first = (values: readonly number[]) => values.indexOf(Math.max(...values))

/** Mistakes of pooling layers and their gradients. */
export const poolingMistakes: readonly Mistake[] = [
  mistake(
    'cnn.maxPool',
    'size',
    'gives channels beyond the last whole vector of 8 as they are at the first pixel of the window',
    (the) => {
      const { K } = the.sizes
      const { x } = the.inputs
      const firsts = pooled(x, the.parameters, ([v]) => v)
      if (remains(K, 8))
        return {
          y: change(the.right.y, (v, n, i, j, k) => (k >= whole(K, 8) ? firsts.at(n, i, j, k) : v)),
        }
    },
    { sizes: { K: 9 } },
  ),
  mistake(
    'cnn.maxPool',
    'size',
    'gives at most 32 rows, the others being those of the row before',
    (the) => ({
      y: reread(the.right.y, 1, (i) => Math.min(i, 31)),
    }),
    { sizes: { H: 40 }, parameters: { kernel: [1, 1], strides: [1, 1], padding: 'valid' } },
  ),
  mistake(
    'cnn.maxPool',
    'shape',
    '2 × 2 at stride 2 looks at three of the four pixels',
    (the) => {
      const { kernel, strides } = the.parameters
      if ([...kernel, ...strides].every((n) => n === 2))
        return { y: pooled(the.inputs.x, the.parameters, (v) => Math.max(...v.slice(0, 3))) }
    },
    { parameters: { kernel: [2, 2], strides: [2, 2], padding: 'valid' } },
  ),
  mistake(
    'cnn.maxPool',
    'shape',
    'a window as large as the image leaves its last column out',
    (the) => {
      const { H, W } = the.sizes
      const { kernel } = the.parameters
      if (kernel[0] === H && kernel[1] === W && W > 1)
        return the.but({ x: reread(the.inputs.x, 2, (j) => Math.min(j, W - 2)) })
    },
    { sizes: { H: 2, W: 2 }, parameters: { kernel: [2, 2] } },
  ),
  mistake(
    'cnn.maxPool',
    'range',
    'looks no further than 3 × 3 pixels',
    (the) => {
      const [h, w] = the.parameters.kernel
      if (h > 3)
        return { y: pooled(the.inputs.x, the.parameters, (v) => Math.max(...v.slice(0, 3 * w))) }
    },
    { sizes: { H: 6 }, parameters: { kernel: [5, 1], padding: 'valid' } },
  ),
  mistake(
    'cnn.maxPool',
    'special',
    'starts at -1e5, the lowest number it expects',
    (the) => ({
      y: change(the.right.y, (v) => Math.max(v, -1e5)),
    }),
    { elements: { x: (v) => -Math.abs(v) - 2e5 } },
  ),
  mistake(
    'cnn.maxPool',
    'special',
    'a NaN is passed over unless it is the first',
    (the) => ({
      y: pooled(the.inputs.x, the.parameters, (v) => v.reduce((a, b) => (b > a ? b : a))),
    }),
    {
      sizes: { W: 4 },
      parameters: { kernel: [1, 2], padding: 'valid' },
      elements: { x: (v, at) => (at % 3 === 1 ? Number.NaN : v) },
    },
  ),
  mistake(
    'cnn.maxPool',
    'numeric',
    'compares in bfloat16 and keeps the first of those that look equal',
    (the) => ({
      y: pooled(the.inputs.x, the.parameters, (v) => v[first(v.map(toBits(8)))]),
    }),
  ),
  careless(
    'cnn.maxPool',
    'state',
    'keeps the image and adds nothing when its first 4 numbers are those of the last image',
    () => {
      const right = rightly(maxPool)
      let before: { key: string; answer: Awaited<ReturnType<typeof right>> } | undefined
      return async (inputs, parameters) => {
        const key = [
          inputs.x.shape,
          [...inputs.x.data].slice(0, 4),
          JSON.stringify(parameters),
        ].join(';')
        const answer = before?.key === key ? before.answer : await right(inputs, parameters)
        before = { key, answer }
        return answer
      }
    },
    { sizes: { H: 4, W: 4 }, elements: { x: (v, at) => (at < 4 ? 1 : v) } },
  ),

  mistake(
    'cnn.averagePool',
    'size',
    'windows of more than 16 pixels count as 16',
    (the) => ({
      y: pooled(the.inputs.x, the.parameters, (v) => mean(v, Math.min(v.length, 16))),
    }),
    { sizes: { H: 5, W: 5 }, parameters: { kernel: [5, 4], padding: 'valid' } },
  ),
  mistake(
    'cnn.averagePool',
    'shape',
    'takes a global average over one row too few when the height is odd',
    (the) => {
      const { H, W } = the.sizes
      const { kernel } = the.parameters
      if (kernel[0] === H && kernel[1] === W && H % 2 === 1 && H > 1)
        return { y: pooled(the.inputs.x, the.parameters, (v) => mean(v.slice(0, v.length - W))) }
    },
    { sizes: { H: 3, W: 2 }, parameters: { kernel: [3, 2], padding: 'valid' } },
  ),
  mistake(
    'cnn.averagePool',
    'shape',
    'counts padding in windows that are cut in rows and columns at once',
    (the) => {
      const [h, w] = the.parameters.kernel
      const { H, W } = the.sizes
      const { pixels } = layPoolWindows([H, W], the.parameters)
      return {
        y: pooled(the.inputs.x, the.parameters, (v, i, j) => {
          const rows = new Set(pixels(i, j).map(([p]) => p)).size
          const cut = rows < h && v.length / rows < w
          return mean(v, cut ? h * w : v.length)
        }),
      }
    },
    { parameters: { kernel: [2, 2], padding: [1, 1, 1, 1] } },
  ),
  mistake('cnn.averagePool', 'numeric', 'adds up in half precision, which ends at 65504', (the) =>
    the.in(summing(inOrder(half))),
  ),
  mistake(
    'cnn.averagePool',
    'numeric',
    'divides by means of a reciprocal of 12 bits without a Newton step',
    (the) => ({
      y: pooled(the.inputs.x, the.parameters, (v) => mean(v, 1) * toBits(12)(1 / v.length)),
    }),
  ),
  mistake(
    'cnn.averagePool',
    'term',
    'leaves the last pixel of full windows out of the sum',
    (the) => {
      const full = the.parameters.kernel[0] * the.parameters.kernel[1]
      return {
        y: pooled(the.inputs.x, the.parameters, (v) =>
          mean(v.length === full && full > 4 ? v.slice(0, -1) : v, v.length),
        ),
      }
    },
    { sizes: { H: 4, W: 4 }, parameters: { kernel: [3, 3], padding: 'valid' } },
  ),
  lasting(
    'cnn.averagePool',
    'state',
    'keeps the number of pixels under each window from the first call with so many windows',
    () => {
      const counts = new Map<string, Numbers>()
      return (the) => {
        const sums = pooled(the.inputs.x, the.parameters, (v) => mean(v, 1))
        const key = sums.shape.join()
        const count = counts.get(key) ?? pooled(the.inputs.x, the.parameters, (v) => v.length)
        counts.set(key, count)
        return { y: change(sums, (v, ...at) => v / count.at(...at)) }
      }
    },
  ),

  mistake(
    'cnn.poolOutputSize',
    'range',
    'keeps sizes in 16 bits',
    (the) => ({
      size: change(the.right.size, (v) => v % 65536),
    }),
    { parameters: { rows: 65540, kernel: [1, 1], strides: [1, 1], padding: 'valid' } },
  ),
  mistake(
    'cnn.poolOutputSize',
    'shape',
    'kernels of 2 at stride 3 get one window more when a pixel remains',
    (the) => {
      const { kernel, strides, rows, padding } = the.parameters
      if (kernel[0] === 2 && strides[0] === 3 && padding === 'valid' && rows % 3 === 1)
        return { size: change(the.right.size, (v, axis) => (axis === 0 ? v + 1 : v)) }
    },
    { parameters: { kernel: [2, 1], strides: [3, 1], padding: 'valid', rows: 4 } },
  ),

  mistake(
    'cnn.maxPoolGradient',
    'shape',
    'forgets the padding when it finds its way back to the pixel',
    (the) => {
      const { padding } = the.parameters
      const top = typeof padding === 'string' ? 0 : padding[0]
      const { x, dy } = the.inputs
      if (top > 0) return { dx: routed(x, dy, the.parameters, first, ([p, q]) => [p + top, q]) }
    },
    { parameters: { padding: [1, 0, 0, 0] } },
  ),
  mistake(
    'cnn.maxPoolGradient',
    'special',
    'of three or more equal numbers takes the second',
    (the) => ({
      dx: routed(the.inputs.x, the.inputs.dy, the.parameters, (v) => {
        const at = first(v)
        return v.filter((value) => value === v[at]).length > 2 ? v.indexOf(v[at], at + 1) : at
      }),
    }),
    { sizes: { W: 4 }, parameters: { kernel: [1, 3] } },
  ),
  mistake(
    'cnn.maxPoolGradient',
    'size',
    'keeps places in a byte, so that images of more than 256 pixels lose theirs',
    (the) => {
      const { W } = the.sizes
      const place = ([p, q]: readonly [number, number]) => (p * W + q) % 256
      return {
        dx: routed(the.inputs.x, the.inputs.dy, the.parameters, first, (pixel) => [
          Math.floor(place(pixel) / W),
          place(pixel) % W,
        ]),
      }
    },
    // 257 pixels, all under one window.
    { sizes: { H: 17, W: 16 }, fewest: 258 },
  ),
  mistake(
    'cnn.maxPoolGradient',
    'special',
    'gives nothing where all numbers under a window are negative',
    (the) => {
      const { x, dy } = the.inputs
      const y = pooled(x, the.parameters, (v) => Math.max(...v))
      return the.but({ dy: change(dy, (v, ...at) => (y.at(...at) < 0 ? 0 : v)) })
    },
  ),
  mistake(
    'cnn.maxPoolGradient',
    'term',
    'of overlapping windows with the same largest pixel, the third and later do not count',
    (the) => {
      const counts = the.but({ dy: change(the.inputs.dy, () => 1) }).dx
      return {
        dx: change(the.right.dx, (v, ...at) =>
          counts.at(...at) > 2 ? (v * 2) / counts.at(...at) : v,
        ),
      }
    },
    { sizes: { W: 5 }, parameters: { kernel: [1, 3], strides: [1, 1] } },
  ),

  mistake(
    'cnn.averagePoolGradient',
    'shape',
    'disjoint windows: spreads over the stride instead of the kernel, where it is larger',
    (the) => {
      const { kernel, strides } = the.parameters
      if (strides[0] > kernel[0]) return { dx: times(the.right.dx, kernel[0] / strides[0]) }
    },
  ),
  mistake(
    'cnn.averagePoolGradient',
    'term',
    'sends the gradient of the first image to all',
    (the) => {
      const all = the.but({ dy: only(the.inputs.dy, 0) }).dx
      return { dx: change(the.right.dx, (_, _n, i, j, k) => all.at(0, i, j, k)) }
    },
  ),
  mistake(
    'cnn.averagePoolGradient',
    'size',
    'from 12 columns on, the last window gives nothing',
    (the) => {
      const { Wo, W } = the.sizes
      if (W >= 12) return the.but({ dy: clear(the.inputs.dy, 2, (j) => j === Wo - 1) })
    },
    { sizes: { W: 12 } },
  ),
  mistake('cnn.averagePoolGradient', 'numeric', 'multiplies by a share of 10 bits', (the) =>
    the.in(doubles({ divide: (a, b) => a * toBits(10)(1 / b) })),
  ),
]
