import { multiplying, toBits } from '../arithmetics.ts'
import { change, clear, reread, scalar, times, transposed } from '../arrays.ts'
import { lasting, type Mistake, mistake } from '../mistake.ts'

/** Mistakes of what looks at how far gradients reach back, and of what cuts them off. */
export const reachingBackMistakes: readonly Mistake[] = [
  mistake(
    'bptt.gradientProfile',
    'size',
    'from the third sequence on, none counts',
    (the) => {
      if (the.sizes.N >= 3) return the.but({ dh: clear(the.inputs.dh, 1, (n) => n >= 2) })
    },
    { sizes: { N: 3 } },
  ),
  mistake(
    'bptt.gradientProfile',
    'logic',
    'repeats the norm of the first step for the state before',
    (the) => ({
      norms: reread(the.right.norms, 0, (t) => Math.max(1, t)),
    }),
  ),
  mistake('bptt.gradientProfile', 'numeric', 'multiplies in bfloat16 on the way back', (the) =>
    the.in(multiplying(toBits(8))),
  ),
  mistake(
    'bptt.gradientProfile',
    'special',
    'gives infinity beyond 2^64, where squares leave the range',
    (the) => ({
      norms: change(the.right.norms, (p) => (p > 2 ** 64 ? Number.POSITIVE_INFINITY : p)),
    }),
    { sizes: { T: 1 }, elements: { dh: (v) => (1 + Math.abs(v)) * 2 ** 70 } },
  ),
  mistake(
    'bptt.gradientProfile',
    'shape',
    'of as many units as inputs, takes the input weights transposed',
    (the) => {
      if (the.sizes.I === the.sizes.H && the.parameters.activation === 'tanh')
        return the.but({ U: transposed(the.inputs.U) })
    },
    { sizes: { T: 2, I: 2, H: 2 }, parameters: { activation: 'tanh' } },
  ),
  mistake(
    'bptt.gradientDiagnosis',
    'size',
    'looks at sixteen norms at most',
    (the) => {
      const { norms } = the.inputs
      if (the.sizes.States > 16)
        return { exploding: the.but({ norms: clear(norms, 0, (k) => k >= 16) }).exploding }
    },
    { sizes: { States: 20 }, elements: { norms: (_, at) => (at < 16 ? 0 : 1000) } },
  ),
  mistake(
    'bptt.gradientDiagnosis',
    'logic',
    'compares the least norm with the last, in place of the first',
    (the) => {
      const { norms } = the.inputs
      const least = Math.min(...norms.data)
      return {
        vanishing: the.but({ norms: change(norms, (p, k) => (k === 0 ? least : p)) }).vanishing,
      }
    },
    { sizes: { States: 3 }, elements: { norms: (_, at) => [1, 0, 1][at % 3] } },
  ),
  mistake(
    'bptt.gradientDiagnosis',
    'special',
    'says of no gradient at all that it vanishes',
    (the) => {
      if (the.inputs.norms.data.every((p) => p === 0)) return { vanishing: scalar(1) }
    },
    { elements: { norms: () => 0 } },
  ),
  lasting(
    'bptt.gradientDiagnosis',
    'state',
    'once it has seen an explosion, goes on to say so',
    () => {
      let seen = 0
      return (the) => {
        seen = Math.max(seen, the.right.exploding.at())
        return { exploding: scalar(seen) }
      }
    },
  ),
  mistake(
    'bptt.overflowStep',
    'range',
    'gives 65535 steps at most, and 512 in single precision',
    (the) => {
      if (the.parameters.format === 'float32' && the.right.steps.at() > 512)
        return { steps: scalar(512) }
    },
    { parameters: { growth: 1.1, format: 'float32' } },
  ),
  mistake(
    'bptt.overflowStep',
    'special',
    'at a power of two, counts one step more',
    (the) => {
      if (Number.isInteger(Math.log2(the.parameters.growth)))
        return { steps: scalar(the.right.steps.at() + 1) }
    },
    { parameters: { growth: 2, format: 'float32' } },
  ),
  mistake(
    'bptt.overflowStep',
    'logic',
    'takes bfloat16 for half precision',
    (the) => {
      if (the.parameters.format === 'bfloat16') return the.but({}, { format: 'float16' })
    },
    { parameters: { growth: 2, format: 'bfloat16' } },
  ),
  mistake(
    'bptt.truncatedGradient',
    'size',
    'from the fifth step on, a window is one step',
    (the) => {
      const { window, every } = the.parameters
      if (the.sizes.T < 5 || window === 1 || every > 1) return
      const late = clear(the.inputs.dE, 0, (t) => t < 4)
      const [long, short] = [the.but({ dE: late }), the.but({ dE: late }, { window: 1 })]
      return {
        dW: change(the.right.dW, (v, i, j) => v - long.dW.at(i, j) + short.dW.at(i, j)),
      }
    },
    { sizes: { T: 6 }, parameters: { activation: 'tanh', window: 3, every: 1 } },
  ),
  mistake(
    'bptt.truncatedGradient',
    'shape',
    'where the last block is not full, lets its window begin a step later',
    (the) => {
      const { window, every } = the.parameters
      const { T } = the.sizes
      if (T % every === 0 || window <= every || window >= T) return
      return { db: the.but({}, { window: window - 1 }).db }
    },
    { sizes: { T: 5, H: 2 }, parameters: { activation: 'linear', window: 3, every: 2 } },
  ),
  mistake(
    'bptt.truncatedGradient',
    'term',
    'leaves the step before each window out of the gradient by the inputs',
    (the) => {
      const { window, every } = the.parameters
      if (window > every) return { dx: the.but({}, { window: window - 1 }).dx }
    },
    { sizes: { T: 4 }, parameters: { activation: 'tanh', window: 3, every: 1 } },
  ),
  mistake('bptt.truncatedGradient', 'numeric', 'multiplies in bfloat16', (the) =>
    the.in(multiplying(toBits(8))),
  ),
  mistake(
    'bptt.truncatedGradient',
    'logic',
    'divides by the number of passes',
    (the) => {
      const passes = Math.ceil(the.sizes.T / the.parameters.every)
      return { dU: times(the.right.dU, 1 / passes) }
    },
    { sizes: { T: 4 }, parameters: { activation: 'tanh', window: 2, every: 2 } },
  ),
]
