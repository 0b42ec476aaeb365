import { multiplying, toBits } from '../arithmetics.ts'
import { change, clear, mixed, reread } from '../arrays.ts'
import { type Mistake, mistake } from '../mistake.ts'

/** Mistakes of recurrent layers in both directions, and above each other. */
export const recurrentLayersMistakes: readonly Mistake[] = [
  mistake(
    'rnn.bidirectional',
    'shape',
    'of a single step, gives the state of the second direction as that of the first one',
    (the) => {
      const { T, H } = the.sizes
      if (T === 1) return { h: reread(the.right.h, 2, (i) => i % H) }
    },
    { sizes: { T: 1 } },
  ),
  mistake(
    'rnn.bidirectional',
    'logic',
    'begins backwards from the state that was given for the first direction',
    (the) => {
      const { h0 } = the.inputs
      return the.but({ h0: change(h0, (_, _d, n, i) => h0.at(0, n, i)) })
    },
  ),
  mistake(
    'rnn.bidirectional',
    'size',
    'from the third sequence on, goes backwards without regard to padding',
    (the) => {
      const { N, H } = the.sizes
      if (N < 3) return
      const { h } = the.but({ padded: clear(the.inputs.padded, 1, (n) => n >= 2) })
      return { h: mixed(the.right.h, h, (_t, n, i) => n >= 2 && i >= H) }
    },
    { sizes: { N: 3, T: 3 }, elements: { padded: (_, at) => (at === 8 ? 1 : 0) } },
  ),
  mistake('rnn.bidirectional', 'numeric', 'multiplies in bfloat16', (the) =>
    the.in(multiplying(toBits(8))),
  ),
  mistake(
    'rnn.bidirectionalGradient',
    'term',
    'forgets the gradient of the last state of the second direction',
    (the) => the.but({ dLast: clear(the.inputs.dLast, 0, (d) => d === 1) }),
  ),
  mistake(
    'rnn.bidirectionalGradient',
    'logic',
    'gives the gradient by the biases of the first direction to both',
    (the) => ({ db: reread(the.right.db, 0, () => 0) }),
  ),
  mistake(
    'rnn.bidirectionalGradient',
    'size',
    'from the fifth step on, the inputs hear of the first direction only',
    (the) => {
      const { T, H } = the.sizes
      if (T < 5) return
      const first = the.but({
        dh: clear(the.inputs.dh, 2, (i) => i >= H),
        dLast: clear(the.inputs.dLast, 0, (d) => d === 1),
      })
      return { dx: mixed(the.right.dx, first.dx, (t) => t >= 4) }
    },
    { sizes: { T: 5 } },
  ),
  mistake(
    'rnn.stacked',
    'size',
    'of three layers, takes the weights into the second one for the third as well',
    (the) => ({ ...the.but({ A: reread(the.inputs.A, 0, () => 0) }) }),
    { sizes: { Layers: 3 } },
  ),
  mistake(
    'rnn.stacked',
    'logic',
    'in reverse, reads masks in the order in which steps are done',
    (the) => {
      const { T } = the.sizes
      if (the.parameters.direction === 'reverse')
        return the.but({ masks: reread(the.inputs.masks, 1, (t) => T - 1 - t) })
    },
    { sizes: { T: 3 }, parameters: { direction: 'reverse' } },
  ),
  mistake(
    'rnn.stacked',
    'term',
    'takes masks for bits, and lets whatever is not 0 through as it is',
    (the) => the.but({ masks: change(the.inputs.masks, (v) => (v === 0 ? 0 : 1)) }),
  ),
  mistake(
    'rnn.stackedGradient',
    'shape',
    'of a single step, gives no gradient by the first states of the upper layers',
    (the) => {
      if (the.sizes.T === 1) return { dH0: clear(the.right.dH0, 0, (l) => l > 0) }
    },
    { sizes: { T: 1 } },
  ),
  mistake(
    'rnn.stackedGradient',
    'logic',
    'gives the gradients by the biases from the top layer to the lowest',
    (the) => {
      const { Layers } = the.sizes
      return { db: reread(the.right.db, 0, (l) => Layers - 1 - l) }
    },
  ),
  mistake(
    'rnn.stackedGradient',
    'term',
    'sends nothing down to the inputs that arrived at the states of an upper layer before the last',
    (the) => {
      const { dh } = the.inputs
      const { dx } = the.but({ dh: change(dh, (v, l) => (l > 0 ? 0 : v)) })
      return { dx }
    },
  ),
  mistake('rnn.stackedGradient', 'numeric', 'multiplies in bfloat16 on the way back', (the) =>
    the.in(multiplying(toBits(8))),
  ),
]
