import { single } from '../arithmetics.ts'
import { change, scalar } from '../arrays.ts'
import { type Variation, variation } from '../variation.ts'

const f = single

/** What goes through time, as it is written otherwise. */
export const throughTime: readonly Variation[] = [
  variation('activation.derivative', 'the slope of tanh as 1 / cosh²', (the) => {
    if (the.parameters.activation !== 'tanh') return
    const slope = (x: number) => {
      const cosh = f(Math.cosh(x))
      return f(1 / f(cosh * cosh))
    }
    return { slope: change(the.inputs.x, slope) }
  }),
  variation('activation.derivative', 'the slope of the sigmoid as σ(x) σ(−x)', (the) => {
    if (the.parameters.activation !== 'sigmoid') return
    const sigmoid = (x: number) => f(1 / f(1 + f(Math.exp(-x))))
    return { slope: change(the.inputs.x, (x) => f(sigmoid(x) * sigmoid(-x))) }
  }),
  variation('bptt.clipByNorm', 'gives −0 for 0', (the) => {
    const negative = (g: typeof the.right.dU) => change(g, (v) => (v === 0 ? -0 : v))
    return { dU: negative(the.right.dU), dW: negative(the.right.dW), db: negative(the.right.db) }
  }),
  variation('bptt.clipByNorm', 'as PyTorch without its 10⁻⁶: θ / ‖g‖, at most 1', (the) => {
    const norm = f(the.right.norm.at())
    const factor = Math.min(1, f(f(the.parameters.threshold) / norm))
    const clipped = (g: typeof the.right.dU) => change(g, (v) => f(v * (norm > 0 ? factor : 1)))
    return { dU: clipped(the.inputs.dU), dW: clipped(the.inputs.dW), db: clipped(the.inputs.db) }
  }),
  variation('bptt.clipByValue', 'the lower limit last', (the) => {
    const c = f(the.parameters.limit)
    const clipped = (g: typeof the.right.dU) => change(g, (v) => Math.max(-c, Math.min(v, c)))
    return { dU: clipped(the.inputs.dU), dW: clipped(the.inputs.dW), db: clipped(the.inputs.db) }
  }),
  variation('bptt.shortTermShare', 'powers the smallest first', (the) => {
    const { steps, last } = the.parameters
    const c = the.right.contributions
    let [all, some] = [0, 0]
    for (let s = 0; s < steps; s++) {
      all = f(all + f(c.at(s)))
      if (s >= steps - last) some = f(some + f(c.at(s)))
    }
    return { share: scalar(f(some / all)) }
  }),
  variation('bptt.gradientProfile', 'gives −0 for 0', (the) => ({
    norms: change(the.right.norms, (p) => (p === 0 ? -0 : p)),
  })),
  variation(
    'bptt.truncatedGradient',
    'adds passes up the last one first, in single precision',
    (the) => {
      const { every } = the.parameters
      const { T } = the.sizes
      const { dE } = the.inputs
      const passes = Array.from({ length: Math.ceil(T / every) }, (_, pass) =>
        the.but({ dE: change(dE, (v, t) => (Math.floor(t / every) === pass ? v : 0)) }),
      ).toReversed()
      const added = (name: 'dU' | 'dW' | 'db') =>
        change(the.right[name], (_, ...at) =>
          passes.reduce((sum, pass) => f(sum + f(pass[name].at(...at))), 0),
        )
      return { dU: added('dU'), dW: added('dW'), db: added('db') }
    },
  ),
  variation('activation.pathDerivative', 'the last slope first', (the) => {
    const { T } = the.sizes
    const { z } = the.inputs
    return { product: the.but({ z: change(z, (_, t, p) => z.at(T - 1 - t, p)) }).product }
  }),
]
