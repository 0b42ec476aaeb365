import { multiplying, toBits } from '../arithmetics.ts'
import { change, clear, mixed, reread, transposed } from '../arrays.ts'
import { type Mistake, mistake } from '../mistake.ts'

/** Mistakes of recurrent layers with several layers on the way in. */
const ofTheWayIn: readonly Mistake[] = [
  mistake(
    'rnn.deepInput',
    'size',
    'of three layers on the way, takes the bias of the second one for the third as well',
    (the) => {
      if (the.sizes.Layers === 3)
        return the.but({ wayBias: reread(the.inputs.wayBias, 0, (l) => Math.min(l, 1)) })
    },
    { sizes: { Further: 2 } },
  ),
  mistake(
    'rnn.deepInput',
    'shape',
    'of a single layer on the way, forgets its biases',
    (the) => {
      if (the.sizes.Layers === 1) return the.but({ wayBias: change(the.inputs.wayBias, () => 0) })
    },
    { sizes: { Further: 0 } },
  ),
  mistake(
    'rnn.deepInput',
    'shape',
    'of as many units on the way as inputs takes the first weights transposed',
    (the) => {
      const { M, I } = the.sizes
      if (M === I && M > 1) return the.but({ F: transposed(the.inputs.F) })
    },
    { sizes: { M: 2, I: 2 } },
  ),
  mistake(
    'rnn.deepInput',
    'logic',
    'in reverse, gives the layers on the way the inputs in time, not in reverse',
    (the) => {
      const { T } = the.sizes
      if (the.parameters.direction === 'reverse')
        return the.but({ x: reread(the.inputs.x, 0, (t) => T - 1 - t) })
    },
    { sizes: { T: 3 }, parameters: { direction: 'reverse' } },
  ),
  mistake('rnn.deepInput', 'numeric', 'multiplies in bfloat16', (the) =>
    the.in(multiplying(toBits(8))),
  ),
  mistake(
    'rnn.deepInput',
    'term',
    'leaves out what the way gives at the step that is done first',
    (the) => {
      const first = the.parameters.direction === 'forward' ? 0 : the.sizes.T - 1
      const without = the.but({ U: change(the.inputs.U, () => 0) })
      if (the.sizes.T === 1) return without
      return { h: mixed(the.right.h, without.h, (t) => t === first) }
    },
  ),
  mistake(
    'rnn.deepInputGradient',
    'term',
    'adds nothing of the first sequence to the gradients by the first weights',
    (the) => {
      const { dh, dLast } = the.inputs
      const own = (array: typeof dh, axis: number) => clear(array, axis, (n) => n === 0)
      if (the.sizes.N > 1) return { dF: the.but({ dh: own(dh, 1), dLast: own(dLast, 0) }).dF }
    },
    { sizes: { N: 2 } },
  ),
  mistake(
    'rnn.deepInputGradient',
    'logic',
    'gives the gradients by the biases on the way from the last layer to the first',
    (the) => ({ dWayBias: reread(the.right.dWayBias, 0, (l) => the.sizes.Layers - 1 - l) }),
    { sizes: { Further: 1 } },
  ),
  mistake(
    'rnn.deepInputGradient',
    'shape',
    'of a single step, gives no gradient by the first state',
    (the) => {
      if (the.sizes.T === 1) return { dH0: change(the.right.dH0, () => 0) }
    },
    { sizes: { T: 1 } },
  ),
  mistake('rnn.deepInputGradient', 'numeric', 'multiplies in bfloat16 on the way back', (the) =>
    the.in(multiplying(toBits(8))),
  ),
]

/** Mistakes of scores with several layers on the way out. */
const ofTheWayOut: readonly Mistake[] = [
  mistake(
    'rnn.deepScores',
    'size',
    'of three layers on the way, leaves out the third one',
    (the) => {
      const { M, Layers } = the.sizes
      if (Layers !== 3) return
      const { A, wayBias } = the.inputs
      const identity = change(A, (v, at) =>
        at < M * M ? v : Math.floor((at - M * M) / M) === (at - M * M) % M ? 1 : 0,
      )
      // What comes out of a rectifier or of none goes through another one as it is.
      const isKept = the.parameters.activation !== 'tanh'
      if (isKept) return the.but({ A: identity, wayBias: clear(wayBias, 0, (l) => l === 2) })
    },
    { sizes: { Further: 2 }, parameters: { activation: 'relu' } },
  ),
  mistake(
    'rnn.deepScores',
    'shape',
    'of as many classes as units on the way takes the last weights transposed',
    (the) => {
      const { M, O } = the.sizes
      if (M === O && M > 1) return the.but({ V: transposed(the.inputs.V) })
    },
    { sizes: { M: 2, O: 2 } },
  ),
  mistake(
    'rnn.deepScores',
    'logic',
    'gives each sequence the scores of the one before it',
    (the) => {
      const { N } = the.sizes
      if (N > 1) return { o: reread(the.right.o, 1, (n) => (n + N - 1) % N) }
    },
    { sizes: { N: 2 } },
  ),
  mistake('rnn.deepScores', 'numeric', 'multiplies in bfloat16', (the) =>
    the.in(multiplying(toBits(8))),
  ),
  mistake(
    'rnn.deepScoresGradient',
    'term',
    'adds nothing of the first step to the gradients by the first weights',
    (the) => {
      const dO = clear(the.inputs.do, 0, (t) => t === 0)
      if (the.sizes.T > 1) return { dF: the.but({ do: dO }).dF }
    },
    { sizes: { T: 2 } },
  ),
  mistake(
    'rnn.deepScoresGradient',
    'logic',
    'gives the gradients by the biases on the way from the last layer to the first',
    (the) => ({ dWayBias: reread(the.right.dWayBias, 0, (l) => the.sizes.Layers - 1 - l) }),
    { sizes: { Further: 1 } },
  ),
  mistake(
    'rnn.deepScoresGradient',
    'term',
    'of several layers, gives no gradient by the biases of the first one',
    (the) => {
      if (the.sizes.Layers > 1) return { dWayBias: clear(the.right.dWayBias, 0, (l) => l === 0) }
    },
    { sizes: { Further: 1 } },
  ),
  mistake('rnn.deepScoresGradient', 'numeric', 'multiplies in bfloat16 on the way back', (the) =>
    the.in(multiplying(toBits(8))),
  ),
]

export const deepWayMistakes: readonly Mistake[] = [...ofTheWayIn, ...ofTheWayOut]
