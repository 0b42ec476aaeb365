import { change, times } from '../arrays.ts'
import { type Mistake, mistake } from '../mistake.ts'

/** Mistakes at the ends of indices and of sequences, and in what stands in the padding. */
export const endMistakes: readonly Mistake[] = [
  mistake(
    'gru.forward',
    'special',
    'adds the inputs of all steps up and takes those of the padding away again',
    (the) => {
      const { x, padded } = the.inputs
      let lost = 0
      for (let t = 0; t < the.sizes.T; t++) {
        for (let n = 0; n < the.sizes.N; n++) {
          if (padded.at(t, n) === 1) lost += x.at(t, n, 0) - x.at(t, n, 0)
        }
      }
      return { last: change(the.right.last, (v) => v + lost) }
    },
    { elements: { padded: () => 1, x: () => Number.NaN } },
  ),
  mistake(
    'rnn.stackedGradient',
    'special',
    'multiplies each gradient by an input by a mask, and by the input itself where that is 0',
    (the) => {
      const { x, padded } = the.inputs
      return {
        dx: change(the.right.dx, (v, t, n, i) => (padded.at(t, n) === 1 ? 0 * x.at(t, n, i) : v)),
      }
    },
    { elements: { padded: () => 1, x: () => Number.NaN } },
  ),
  mistake(
    'compression.expand',
    'range',
    'has eight bits for the place of a value, and the last place for what is beyond',
    (the) => the.but({ map: change(the.inputs.map, (k) => Math.min(255, k)) }),
    { sizes: { P: 4 }, parameters: { values: 300 }, elements: { map: () => 299 } },
  ),
  mistake(
    'bptt.clipByNorm',
    'numeric',
    'adds 2^-20 to the square of the norm, lest it is 0',
    (the) => {
      const norm = the.right.norm.at()
      const longer = Math.sqrt(norm ** 2 + 2 ** -20)
      if (norm <= the.parameters.threshold || !Number.isFinite(longer)) return undefined
      const { dU, dW, db } = the.right
      const share = norm / longer
      return { dU: times(dU, share), dW: times(dW, share), db: times(db, share) }
    },
    {
      parameters: { threshold: 2 ** -12 },
      elements: { dU: () => 2 ** -10, dW: () => 0, db: () => 0 },
    },
  ),
  mistake(
    'bptt.truncatedGradient',
    'range',
    'has no more steps in a window than the sequence has behind its first',
    (the) => {
      const { every, window } = the.parameters
      const behind = Math.max(every, the.sizes.T - 1)
      if (window > the.sizes.T) return the.but({}, { window: behind })
    },
    { sizes: { T: 3 }, parameters: { window: 5, every: 1, activation: 'linear' } },
  ),
]
