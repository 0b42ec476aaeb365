import { build } from '../../../reference/arithmetic/array.ts'
import { doubles, toBits } from '../arithmetics.ts'
import { change, clear, ofCallBefore, remains, whole } from '../arrays.ts'
import { lasting, type Mistake, mistake } from '../mistake.ts'

const of = (name: 'sigmoid' | 'tanh' | 'relu') => ({ parameters: { activation: name } })

/** Mistakes of slopes of activations, and of their products along paths. */
export const slopeMistakes: readonly Mistake[] = [
  mistake(
    'activation.derivative',
    'size',
    'beyond the last whole vector of 4 gives the slopes at 0',
    (the) => {
      const { P } = the.sizes
      if (remains(P, 4)) return the.but({ x: clear(the.inputs.x, 0, (p) => p >= whole(P, 4)) })
    },
    { sizes: { P: 7 }, ...of('tanh') },
  ),
  mistake(
    'activation.derivative',
    'special',
    'gives NaN for the slope of tanh beyond 44, where cosh² is infinite',
    (the) => {
      if (the.parameters.activation !== 'tanh') return
      const { x } = the.inputs
      return {
        slope: change(the.right.slope, (s, p) => (Math.abs(x.at(p)) > 44.4 ? Number.NaN : s)),
      }
    },
    { ...of('tanh'), elements: { x: (v) => 100 * (1 + Math.abs(v)) } },
  ),
  mistake(
    'activation.derivative',
    'numeric',
    'takes the exponential of the sigmoid in half precision',
    (the) => the.in(doubles({ exp: (x) => toBits(11)(Math.exp(x)) })),
    { ...of('sigmoid'), elements: { x: (_, at) => at / 4 - 1 } },
  ),
  mistake(
    'activation.derivative',
    'logic',
    'takes the slope of the rectifier from a number that is clipped at 6',
    (the) => {
      const { x } = the.inputs
      if (the.parameters.activation === 'relu')
        return { slope: change(the.right.slope, (s, p) => (x.at(p) >= 6 ? 0 : s)) }
    },
    { ...of('relu'), elements: { x: (v) => 6 + Math.abs(v) } },
  ),
  lasting(
    'activation.derivative',
    'state',
    'gives the slopes of the call before, where there were as many',
    () => {
      const before = ofCallBefore()
      return (the) => ({ slope: before(the.right.slope) })
    },
  ),
  mistake(
    'activation.pathDerivative',
    'size',
    'begins anew after eight activations, with what comes then',
    (the) => {
      const { z } = the.inputs
      const { T, P } = the.sizes
      if (T > 8) return the.but({ z: build([T - 8, P], (t, p) => z.at(t + 8, p)) })
    },
    { sizes: { T: 10 }, ...of('tanh') },
  ),
  mistake(
    'activation.pathDerivative',
    'shape',
    'of as many activations as paths takes the array transposed',
    (the) => {
      const { z } = the.inputs
      const { T, P } = the.sizes
      if (T === P) return the.but({ z: change(z, (_, t, p) => z.at(p, t)) })
    },
    { sizes: { T: 3, P: 3 } },
  ),
  mistake(
    'activation.pathDerivative',
    'term',
    'leaves the last activation out',
    (the) => {
      const { T } = the.sizes
      const { z } = the.inputs
      const open = { sigmoid: 0, tanh: 0, relu: 1 }[the.parameters.activation]
      const without = the.but({ z: change(z, (v, t) => (t === T - 1 ? open : v)) })
      const factor = the.parameters.activation === 'sigmoid' ? 4 : 1
      return { product: change(without.product, (v) => v * factor) }
    },
    of('tanh'),
  ),
]
