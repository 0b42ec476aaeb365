import { number } from '../../../reference/arithmetic/number.ts'
import { multiplying, toBits } from '../arithmetics.ts'
import { change, clear, reread, times } from '../arrays.ts'
import { type Mistake, mistake } from '../mistake.ts'

/** Mistakes of gated recurrent units. */
export const gruMistakes: readonly Mistake[] = [
  mistake(
    'gru.forward',
    'size',
    'from four units on, the last one has no weight in the gates of the others',
    (the) => {
      const { H } = the.sizes
      const { W } = the.inputs
      if (H >= 4)
        return the.but({ W: change(W, (v, g, i, j) => (g < 2 && i !== j && j === H - 1 ? 0 : v)) })
    },
    { sizes: { H: 4, N: 1, T: 2 } },
  ),
  mistake(
    'gru.forward',
    'shape',
    'as many units as gates: takes the axis of the units for that of the gates',
    (the) => {
      const { H } = the.sizes
      const { b } = the.inputs
      if (H === 3) return the.but({ b: change(b, (_, g, i) => b.at(i, g)) })
    },
    { sizes: { H: 3 } },
  ),
  mistake(
    'gru.forward',
    'logic',
    'with the reset gate after the product, in reverse, resets the bias of the input as well',
    (the) => {
      const { reset, direction } = the.parameters
      const { b, bn } = the.inputs
      if (reset === 'after' && direction === 'reverse')
        return the.but({
          b: change(b, (v, g) => (g === 2 ? 0 : v)),
          bn: change(bn, (v, i) => v + b.at(2, i)),
        })
    },
    { parameters: { reset: 'after', direction: 'reverse' } },
  ),
  mistake(
    'gru.forward',
    'term',
    'with the reset gate before the product, leaves out the second bias',
    (the) => {
      if (the.parameters.reset === 'before') return the.but({ bn: times(the.inputs.bn, 0) })
    },
    { parameters: { reset: 'before', direction: 'forward' } },
  ),
  mistake(
    'gru.forward',
    'logic',
    'returns as the last state that after the last step that is none of padding in any sequence',
    (the) => {
      const { T, N } = the.sizes
      const { padded } = the.inputs
      if (the.parameters.direction === 'reverse') return
      const isFull = (t: number) =>
        Array.from({ length: N }, (_, n) => padded.at(t, n)).every((bit) => bit === 0)
      let end = T - 1
      while (end > 0 && !isFull(end)) end--
      return { last: change(the.right.last, (_, n, i) => the.right.h.at(end, n, i)) }
    },
    {
      sizes: { T: 3, N: 2 },
      parameters: { reset: 'after', direction: 'forward' },
      elements: { padded: (_, at) => (at === 3 || at === 5 ? 1 : 0) },
    },
  ),
  mistake('gru.forward', 'numeric', 'multiplies in bfloat16', (the) =>
    the.in(multiplying(toBits(8))),
  ),
  mistake('gru.forward', 'numeric', 'gives tanh from a table of single steps of 2^-10', (the) =>
    the.in({ ...number, tanh: (a) => Math.round(Math.tanh(a) * 1024) / 1024 }),
  ),
  mistake(
    'gru.forwardGradient',
    'size',
    'from the third sequence on, none counts for the second bias of the candidate',
    (the) => {
      if (the.sizes.N < 3) return
      const { dh, dLast } = the.inputs
      const without = { dh: clear(dh, 1, (n) => n >= 2), dLast: clear(dLast, 0, (n) => n >= 2) }
      return { dBn: the.but(without).dBn }
    },
    { sizes: { N: 3 } },
  ),
  mistake('gru.forwardGradient', 'term', 'lets nothing back through the second bias', (the) => ({
    dBn: times(the.right.dBn, 0),
  })),
  mistake(
    'gru.forwardGradient',
    'logic',
    'gives the gradients by the inputs of reverse layers in the order in which steps are done',
    (the) => {
      const { T } = the.sizes
      if (the.parameters.direction === 'reverse')
        return { dx: reread(the.right.dx, 0, (t) => T - 1 - t) }
    },
    { sizes: { T: 3 }, parameters: { reset: 'after', direction: 'reverse' } },
  ),
  mistake(
    'gru.forwardGradient',
    'shape',
    'of one unit, gives the gradient by the recurrent weight of the reset gate for that of the update gate',
    (the) => {
      const { dW } = the.right
      if (the.sizes.H === 1) return { dW: reread(dW, 0, (g) => (g === 0 ? 1 : g)) }
    },
    { sizes: { H: 1 } },
  ),
  mistake(
    'gru.forwardGradient',
    'logic',
    'gives the gradient by the first state without that of the states at padding',
    (the) => {
      const { dh, padded } = the.inputs
      return { dH0: the.but({ dh: change(dh, (v, t, n) => (padded.at(t, n) === 1 ? 0 : v)) }).dH0 }
    },
    { elements: { padded: () => 1 } },
  ),
  mistake('gru.forwardGradient', 'numeric', 'multiplies in bfloat16 on the way back', (the) =>
    the.in(multiplying(toBits(8))),
  ),
  mistake(
    'gru.layerCounts',
    'logic',
    'more inputs than units: counts the weights from the state as wide as those from the input',
    (the) => {
      const { inputs, units } = the.parameters
      const { memory } = the.right
      if (inputs > units) return { memory: change(memory, () => 4 * units * (2 * inputs + 1)) }
    },
    { parameters: { inputs: 5, units: 3 } },
  ),
  mistake(
    'gru.layerCounts',
    'shape',
    'of one unit, counts no second bias',
    (the) => {
      if (the.parameters.units === 1) return { secondBias: the.right.gated }
    },
    { parameters: { inputs: 2, units: 1 } },
  ),
]
