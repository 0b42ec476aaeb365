import { number } from '../../../reference/arithmetic/number.ts'
import { forward, forwardGradient } from '../../../spec/rnn/forward.ts'
import { multiplying, toBits } from '../arithmetics.ts'
import { change, clear, reread, times } from '../arrays.ts'
import { addingUp, careless, type Mistake, mistake, rightly } from '../mistake.ts'

/** tanh as it is defined, in single precision: beyond 88 it divides infinity by itself. */
function byExponentials(x: number): number {
  const [up, down] = [Math.fround(Math.exp(x)), Math.fround(Math.exp(-x))]
  return (up - down) / (up + down)
}

/** Mistakes of recurrent layers. */
export const recurrentMistakes: readonly Mistake[] = [
  mistake(
    'rnn.forward',
    'size',
    'from 8 units on, the last one is not seen by the next step',
    (the) => {
      const { H } = the.sizes
      if (H >= 8) return the.but({ W: clear(the.inputs.W, 1, (j) => j === H - 1) })
    },
    { sizes: { H: 8, I: 1, N: 1, T: 2 } },
  ),
  mistake(
    'rnn.forward',
    'shape',
    'a single step begins from a state of zeros',
    (the) => {
      if (the.sizes.T === 1) return the.but({ h0: times(the.inputs.h0, 0) })
    },
    { sizes: { T: 1 } },
  ),
  mistake(
    'rnn.forward',
    'shape',
    'takes as many units as inputs for weights that are to be transposed',
    (the) => {
      const { H, I } = the.sizes
      const { U } = the.inputs
      if (H === I) return the.but({ U: change(U, (_, i, j) => U.at(j, i)) })
    },
    { sizes: { H: 3, I: 3 } },
  ),
  mistake(
    'rnn.forward',
    'logic',
    'in reverse, begins again from zeros where padding ends',
    (the) => {
      const { T, N } = the.sizes
      const { h0, padded } = the.inputs
      if (the.parameters.direction === 'forward') return
      const isPadded = Array.from({ length: N }, (_, n) => padded.at(T - 1, n) === 1)
      return the.but({ h0: change(h0, (v, n) => (isPadded[n] ? 0 : v)) })
    },
    { parameters: { direction: 'reverse' }, elements: { padded: (_, at) => (at === 0 ? 0 : 1) } },
  ),
  careless(
    'rnn.forward',
    'state',
    'goes on from the last state of the call before, where that has the same shape',
    () => {
      const right = rightly(forward)
      const kept = new Map<string, Float32Array>()
      return async (inputs, parameters) => {
        const { h0 } = inputs
        const key = h0!.shape.join()
        const before = kept.get(key)
        const data = h0!.data.every((v) => v === 0) ? before : undefined
        const given = data === undefined ? h0! : { ...h0!, data }
        const answer = await right({ ...inputs, h0: given as typeof h0 & object }, parameters)
        kept.set(key, answer.last!.data as Float32Array)
        return answer
      }
    },
    { elements: { h0: () => 0 } },
  ),
  mistake(
    'rnn.forward',
    'numeric',
    'divides exponentials for tanh',
    (the) => the.in({ ...number, tanh: byExponentials }),
    { parameters: { activation: 'tanh' }, elements: { b: () => 100 } },
  ),
  mistake('rnn.forward', 'numeric', 'keeps products in bfloat16', (the) =>
    the.in(multiplying(toBits(8))),
  ),
  mistake(
    'rnn.forwardGradient',
    'size',
    'goes back sixteen steps at most',
    (the) => {
      const { T } = the.sizes
      if (T > 16 && the.parameters.direction === 'forward')
        return { dx: clear(the.right.dx, 0, (t) => t < T - 16) }
    },
    {
      sizes: { T: 17, N: 1, I: 1, H: 1 },
      parameters: { activation: 'linear', direction: 'forward' },
    },
  ),
  mistake(
    'rnn.forwardGradient',
    'size',
    'of more than 40 steps, the earliest are missing in the gradient by the bias',
    (the) => {
      const { T, N } = the.sizes
      if (T <= 40) return
      const { db, delta } = the.right
      const missing = (i: number) => {
        let sum = 0
        for (let t = 0; t < T - 40; t++) for (let n = 0; n < N; n++) sum += delta.at(t, n, i)
        return sum
      }
      return { db: change(db, (v, i) => v - missing(i)) }
    },
    { sizes: { T: 41, N: 1, I: 1, H: 1 }, parameters: { activation: 'linear' } },
  ),
  mistake(
    'rnn.forwardGradient',
    'shape',
    'of a single step, gives the gradient by W of a first state of zeros',
    (the) => {
      if (the.sizes.T === 1) return { dW: times(the.right.dW, 0) }
    },
    { sizes: { T: 1 } },
  ),
  mistake(
    'rnn.forwardGradient',
    'size',
    'from the third sequence on, none counts for the biases',
    (the) => {
      if (the.sizes.N < 3) return
      const { dh, dLast } = the.inputs
      const without = { dh: clear(dh, 1, (n) => n >= 2), dLast: clear(dLast, 0, (n) => n >= 2) }
      return { db: the.but(without).db }
    },
    { sizes: { N: 3 } },
  ),
  mistake(
    'rnn.forwardGradient',
    'term',
    'forgets the gradient that arrives at the last state, in reverse',
    (the) => {
      if (the.parameters.direction === 'reverse')
        return the.but({ dLast: times(the.inputs.dLast, 0) })
    },
    { parameters: { direction: 'reverse' } },
  ),
  mistake(
    'rnn.forwardGradient',
    'logic',
    'gives the gradients by the inputs of reverse layers in the order in which steps are done',
    (the) => {
      const { T } = the.sizes
      if (the.parameters.direction === 'reverse')
        return { dx: reread(the.right.dx, 0, (t) => T - 1 - t) }
    },
    { sizes: { T: 3 }, parameters: { direction: 'reverse' } },
  ),
  careless(
    'rnn.forwardGradient',
    'state',
    'adds the gradient by W to that of the call before, when shapes are the same',
    () => addingUp(forwardGradient, 'dW'),
  ),
  mistake('rnn.forwardGradient', 'numeric', 'multiplies in bfloat16 on the way back', (the) =>
    the.in(multiplying(toBits(8))),
  ),
]
