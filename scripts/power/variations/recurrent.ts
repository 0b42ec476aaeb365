import { single } from '../arithmetics.ts'
import { change } from '../arrays.ts'
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
  variation('activation.pathDerivative', 'the last slope first', (the) => {
    const { T } = the.sizes
    const { z } = the.inputs
    return { product: the.but({ z: change(z, (_, t, p) => z.at(T - 1 - t, p)) }).product }
  }),
]
