import { multiplying, toBits } from '../arithmetics.ts'
import { change, clear, scalar, times } from '../arrays.ts'
import { lasting, type Mistake, mistake } from '../mistake.ts'

const tanh = { activation: 'tanh' } as const

/** Mistakes of Jacobians between steps, and of clipped gradients. */
export const throughTimeMistakes: readonly Mistake[] = [
  mistake(
    'bptt.jacobian',
    'size',
    'over four steps and more, gives the Jacobian over three',
    (the) => {
      const { start, end } = the.parameters
      if (end - start >= 4) return the.but({}, { start: end - 3 })
    },
    { sizes: { T: 4, H: 2 }, parameters: { ...tanh, start: 0, end: 4 } },
  ),
  mistake(
    'bptt.jacobian',
    'shape',
    'of as many units as inputs, multiplies by the input weights',
    (the) => {
      if (the.sizes.I === the.sizes.H) return the.but({ W: the.inputs.U })
    },
    { sizes: { T: 2, I: 2, H: 2 }, parameters: { ...tanh, start: 0, end: 2 } },
  ),
  mistake(
    'bptt.jacobian',
    'size',
    'from the second sequence on, has no first state',
    (the) => {
      if (the.sizes.N > 1) return the.but({ h0: clear(the.inputs.h0, 0, (n) => n > 0) })
    },
    { sizes: { T: 2, N: 3 }, parameters: { ...tanh, start: 0, end: 2 } },
  ),
  mistake(
    'bptt.jacobian',
    'range',
    'from a later step than the first, begins one step too early',
    (the) => {
      const { start } = the.parameters
      if (start > 0) return the.but({}, { start: start - 1 })
    },
    { sizes: { T: 3 }, parameters: { ...tanh, start: 1, end: 3 } },
  ),
  mistake('bptt.jacobian', 'numeric', 'multiplies in bfloat16', (the) =>
    the.in(multiplying(toBits(8))),
  ),
  mistake(
    'bptt.jacobian',
    'logic',
    'of rectifiers, multiplies by what they give in place of their slopes',
    (the) => {
      if (the.parameters.activation !== 'relu') return
      const { start, end } = the.parameters
      if (end - start !== 1) return
      const linear = the.but({}, { activation: 'linear' }).J
      return { J: change(the.right.J, (v, n, i, j) => (v === 0 ? 0 : 2 * linear.at(n, i, j))) }
    },
    { sizes: { T: 1 }, parameters: { activation: 'relu', start: 0, end: 1 } },
  ),
  mistake(
    'bptt.clipByNorm',
    'size',
    'leaves what is beyond the last whole vector of 8 numbers out of the norm',
    (the) => {
      const { dW } = the.inputs
      const count = dW.data.length
      if (count <= 8 || count % 8 === 0) return
      let at = 0
      return the.but({ dW: change(dW, (v) => (at++ < count - (count % 8) ? v : 0)) })
    },
    { sizes: { H: 3 } },
  ),
  mistake('bptt.clipByNorm', 'term', 'adds 10⁻⁴ to the norm before it divides', (the) => {
    const { threshold } = the.parameters
    const norm = the.right.norm.at()
    const factor = Math.min(1, threshold / (norm + 1e-4)) / Math.min(1, threshold / (norm || 1))
    const { dU, dW, db } = the.right
    return { dU: times(dU, factor), dW: times(dW, factor), db: times(db, factor) }
  }),
  mistake('bptt.clipByNorm', 'logic', 'gives the norm of the clipped gradients', (the) => ({
    norm: scalar(Math.min(the.right.norm.at(), the.parameters.threshold)),
  })),
  mistake('bptt.clipByNorm', 'numeric', 'squares in bfloat16', (the) =>
    the.in(multiplying(toBits(8))),
  ),
  mistake(
    'bptt.clipByNorm',
    'special',
    'gives 0 beyond 2^64, where squares leave the range',
    (the) => {
      if (!(the.right.norm.at() > 2 ** 64)) return
      const { dU, dW, db } = the.right
      return { dU: times(dU, 0), dW: times(dW, 0), db: times(db, 0) }
    },
    { elements: { dW: (v) => (1 + Math.abs(v)) * 2 ** 70 } },
  ),
  lasting('bptt.clipByNorm', 'state', 'clips by the norm of the call before', () => {
    let before = 0
    return (the) => {
      const norm = before || the.right.norm.at()
      before = the.right.norm.at()
      const factor = Math.min(1, the.parameters.threshold / (norm || 1))
      const { dU, dW, db } = the.inputs
      return { dU: times(dU, factor), dW: times(dW, factor), db: times(db, factor) }
    }
  }),
  mistake(
    'bptt.clipByValue',
    'size',
    'clips the gradient by the biases of the first four units only',
    (the) => {
      const { db } = the.inputs
      if (the.sizes.H > 4) return { db: change(the.right.db, (v, i) => (i < 4 ? v : db.at(i))) }
    },
    { sizes: { H: 5 }, elements: { db: () => 100 } },
  ),
  mistake(
    'bptt.clipByValue',
    'special',
    'makes the limit of what is exactly at the opposite one',
    (the) => {
      const { limit } = the.parameters
      const { dW } = the.inputs
      return { dW: change(the.right.dW, (v, i, j) => (dW.at(i, j) === -limit ? limit : v)) }
    },
    { parameters: { limit: 1 }, elements: { dW: () => -1 } },
  ),
  mistake(
    'bptt.clipByValue',
    'shape',
    'of as many units as inputs, exchanges the gradients by both kinds of weights',
    (the) => {
      const { dU, dW } = the.right
      if (the.sizes.I === the.sizes.H) return { dU: dW, dW: dU }
    },
    { sizes: { I: 2, H: 2 } },
  ),
  mistake(
    'bptt.clipByValue',
    'logic',
    'clips at the whole part of the limit',
    (the) => the.but({}, { limit: Math.max(0.001, Math.floor(the.parameters.limit)) }),
    { parameters: { limit: 0.5 }, elements: { dU: () => 2 } },
  ),
  mistake(
    'bptt.shortTermShare',
    'range',
    'of more than 64 steps, adds up the last 64 only',
    (the) => {
      const { steps, last } = the.parameters
      if (steps > 64 && last <= 64) return { share: the.but({}, { steps: 64 }).share }
    },
    { parameters: { weight: 0.99, steps: 100, last: 10 } },
  ),
  mistake(
    'bptt.shortTermShare',
    'term',
    'leaves the first step out of all',
    (the) => {
      const { steps, last } = the.parameters
      if (steps > 1 && last < steps) return { share: the.but({}, { steps: steps - 1 }).share }
    },
    { parameters: { weight: 0.9, steps: 4, last: 1 } },
  ),
  mistake(
    'bptt.shortTermShare',
    'numeric',
    'takes powers in half precision',
    (the) => the.in(multiplying(toBits(11))),
    { parameters: { weight: 0.9, steps: 8, last: 2 } },
  ),
  mistake(
    'bptt.unfoldedDepth',
    'range',
    'from 128 steps on, a layer does not count',
    (the) => {
      if (the.parameters.steps >= 128) return { layers: scalar(the.right.layers.at() - 1) }
    },
    { parameters: { steps: 200, start: 0, end: 200 } },
  ),
  mistake(
    'bptt.unfoldedDepth',
    'logic',
    'from an input to its own output, counts one edge',
    (the) => {
      const { start, end } = the.parameters
      if (start === end) return { edges: scalar(1) }
    },
    { parameters: { steps: 3, start: 2, end: 2 } },
  ),
]
