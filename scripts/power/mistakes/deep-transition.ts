import { multiplying, toBits } from '../arithmetics.ts'
import { change, clear, mixed, reread, transposed } from '../arrays.ts'
import { type Mistake, mistake } from '../mistake.ts'

/** Mistakes of recurrent layers in which several layers lead from a state to the next one. */
export const deepTransitionMistakes: readonly Mistake[] = [
  mistake(
    'rnn.deepTransition',
    'size',
    'of three layers, takes the bias of the second one for the third as well',
    (the) => {
      const { b } = the.inputs
      if (the.sizes.Layers === 3) return the.but({ b: reread(b, 0, (l) => Math.min(l, 1)) })
    },
    { sizes: { Further: 2 } },
  ),
  mistake(
    'rnn.deepTransition',
    'shape',
    'of as many units as inputs takes the weights of the inputs transposed',
    (the) => {
      const { H, I } = the.sizes
      if (H === I && H > 1) return the.but({ U: transposed(the.inputs.U) })
    },
    { sizes: { H: 2, I: 2 } },
  ),
  mistake(
    'rnn.deepTransition',
    'term',
    'has no way past the layers at the step that is done first',
    (the) => {
      const { T } = the.sizes
      const { S, h0 } = the.inputs
      const first = the.parameters.direction === 'forward' ? 0 : T - 1
      if (T > 1) return
      const without = the.but({ S: change(S, () => 0), h0 })
      return {
        h: mixed(the.right.h, without.h, (t) => t === first),
        last: without.last,
      }
    },
    { sizes: { T: 1 } },
  ),
  mistake('rnn.deepTransition', 'numeric', 'multiplies in bfloat16', (the) =>
    the.in(multiplying(toBits(8))),
  ),
  mistake(
    'rnn.deepTransition',
    'logic',
    'in reverse, begins with the padding behind a sequence instead of passing it',
    (the) => {
      const { padded } = the.inputs
      if (the.parameters.direction === 'reverse')
        return the.but({ padded: change(padded, () => 0) })
    },
    {
      sizes: { T: 3 },
      parameters: { direction: 'reverse' },
      elements: { padded: (_, at) => (at > 1 ? 1 : 0) },
    },
  ),
  mistake(
    'rnn.deepTransitionGradient',
    'shape',
    'of a single step, gives no gradient by the first state past the layers',
    (the) => {
      const { S } = the.inputs
      if (the.sizes.T === 1) return { dH0: the.but({ S: change(S, () => 0) }).dH0 }
    },
    { sizes: { T: 1 } },
  ),
  mistake(
    'rnn.deepTransitionGradient',
    'logic',
    'gives the gradients by the biases from the last layer to the first',
    (the) => {
      const { Layers } = the.sizes
      return { db: reread(the.right.db, 0, (l) => Layers - 1 - l) }
    },
  ),
  mistake(
    'rnn.deepTransitionGradient',
    'term',
    'adds nothing of the first sequence to the gradients by the weights between layers',
    (the) => {
      const { N } = the.sizes
      const { dh, dLast } = the.inputs
      const own = (array: typeof dh, axis: number) => clear(array, axis, (n) => n === 0)
      if (N > 1) return { dA: the.but({ dh: own(dh, 1), dLast: own(dLast, 0) }).dA }
    },
    { sizes: { N: 2 } },
  ),
  mistake(
    'rnn.deepTransitionGradient',
    'numeric',
    'multiplies in bfloat16 on the way back',
    (the) => the.in(multiplying(toBits(8))),
  ),
]
