import { bfloat, half, inOrder, summing } from '../arithmetics.ts'
import { change, clear, ofCallBefore, reread } from '../arrays.ts'
import { lasting, type Mistake, mistake } from '../mistake.ts'

/** Mistakes of what clients exchange: masked sums, clipped updates with noise, gossip among neighbours. */
export const exchangeMistakes: readonly Mistake[] = [
  mistake(
    'federated.secureSum',
    'range',
    'keeps residues in 15 bits',
    (the) => {
      if (the.parameters.modulus > 2 ** 15)
        return { uploads: change(the.right.uploads, (u) => u % 2 ** 15) }
    },
    { sizes: { K: 2 }, parameters: { modulus: 65_536 }, elements: { values: () => 40_000 } },
  ),
  mistake(
    'federated.secureSum',
    'size',
    'masks with the first eight clients alone',
    (the) => {
      if (the.sizes.K > 8) return { uploads: the.but({ masks: late(the.inputs.masks) }).uploads }
    },
    { sizes: { K: 10, P: 1 } },
  ),
  mistake(
    'federated.secureSum',
    'special',
    'gives the largest residue where nobody is there',
    (the) => {
      if (the.inputs.present.data.includes(1)) return
      return { sum: change(the.right.sum, () => the.parameters.modulus - 1) }
    },
    { elements: { present: () => 0 } },
  ),
  mistake(
    'federated.secureSum',
    'numeric',
    'adds in half precision before it takes residues',
    (the) => {
      const { values, present } = the.inputs
      const R = the.parameters.modulus
      return {
        sum: change(the.right.sum, (_, i) => {
          let found = 0
          for (let k = 0; k < the.sizes.K; k++)
            if (present.at(k) === 1) found = half(found + values.at(k, i))
          return found % R
        }),
      }
    },
    {
      sizes: { K: 4 },
      parameters: { modulus: 65_536 },
      elements: { present: () => 1, values: () => 2049 },
    },
  ),
  mistake(
    'federated.secureSum',
    'logic',
    'recovers the masks of a single client that dropped out',
    (the) => {
      const { present } = the.inputs
      const gone = [...present.data.keys()].filter((k) => present.at(k) === 0)
      if (gone.length < 2) return
      const last = gone.at(-1)!
      const R = the.parameters.modulus
      const { masks } = the.inputs
      return {
        sum: change(the.right.sum, (s, i) => {
          let left = s
          for (const [k, there] of present.data.entries()) {
            if (there === 1) left += k < last ? masks.at(k, last, i) : R - masks.at(last, k, i)
          }
          return left % R
        }),
      }
    },
    { sizes: { K: 4 }, elements: { present: (_, at) => (at < 2 ? 1 : 0) } },
  ),
  mistake(
    'federated.clipUpdates',
    'size',
    'measures the first 64 weights of a unit alone',
    (the) => {
      if (the.sizes.I <= 64) return
      return the.but({ w: clear(the.inputs.w, 1, (i) => i >= 64) })
    },
    { sizes: { M: 1, I: 70, O: 1 } },
  ),
  mistake(
    'federated.clipUpdates',
    'term',
    'adds 1e-3 to the length before it divides',
    (the) => {
      const { norms } = the.right
      const { bound } = the.parameters
      const less = (m: number) => (norms.at(m) > bound ? norms.at(m) / (norms.at(m) + 1e-3) : 1)
      return { w: change(the.right.w, (x, m) => x * less(m)) }
    },
    { parameters: { bound: 0.5 } },
  ),
  mistake(
    'federated.clipUpdates',
    'range',
    'takes bounds beyond 10 for none',
    (the) => {
      if (the.parameters.bound > 10) return { w: the.inputs.w, b: the.inputs.b }
    },
    { parameters: { bound: 12 }, elements: { w: () => 20 } },
  ),
  mistake('federated.clipUpdates', 'numeric', 'adds squares up in half precision', (the) => ({
    norms: the.in(summing(inOrder(half))).norms,
  })),
  lasting(
    'federated.noisyMean',
    'state',
    'uses the noise of the call before again, where it has the same shape',
    () => {
      const before = ofCallBefore()
      return (the) => the.but({ noiseW: before(the.inputs.noiseW) })
    },
  ),
  mistake(
    'federated.noisyMean',
    'shape',
    'gives the same noise to all outputs',
    (the) => the.but({ noiseB: reread(the.inputs.noiseB, 0, () => 0) }),
    { sizes: { O: 3 }, parameters: { multiplier: 1 } },
  ),
  mistake(
    'federated.noisyMean',
    'logic',
    'leaves out the noise of a single client',
    (the) => (the.sizes.M === 1 ? the.but({}, { multiplier: 0 }) : undefined),
    { sizes: { M: 1 }, parameters: { multiplier: 1 } },
  ),
  mistake(
    'federated.noisyMean',
    'special',
    'leaves out clients whose update is all zeros',
    (the) => {
      const { w, b } = the.inputs
      const { M } = the.sizes
      const isZero = (m: number) =>
        [w, b].every(({ data }) => {
          const size = data.length / M
          return data.slice(m * size, (m + 1) * size).every((x) => x === 0)
        })
      const zeros = Array.from({ length: M }, (_, m) => m).filter(isZero).length
      if (zeros === 0 || zeros === M) return
      return { w: change(the.right.w, (x) => (x * M) / (M - zeros)) }
    },
    { sizes: { M: 2, I: 1, O: 1 }, elements: { w: (_, at) => at, b: (_, at) => at } },
  ),
  mistake(
    'federated.metropolisWeights',
    'size',
    'counts at most 16 neighbours',
    (the) => {
      const { weights } = the.right
      return {
        weights: change(weights, (p, k, l) => (k !== l && p > 0 && p < 1 / 17 ? 1 / 17 : p)),
      }
    },
    { sizes: { K: 20 }, elements: { graph: () => 1 } },
  ),
  mistake(
    'federated.metropolisWeights',
    'numeric',
    'gives weights in bfloat16',
    (the) => ({ weights: change(the.right.weights, bfloat) }),
    { sizes: { K: 3 }, elements: { graph: () => 1 } },
  ),
  mistake(
    'federated.metropolisWeights',
    'special',
    'gives a client without neighbours nothing',
    (the) => ({
      weights: change(the.right.weights, (p, k, l) => (k === l && p === 1 ? 0 : p)),
    }),
    { sizes: { K: 2 }, elements: { graph: () => 0 } },
  ),
  mistake(
    'federated.gossip',
    'shape',
    'of as many features as clients takes weights transposed',
    (the) => {
      const { weights } = the.inputs
      if (the.sizes.K === the.sizes.I)
        return the.but({ weights: change(weights, (_, k, l) => weights.at(l, k)) })
    },
    { sizes: { K: 3, I: 3 } },
  ),
  mistake(
    'federated.gossip',
    'size',
    'hears of the first 32 clients alone',
    (the) => {
      if (the.sizes.K > 32)
        return the.but({ weights: clear(the.inputs.weights, 1, (l) => l >= 32) })
    },
    { sizes: { K: 40, I: 1, O: 1 }, parameters: { rounds: 1 } },
  ),
  mistake(
    'federated.gossip',
    'range',
    'stops after three rounds',
    (the) => {
      const { w, b } = the.right
      return {
        w: change(w, (_, t, ...at) => w.at(Math.min(t, 2), ...at)),
        b: change(b, (_, t, ...at) => b.at(Math.min(t, 2), ...at)),
      }
    },
    { sizes: { K: 2 }, parameters: { rounds: 4 } },
  ),
  mistake('federated.gossip', 'numeric', 'adds up in half precision', (the) =>
    the.in(summing(inOrder(half))),
  ),
]

/** Masks without those that clients from the ninth on have with anybody. */
function late(masks: Parameters<typeof clear>[0]) {
  return clear(
    clear(masks, 0, (k) => k >= 8),
    1,
    (l) => l >= 8,
  )
}
