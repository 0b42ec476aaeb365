import { number } from '../../../reference/arithmetic/number.ts'
import { forward, forwardGradient } from '../../../spec/lstm/forward.ts'
import { multiplying, toBits } from '../arithmetics.ts'
import { change, clear, reread, times } from '../arrays.ts'
import { addingUp, careless, type Mistake, mistake, rightly } from '../mistake.ts'

/** tanh by exponentials of twice its argument, in single precision: nothing is left beyond 44. */
function byExponential(x: number): number {
  const up = Math.fround(Math.exp(2 * x))
  return (up - 1) / (up + 1)
}

/** Mistakes of long short-term memory. */
export const memoryMistakes: readonly Mistake[] = [
  mistake(
    'lstm.forward',
    'size',
    'from 8 units on, the output gates of the last one see no state',
    (the) => {
      const { H } = the.sizes
      const { W } = the.inputs
      if (H >= 8) return the.but({ W: change(W, (v, g, i) => (g === 3 && i === H - 1 ? 0 : v)) })
    },
    { sizes: { H: 8, I: 1, N: 1, T: 2 } },
  ),
  mistake(
    'lstm.forward',
    'shape',
    'takes weights that are square for transposed ones',
    (the) => {
      const { H, I } = the.sizes
      const { U } = the.inputs
      if (H === I) return the.but({ U: change(U, (_, g, i, j) => U.at(g, j, i)) })
    },
    { sizes: { H: 3, I: 3 } },
  ),
  mistake(
    'lstm.forward',
    'shape',
    'of a single unit, its forget gate has the bias of its input gate',
    (the) => {
      if (the.sizes.H === 1)
        return the.but({ b: reread(the.inputs.b, 0, (g) => (g === 1 ? 0 : g)) })
    },
    { sizes: { H: 1 }, parameters: { coupled: false } },
  ),
  mistake(
    'lstm.forward',
    'term',
    'the forget gate has no peephole',
    (the) => the.but({ P: clear(the.inputs.P, 0, (gate) => gate === 1) }),
    { parameters: { coupled: false } },
  ),
  mistake('lstm.forward', 'term', 'the candidate has no bias', (the) =>
    the.but({ b: clear(the.inputs.b, 0, (gate) => gate === 2) }),
  ),
  mistake(
    'lstm.forward',
    'logic',
    'in reverse, the gates stand in the order of ONNX',
    (the) => {
      if (the.parameters.direction === 'forward') return
      const order = [0, 2, 3, 1]
      const { U, W, b } = the.inputs
      const read = (array: typeof U) => reread(array, 0, (g) => order[g]!)
      return the.but({ U: read(U), W: read(W), b: read(b) })
    },
    { parameters: { direction: 'reverse' } },
  ),
  mistake(
    'lstm.forward',
    'logic',
    'at padding the state stays, and the cell is emptied',
    (the) => {
      const { padded } = the.inputs
      const { c } = the.right
      return { c: change(c, (v, t, n) => (padded.at(t!, n!) === 1 ? 0 : v)) }
    },
    { elements: { padded: () => 1 } },
  ),
  mistake(
    'lstm.forward',
    'range',
    'clips the cell at 10',
    (the) => {
      const clip = (array: typeof the.right.c) =>
        change(array, (v) => Math.max(-10, Math.min(10, v)))
      return { c: clip(the.right.c), lastCell: clip(the.right.lastCell) }
    },
    { elements: { c0: () => 1000, padded: () => 1 } },
  ),
  careless(
    'lstm.forward',
    'state',
    'goes on from the last cell of the call before, where that has the same shape and none is given',
    () => {
      const right = rightly(forward)
      const kept = new Map<string, Float32Array>()
      return async (inputs, parameters) => {
        const { c0 } = inputs
        const key = c0!.shape.join()
        const before = kept.get(key)
        const data = c0!.data.every((v) => v === 0) ? before : undefined
        const given = data === undefined ? c0! : { ...c0!, data }
        const answer = await right({ ...inputs, c0: given as typeof c0 & object }, parameters)
        kept.set(key, answer.lastCell!.data as Float32Array)
        return answer
      }
    },
    { elements: { c0: () => 0 } },
  ),
  mistake(
    'lstm.forward',
    'numeric',
    'divides exponentials for tanh',
    (the) => the.in({ ...number, tanh: byExponential }),
    { elements: { b: () => 100 } },
  ),
  mistake('lstm.forward', 'numeric', 'keeps products in bfloat16', (the) =>
    the.in(multiplying(toBits(8))),
  ),
  mistake(
    'lstm.forward',
    'numeric',
    'the last state is off by a thousandth, as one that is read back from half precision',
    (the) => ({ last: times(the.right.last, 1 + 2 ** -10) }),
  ),
  mistake(
    'lstm.forwardGradient',
    'size',
    'goes back sixteen steps at most',
    (the) => {
      const { T } = the.sizes
      if (T > 16 && the.parameters.direction === 'forward')
        return { dx: clear(the.right.dx, 0, (t) => t < T - 16) }
    },
    { sizes: { T: 17, N: 1, I: 1, H: 1 }, parameters: { direction: 'forward', coupled: false } },
  ),
  mistake(
    'lstm.forwardGradient',
    'shape',
    'of a single step, the first cell has no part in the gradient of the forget gate',
    (the) => {
      const without = (array: typeof the.right.db) => clear(array, 0, (gate) => gate === 1)
      if (the.sizes.T === 1) return { db: without(the.right.db), dU: without(the.right.dU) }
    },
    { sizes: { T: 1 }, parameters: { coupled: false } },
  ),
  mistake(
    'lstm.forwardGradient',
    'shape',
    'from the third sequence on, none counts for the biases',
    (the) => {
      if (the.sizes.N < 3) return
      const { dh, dc, dLast, dLastCell } = the.inputs
      const without = {
        dh: clear(dh, 1, (n) => n >= 2),
        dc: clear(dc, 1, (n) => n >= 2),
        dLast: clear(dLast, 0, (n) => n >= 2),
        dLastCell: clear(dLastCell, 0, (n) => n >= 2),
      }
      return { db: the.but(without).db }
    },
    { sizes: { N: 3 } },
  ),
  mistake(
    'lstm.forwardGradient',
    'term',
    'what comes back to the first cell leaves out the peephole of the forget gate',
    (the) => {
      const { T } = the.sizes
      const { P, padded } = the.inputs
      const { dC0, delta } = the.right
      const first = the.parameters.direction === 'forward' ? 0 : T - 1
      return {
        dC0: change(dC0, (v, n, k) =>
          padded.at(first, n!) === 1 ? v : v - P.at(1, k!) * delta.at(first, n!, 1, k!),
        ),
      }
    },
    { parameters: { coupled: false } },
  ),
  mistake(
    'lstm.forwardGradient',
    'term',
    'forgets the gradient of the last cell in reverse',
    (the) => {
      if (the.parameters.direction === 'reverse')
        return the.but({ dLastCell: times(the.inputs.dLastCell, 0) })
    },
    { parameters: { direction: 'reverse' } },
  ),
  mistake(
    'lstm.forwardGradient',
    'logic',
    'where gates are coupled, gives what belongs to the input gate to the forget gate as well',
    (the) => {
      if (!the.parameters.coupled) return
      const both = (array: typeof the.right.db) => reread(array, 0, (g) => (g === 1 ? 0 : g))
      return { db: both(the.right.db), dW: both(the.right.dW) }
    },
    { parameters: { coupled: true } },
  ),
  mistake(
    'lstm.forwardGradient',
    'logic',
    'gives gradients by inputs of reverse layers in the order in which steps are done',
    (the) => {
      const { T } = the.sizes
      if (the.parameters.direction === 'reverse')
        return { dx: reread(the.right.dx, 0, (t) => T - 1 - t) }
    },
    { sizes: { T: 3 }, parameters: { direction: 'reverse' } },
  ),
  careless(
    'lstm.forwardGradient',
    'state',
    'adds the gradient by W to that of the call before, when shapes are the same',
    () => addingUp(forwardGradient, 'dW'),
  ),
  mistake('lstm.forwardGradient', 'numeric', 'multiplies in bfloat16 on the way back', (the) =>
    the.in(multiplying(toBits(8))),
  ),
]
