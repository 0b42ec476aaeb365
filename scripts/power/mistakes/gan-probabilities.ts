import { bfloat, half, inOrder, summing } from '../arithmetics.ts'
import { change, reread } from '../arrays.ts'
import { type Mistake, mistake } from '../mistake.ts'

/** Mistakes of what is made of probabilities that a discriminator gives, and of the way between noise vectors. */
export const probabilityMistakes: readonly Mistake[] = [
  mistake('gan.probabilityValue', 'numeric', 'adds up in half precision', (the) =>
    the.in(summing(inOrder(half))),
  ),
  mistake('gan.probabilityValue', 'numeric', 'keeps slopes in bfloat16', (the) => ({
    realSlopes: change(the.right.realSlopes, bfloat),
  })),
  mistake('gan.probabilityValue', 'range', 'keeps probabilities 10⁻⁶ away from 0 and 1', (the) => {
    if (the.parameters.cut !== 'probabilities') return
    const near = (d: number) => Math.min(1 - 1e-6, Math.max(1e-6, d))
    return the.but({
      real: change(the.inputs.real, near),
      generated: change(the.inputs.generated, near),
    })
  }),
  mistake('gan.probabilityValue', 'special', 'cuts logarithms off at −1000', (the) => {
    if (the.parameters.cut !== 'logarithms' || !the.inputs.real.data.includes(0)) return
    const lost = the.inputs.real.data.filter((d) => d === 0).length
    const more = (-900 * lost) / the.sizes.M
    return {
      onReal: change(the.right.onReal, (v) => v + more),
      value: change(the.right.value, (v) => v + more),
    }
  }),
  mistake(
    'gan.probabilityValue',
    'shape',
    'divides by the real samples on both sides',
    (the) => {
      const { M, S } = the.sizes
      const shrunk = (v: number) => (v * S) / M
      return { generatedSlopes: change(the.right.generatedSlopes, shrunk) }
    },
    { sizes: { M: 1, S: 2 } },
  ),
  mistake(
    'gan.probabilityValue',
    'size',
    'takes the first sample of a block of 32 for all behind it',
    (the) => {
      if (the.sizes.S > 32) {
        return the.but({ generated: reread(the.inputs.generated, 0, (s) => Math.min(s, 32)) })
      }
    },
    { sizes: { S: 40 } },
  ),
  mistake('gan.sphericalInterpolate', 'numeric', 'keeps the cosine in half precision', (the) =>
    the.but({ start: change(the.inputs.start, half), end: change(the.inputs.end, half) }),
  ),
  mistake(
    'gan.sphericalInterpolate',
    'range',
    'goes along the line where the angle is below 2 degrees',
    (the) => {
      const [a, b] = [the.inputs.start.data, the.inputs.end.data]
      const dot = a.reduce((sum, x, j) => sum + x * b[j]!, 0)
      if (!(dot > 0.9994 * Math.hypot(...a) * Math.hypot(...b))) return
      const last = the.right.noise.shape[0]! - 1
      const Z = a.length
      return {
        noise: change(the.right.noise, (_, at) => {
          const [share, j] = [Math.floor(at / Z) / last, at % Z]
          return (1 - share) * a[j]! + share * b[j]!
        }),
      }
    },
    { sizes: { Z: 2 }, elements: { start: () => 1, end: (_: number, at: number) => 1 + at / 32 } },
  ),
  mistake(
    'gan.sphericalInterpolate',
    'range',
    'stays at the start up to an end that is nearly opposite',
    (the) => {
      const [a, b] = [the.inputs.start.data, the.inputs.end.data]
      const dot = a.reduce((sum, x, j) => sum + x * b[j]!, 0)
      if (!(dot < -0.9996 * Math.hypot(...a) * Math.hypot(...b))) return
      const last = the.right.noise.data.length - a.length
      return { noise: change(the.right.noise, (x, at) => (at < last ? a[at % a.length]! : x)) }
    },
    {
      sizes: { Z: 2 },
      elements: { start: () => 1, end: (_: number, at: number) => -1 - at / 64 },
    },
  ),
  mistake(
    'gan.sphericalInterpolate',
    'size',
    'finds the angle by the first 32 units',
    (the) => {
      if (the.sizes.Z <= 32) return
      const cut = (z: typeof the.inputs.start) => change(z, (x, j) => (j < 32 ? x : 0))
      const angle = (a: readonly number[], b: readonly number[]) => {
        const dot = a.reduce((sum, x, j) => sum + x * b[j]!, 0)
        return Math.acos(Math.min(1, Math.max(-1, dot / (Math.hypot(...a) * Math.hypot(...b)))))
      }
      const { start, end } = the.inputs
      const omega = angle(cut(start).data, cut(end).data)
      if (!(Math.sin(omega) > 1e-3)) return
      const last = the.right.noise.shape[0]! - 1
      return {
        noise: change(the.right.noise, (_, at) => {
          const [share, j] = [Math.floor(at / the.sizes.Z) / last, at % the.sizes.Z]
          const w = (of: number) => Math.sin(of * omega) / Math.sin(omega)
          return w(1 - share) * start.at(j) + w(share) * end.at(j)
        }),
      }
    },
    { sizes: { Z: 40 } },
  ),
  mistake(
    'gan.sphericalInterpolate',
    'logic',
    'turns the end around where the angle is obtuse',
    (the) => {
      const { start, end } = the.inputs
      if (start.data.reduce((sum, x, j) => sum + x * end.at(j), 0) >= 0) return
      return the.but({ end: change(end, (z) => -z) })
    },
    { sizes: { Z: 2 }, elements: { start: () => 1, end: (_: number, at: number) => at - 2 } },
  ),
]
