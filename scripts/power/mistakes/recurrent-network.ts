import { lossGradient } from '../../../spec/rnn/loss.ts'
import { multiplying, toBits } from '../arithmetics.ts'
import { change, clear, mixed, ofCallBefore, reread, scalar, times } from '../arrays.ts'
import { addingUp, careless, lasting, type Mistake, mistake } from '../mistake.ts'

/** Mistakes of what comes out of recurrent networks, and of what is made of it. */
export const recurrentNetworkMistakes: readonly Mistake[] = [
  mistake(
    'rnn.scores',
    'size',
    'from 17 units on, sees the first 16 only',
    (the) => {
      if (the.sizes.H > 16) return the.but({ V: clear(the.inputs.V, 1, (i) => i >= 16) })
    },
    { sizes: { H: 17, T: 1, N: 1, O: 1 } },
  ),
  mistake(
    'rnn.scores',
    'shape',
    'of a single sequence, gives the scores of the first step at all of them',
    (the) => {
      if (the.sizes.N === 1) return { o: reread(the.right.o, 0, () => 0) }
    },
    { sizes: { N: 1, T: 3 } },
  ),
  mistake('rnn.scores', 'numeric', 'multiplies in bfloat16', (the) =>
    the.in(multiplying(toBits(8))),
  ),
  mistake(
    'rnn.scoresGradient',
    'size',
    'from the third step on, none counts for the biases',
    (the) => ({ dc: the.but({ do: clear(the.inputs.do, 0, (t) => t >= 2) }).dc }),
    { sizes: { T: 3 } },
  ),
  mistake(
    'rnn.scoresGradient',
    'shape',
    'of two classes, sends back that of the first one alone',
    (the) => {
      if (the.sizes.O === 2)
        return { dh: the.but({ do: clear(the.inputs.do, 2, (k) => k === 1) }).dh }
    },
    { sizes: { O: 2 } },
  ),
  mistake(
    'rnn.softmax',
    'size',
    'from 33 classes on, finds the largest score among the first 32',
    (the) => {
      const { o } = the.inputs
      const [N, O] = o.shape as [number, number]
      if (O < 33) return
      const row = (n: number) => Array.from({ length: O }, (_, k) => o.at(n, k))
      const powers = Array.from({ length: N }, (_, n) => {
        const most = Math.max(...row(n).slice(0, 32))
        return row(n).map((v) => Math.fround(Math.exp(v - most)))
      })
      const sums = powers.map((all) => all.reduce((sum, v) => Math.fround(sum + v), 0))
      return { y: change(o, (_, n, k) => Math.fround(powers[n]![k]! / sums[n]!)) }
    },
    { sizes: { O: 33, N: 1 }, elements: { o: (_, at) => (at === 32 ? 200 : 0) } },
  ),
  mistake(
    'rnn.softmax',
    'numeric',
    'halves probabilities below a thousandth, as a table of exponentials that ends too early',
    (the) => ({ y: change(the.right.y, (v) => (v < 1e-3 ? v / 2 : v)) }),
    { sizes: { O: 3 }, elements: { o: (_, at) => (at % 3 === 0 ? 8 : 0) } },
  ),
  lasting(
    'rnn.softmax',
    'state',
    'gives the probabilities of the call before, where the shape is the same',
    () => {
      const before = ofCallBefore()
      return (the) => ({ y: before(the.right.y) })
    },
  ),
  mistake(
    'rnn.softmaxGradient',
    'term',
    'leaves out what belongs to the last class',
    (the) => {
      const { O } = the.sizes
      if (O > 1) return the.but({ dy: clear(the.inputs.dy, 1, (k) => k === O - 1) })
    },
    { sizes: { O: 2 }, elements: { o: () => 0 } },
  ),
  mistake(
    'rnn.loss',
    'size',
    'from the fourth step on, none counts in all together',
    (the) => {
      const { T, N } = the.sizes
      let late = 0
      for (let t = 3; t < T; t++) for (let n = 0; n < N; n++) late += the.right.steps.at(t, n)
      return { E: scalar(the.right.E.at() - late) }
    },
    { sizes: { T: 4 } },
  ),
  mistake(
    'rnn.loss',
    'logic',
    'divides by the targets where they add up to something else than 1',
    (the) => {
      const { y } = the.inputs
      const { O } = the.sizes
      const total = (t: number, n: number) => {
        let sum = 0
        for (let k = 0; k < O; k++) sum += y.at(t, n, k)
        return sum || 1
      }
      return the.but({ y: change(y, (v, t, n) => v / total(t, n)) })
    },
    { elements: { y: () => 2, o: (_, at) => at % 2 } },
  ),
  mistake(
    'rnn.loss',
    'shape',
    'counts padding of the first sequence',
    (the) => the.but({ padded: clear(the.inputs.padded, 1, (n) => n === 0) }),
    { elements: { padded: () => 1, y: () => 1 }, sizes: { O: 2 } },
  ),
  mistake(
    'rnn.lossGradient',
    'shape',
    'of two classes, gives the gradient by the first score to both',
    (the) => {
      if (the.sizes.O === 2) return { do: reread(the.right.do, 2, () => 0) }
    },
    { sizes: { O: 2 } },
  ),
  careless(
    'rnn.lossGradient',
    'state',
    'adds the gradient by the scores to that of the call before, when shapes are the same',
    () => addingUp(lossGradient, 'do'),
  ),
  mistake(
    'rnn.network',
    'shape',
    'as many classes as units: adds the biases of the state to the scores as well',
    (the) => {
      const { H, O } = the.sizes
      const { b, c } = the.inputs
      if (H !== O) return
      const { o, y } = the.but({ c: change(c, (v, k) => v + b.at(k)) })
      return { o, y }
    },
    { sizes: { H: 2, O: 2 } },
  ),
  mistake(
    'rnn.network',
    'logic',
    'in reverse, gives the outputs in the order in which steps are done',
    (the) => {
      const { T } = the.sizes
      if (the.parameters.direction === 'forward') return
      const turn = (t: number) => T - 1 - t
      return { o: reread(the.right.o, 0, turn), y: reread(the.right.y, 0, turn) }
    },
    { sizes: { T: 3 }, parameters: { direction: 'reverse' } },
  ),
  mistake(
    'rnn.network',
    'term',
    'gives no output at padding',
    (the) => {
      const { padded } = the.inputs
      const nothing = times(the.right.y, 0)
      return { y: mixed(the.right.y, nothing, (t, n) => padded.at(t, n) === 1) }
    },
    { elements: { padded: () => 1 } },
  ),
  mistake('rnn.network', 'numeric', 'multiplies in bfloat16', (the) =>
    the.in(multiplying(toBits(8))),
  ),
]
