import { multiplying, toBits } from '../arithmetics.ts'
import { change, clear, reread, times } from '../arrays.ts'
import { type Mistake, mistake } from '../mistake.ts'

/** Mistakes of the loss of a recurrent network, and of its gradients through time. */
export const bpttMistakes: readonly Mistake[] = [
  mistake(
    'bptt.loss',
    'size',
    'from the third sequence on, none counts',
    (the) => {
      if (the.sizes.N >= 3) return the.but({ y: clear(the.inputs.y, 1, (n) => n >= 2) })
    },
    { sizes: { N: 3 } },
  ),
  mistake(
    'bptt.loss',
    'shape',
    'two classes: takes the score of the second one alone, against 0',
    (the) => {
      const { V, c } = the.inputs
      if (the.sizes.O === 2)
        return the.but({ V: clear(V, 0, (k) => k === 0), c: clear(c, 0, (k) => k === 0) })
    },
    { sizes: { O: 2 } },
  ),
  mistake('bptt.loss', 'numeric', 'multiplies in bfloat16', (the) =>
    the.in(multiplying(toBits(8))),
  ),
  mistake(
    'bptt.lossGradient',
    'size',
    'from the third step on, the loss of a step goes back no further than its own state',
    (the) => {
      const { T } = the.sizes
      if (T < 3) return
      const late = the.but({ dE: clear(the.inputs.dE, 0, (t) => t < 2) })
      return { dH0: change(the.right.dH0, (v, n, i) => v - late.dH0.at(n, i)) }
    },
    { sizes: { T: 3 } },
  ),
  mistake(
    'bptt.lossGradient',
    'shape',
    'as many classes as units: gives the gradient by V transposed',
    (the) => {
      const { H, O } = the.sizes
      const { dV } = the.right
      if (H === O) return { dV: change(dV, (_, k, i) => dV.at(i, k)) }
    },
    { sizes: { H: 2, O: 2 } },
  ),
  mistake(
    'bptt.lossGradient',
    'term',
    'takes targets to add up to 1',
    (the) => {
      const { y } = the.inputs
      const { O } = the.sizes
      const total = (t: number, n: number) => {
        let sum = 0
        for (let k = 0; k < O; k++) sum += y.at(t, n, k)
        return sum
      }
      return { dc: the.but({ y: change(y, (v, t, n) => v / (total(t, n) || 1)) }).dc }
    },
    { elements: { y: () => 2 } },
  ),
  mistake(
    'bptt.lossGradient',
    'logic',
    'gives the gradients by the inputs in the order in which they are found',
    (the) => {
      const { T } = the.sizes
      return { dx: reread(the.right.dx, 0, (t) => T - 1 - t) }
    },
    { sizes: { T: 3 } },
  ),
  mistake('bptt.lossGradient', 'numeric', 'multiplies in bfloat16 on the way back', (the) =>
    the.in(multiplying(toBits(8))),
  ),
  mistake(
    'bptt.lossGradient',
    'shape',
    'of a single step, gives no gradient by W',
    (the) => {
      if (the.sizes.T === 1) return { dW: times(the.right.dW, 0) }
    },
    { sizes: { T: 1 } },
  ),
]
