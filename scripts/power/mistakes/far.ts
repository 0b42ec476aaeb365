import { build } from '../../../reference/arithmetic/array.ts'
import { half } from '../arithmetics.ts'
import { change } from '../arrays.ts'
import { type Mistake, mistake } from '../mistake.ts'

const largest = 2 ** 128 - 2 ** 104

/** Mistakes that show next to the ends of a format, or far behind the first tiles of an axis alone. */
export const farMistakes: readonly Mistake[] = [
  mistake(
    'quantization.encodeHalf',
    'special',
    'keeps bfloat16 below infinity, whichever side the nearest number is on',
    (the) => {
      if (the.parameters.format !== 'bfloat16') return
      const isNumber = (p: number) => Number.isFinite(the.inputs.x.at(p))
      return {
        codes: change(the.right.codes, (code, p) =>
          isNumber(p) && (code === 0x7f80 || code === 0xff80) ? code - 1 : code,
        ),
      }
    },
    { parameters: { format: 'bfloat16' }, elements: { x: () => largest } },
  ),
  mistake(
    'quantization.halfMatmul',
    'numeric',
    'stores what is beyond the sixteenth product of a sum in half precision before it adds it',
    (the) => {
      const { N, M, D } = the.sizes
      const { a, b } = the.inputs
      if (the.parameters.sums !== 'float32' || D <= 16) return
      const block = (n: number, m: number, from: number, to: number) => {
        let sum = 0
        for (let d = from; d < to; d++) sum = Math.fround(sum + a.at(n, d) * b.at(d, m))
        return sum
      }
      return {
        y: build([N, M], (n, m) => Math.fround(block(n, m, 0, 16) + half(block(n, m, 16, D)))),
      }
    },
    { sizes: { D: 17 }, parameters: { sums: 'float32' } },
  ),
  mistake(
    'activation.derivative',
    'special',
    'takes numbers too small to be squared for 0 at the bend of the rectifier',
    (the) => {
      if (the.parameters.activation !== 'relu') return
      return {
        slope: change(the.right.slope, (v, p) => {
          const x = the.inputs.x.at(p)
          return x > 0 && Math.fround(x * x) === 0 ? 0 : v
        }),
      }
    },
    { parameters: { activation: 'relu' }, elements: { x: () => 2 ** -80 } },
  ),
  mistake(
    'lstm.forward',
    'size',
    'gives units behind the first 32 the gates of those',
    (the) => {
      if (the.sizes.H <= 32) return
      const ofTile = (array: typeof the.inputs.U) =>
        change(array, (_, g, h, ...rest) => array.at(g, h % 32, ...rest))
      const { U, W, b } = the.inputs
      return the.but({ U: ofTile(U), W: ofTile(W), b: ofTile(b) })
    },
    { sizes: { H: 33, I: 1, N: 1, T: 2 } },
  ),
  mistake(
    'rnn.network',
    'size',
    'shares probabilities among the first 32 classes, and gives later ones none',
    (the) => {
      if (the.sizes.O <= 32) return
      const { o } = the.right
      return {
        y: change(the.right.y, (_, t, n, c) => {
          const scores = Array.from({ length: 32 }, (_, k) => o.at(t, n, k))
          const most = Math.max(...scores)
          const sum = scores.reduce((all, score) => all + Math.exp(score - most), 0)
          return c < 32 ? Math.exp(o.at(t, n, c) - most) / sum : 0
        }),
      }
    },
    { sizes: { O: 33 } },
  ),
  mistake(
    'federated.medianAggregate',
    'special',
    'takes half of twice the middle one of an odd number of models, which may overflow',
    (the) => {
      if (the.sizes.M % 2 === 0) return
      const halfOfTwice = (x: number) => Math.fround(Math.fround(x + x) / 2)
      return { w: change(the.right.w, halfOfTwice), b: change(the.right.b, halfOfTwice) }
    },
    { sizes: { M: 3 }, elements: { w: () => largest } },
  ),
  mistake(
    'pruning.compressedRows',
    'size',
    'keeps columns in bytes with a sign',
    (the) => ({ columns: change(the.right.columns, (c) => ((c + 128) % 256) - 128) }),
    { sizes: { D: 1, M: 129 }, elements: { weights: () => 1 } },
  ),
]
