import { doubles, half, toBits } from '../arithmetics.ts'
import { change, clear } from '../arrays.ts'
import { type Mistake, mistake } from '../mistake.ts'

/** Mistakes of local response normalization and its gradients. */
export const normalizationMistakes: readonly Mistake[] = [
  mistake(
    'cnn.lrnWithin',
    'range',
    'looks no further than 2 pixels to each side',
    (the) => the.but({}, { radius: Math.min(the.parameters.radius, 2) }),
    { sizes: { H: 4, W: 4 }, parameters: { radius: 3, alpha: 1, beta: 1 } },
  ),
  mistake(
    'cnn.lrnWithin',
    'range',
    'β = 0 counts as a half',
    (the) => {
      if (the.parameters.beta === 0) return the.but({}, { beta: 0.5 })
    },
    { parameters: { beta: 0, kappa: 2 } },
  ),
  mistake(
    'cnn.lrnWithin',
    'shape',
    'windows higher than the image shrink to what fits into it on both sides',
    (the) => {
      const { H, W } = the.sizes
      const fits = Math.floor((Math.min(H, W) - 1) / 2)
      if (the.parameters.radius > fits) return the.but({}, { radius: fits })
    },
    { sizes: { H: 2, W: 4 }, parameters: { radius: 2, alpha: 1, beta: 1 } },
  ),
  mistake(
    'cnn.lrnWithin',
    'numeric',
    'squares in half precision, which loses numbers below 2⁻¹²',
    (the) => the.in(doubles({ multiply: (a, b) => (a === b ? half(a * b) : a * b) })),
    { parameters: { alpha: 1, beta: 1 } },
  ),

  mistake(
    'cnn.lrnAcross',
    'range',
    'takes a root of a root for a β of 0.75 and beyond it up to 1',
    (the) => {
      const { beta } = the.parameters
      if (beta > 0.75 && beta < 1) return the.but({}, { beta: 0.75 })
    },
    { parameters: { beta: 0.875, alpha: 1 } },
  ),
  mistake(
    'cnn.lrnAcross',
    'size',
    'with more than 8 channels, the groups of the last two end one channel early',
    (the) => {
      const { K } = the.sizes
      if (K <= 8) return
      const { y } = the.but({ x: clear(the.inputs.x, 3, (k) => k === K - 1) })
      return { y: change(the.right.y, (v, n, i, j, k) => (k === K - 2 ? y.at(n, i, j, k) : v)) }
    },
    { sizes: { K: 9 }, parameters: { radius: 1, alpha: 1, beta: 1 } },
  ),
  mistake(
    'cnn.lrnAcross',
    'numeric',
    'computes the power as the exponential of a logarithm of 12 bits',
    (the) => the.in(doubles({ power: (s, b) => Math.exp(b * toBits(12)(Math.log(s))) })),
    { parameters: { kappa: 2, beta: 0.75 } },
  ),
  mistake(
    'cnn.lrnAcross',
    'numeric',
    'keeps energies where 65504 is the largest number',
    (the) => the.in(doubles({ power: (s, b) => (s > 65504 ? Number.POSITIVE_INFINITY : s) ** b })),
    {
      parameters: { kappa: 1, alpha: 1, beta: 0.5 },
      elements: { x: (v) => (1 + Math.abs(v)) * 1000 },
    },
  ),
  mistake(
    'cnn.lrnAcross',
    'range',
    'the usual constants 5, 1e-4, 0.75, 2 take a path that forgets the 2',
    (the) => {
      const { radius, kappa, alpha, beta } = the.parameters
      if (radius === 2 && kappa === 2 && alpha === 1e-4 && beta === 0.75)
        return the.but({}, { kappa: 1 })
    },
    { parameters: { radius: 2, kappa: 2, alpha: 1e-4, beta: 0.75 } },
  ),

  mistake(
    'cnn.lrnWithinGradient',
    'term',
    'counts a pixel twice in its own second term when the radius is 0',
    (the) => {
      if (the.parameters.radius > 0) return
      const { dx } = the.right
      const direct = the.but({}, { alpha: 0 }).dx
      return { dx: change(dx, (v, ...at) => 2 * v - direct.at(...at)) }
    },
    { parameters: { radius: 0, alpha: 1, beta: 1 } },
  ),
  mistake(
    'cnn.lrnWithinGradient',
    'range',
    'β = 1 takes a path that forgets α',
    (the) => {
      if (the.parameters.beta === 1) return the.but({}, { alpha: 1 })
    },
    { parameters: { beta: 1, alpha: 0.5, kappa: 1 } },
  ),
  mistake(
    'cnn.lrnAcrossGradient',
    'size',
    'channels from the 16th on get the first term only',
    (the) => {
      const direct = the.but({}, { alpha: 0 }).dx
      return { dx: change(the.right.dx, (v, n, i, j, k) => (k >= 16 ? direct.at(n, i, j, k) : v)) }
    },
    { sizes: { K: 17 }, parameters: { alpha: 1, beta: 1 } },
  ),
  mistake(
    'cnn.lrnAcrossGradient',
    'special',
    'takes the square of a negative feature for negative',
    (the) => {
      const { x } = the.inputs
      const other = the.but({ x: change(x, Math.abs) }).dx
      return { dx: change(the.right.dx, (v, ...at) => (x.at(...at) < 0 ? other.at(...at) : v)) }
    },
    { parameters: { alpha: 1, beta: 1, radius: 1 } },
  ),
]
