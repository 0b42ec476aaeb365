import { cutToBits, doubles, half, inOrder, single, summing, toBits } from '../arithmetics.ts'
import { change, type Numbers, scalar, times } from '../arrays.ts'
import { lasting, type Mistake, mistake } from '../mistake.ts'

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, x) => sum + x, 0)

/** How often each of K places occurs. */
const uses = (map: Numbers, K: number) =>
  Array.from({ length: K }, (_, k) => map.data.filter((place) => place === k).length)

/** Mistakes of shared weights, of codebooks, and of what they are said to take. */
export const compressionMistakes: readonly Mistake[] = [
  mistake(
    'compression.storedSize',
    'range',
    'takes 64 bits for 32',
    (the) => {
      const narrower = the.parameters.after.map((part) => ({
        ...part,
        bits: part.bits === 64 ? 32 : part.bits,
      }))
      return the.but({}, { after: narrower })
    },
    {
      parameters: {
        before: [{ numbers: 1, bits: 32 }],
        after: [{ numbers: 3, bits: 64 }],
      },
    },
  ),
  mistake(
    'compression.storedSize',
    'range',
    'reads three arrays at most',
    (the) => the.but({}, { after: the.parameters.after.slice(0, 3) }),
    {
      parameters: {
        before: [{ numbers: 9, bits: 32 }],
        after: [1, 2, 3, 4].map((numbers) => ({ numbers, bits: 8 })),
      },
    },
  ),
  mistake(
    'compression.storedSize',
    'logic',
    'counts whole bytes of the model as it was',
    (the) => ({ bytes: change(the.right.before, (bits) => Math.ceil(bits / 8)) }),
    {
      parameters: {
        before: [{ numbers: 8, bits: 32 }],
        after: [{ numbers: 8, bits: 8 }],
      },
    },
  ),
  mistake(
    'compression.storedSize',
    'numeric',
    'gives the rate in half precision',
    (the) => ({ rate: change(the.right.rate, half) }),
    {
      parameters: {
        before: [{ numbers: 1000, bits: 32 }],
        after: [{ numbers: 333, bits: 7 }],
      },
    },
  ),
  mistake('compression.storedSize', 'logic', 'rounds the rate down to a whole number', (the) => ({
    rate: change(the.right.rate, Math.floor),
  })),
  mistake(
    'compression.expand',
    'size',
    'keeps 32 values at most, and reads those beyond as the first ones',
    (the) => the.but({ map: change(the.inputs.map, (k) => k % 32) }),
    { sizes: { P: 4 }, parameters: { values: 40 }, elements: { map: () => 37 } },
  ),
  mistake(
    'compression.expand',
    'size',
    'leaves what does not fill a row of four at 0',
    (the) => ({ y: change(the.right.y, (v, i) => (i >= 4 * Math.floor(the.sizes.P / 4) ? 0 : v)) }),
    { sizes: { P: 7 } },
  ),
  mistake(
    'compression.expand',
    'numeric',
    'keeps the codebook in bfloat16',
    (the) => ({ y: change(the.right.y, toBits(8)) }),
    { elements: { theta: () => 1.2345 } },
  ),
  lasting('compression.expand', 'state', 'keeps the map of the call before', () => {
    let before: Numbers | undefined
    return (the) => {
      const { map } = the.inputs
      const kept = before?.data.length === map.data.length ? before : map
      before = map
      return kept.data.every((k) => k < the.sizes.K) ? the.but({ map: kept }) : undefined
    }
  }),
  mistake(
    'compression.expandGradient',
    'size',
    'drops what more than sixteen connections of a value add',
    (the) => {
      const seen = new Map<number, number>()
      return the.but({
        dy: change(the.inputs.dy, (d, i) => {
          const k = the.inputs.map.at(i)
          seen.set(k, (seen.get(k) ?? 0) + 1)
          return seen.get(k)! > 16 ? 0 : d
        }),
      })
    },
    { sizes: { P: 20 }, parameters: { values: 1 }, elements: { dy: () => 1 } },
  ),
  mistake(
    'compression.expandGradient',
    'numeric',
    'adds up in half precision',
    (the) => the.in(summing(inOrder(half))),
    { sizes: { P: 8 }, parameters: { values: 1 }, elements: { dy: (_, i) => 1 + i / 1000 } },
  ),
  mistake(
    'compression.expandGradient',
    'shape',
    'of one value, takes the mean',
    (the) => (the.sizes.K === 1 ? { dTheta: times(the.right.dTheta, 1 / the.sizes.P) } : undefined),
    { sizes: { P: 4 }, parameters: { values: 1 } },
  ),
  mistake(
    'compression.expandGradient',
    'logic',
    'takes equal derivatives that follow each other once',
    (the) =>
      the.but({
        dy: change(the.inputs.dy, (d, i) =>
          i > 0 &&
          the.inputs.dy.at(i - 1) === d &&
          the.inputs.map.at(i - 1) === the.inputs.map.at(i)
            ? 0
            : d,
        ),
      }),
    { sizes: { P: 3 }, parameters: { values: 1 }, elements: { dy: () => 2 } },
  ),
  mistake(
    'compression.shareCounts',
    'size',
    'counts up to 255 connections of a value',
    (the) => ({ uses: change(the.right.uses, (n) => n % 256) }),
    { sizes: { P: 257 }, parameters: { values: 1 } },
  ),
  mistake(
    'compression.shareCounts',
    'special',
    'takes −0 for a weight that is there',
    (the) => ({
      zeros: scalar(
        the.inputs.map.data.filter((k) => Object.is(the.inputs.theta.data[k], 0)).length,
      ),
    }),
    { parameters: { values: 1 }, elements: { theta: () => -0 } },
  ),
  mistake(
    'compression.shareCounts',
    'logic',
    'counts a value that is not used as a zero',
    (the) => ({
      zeros: change(the.right.zeros, (n) => n + the.right.uses.data.filter((u) => u === 0).length),
    }),
    { sizes: { P: 1 }, parameters: { values: 3 } },
  ),
  mistake(
    'compression.sharedStep',
    'term',
    'does not decay where there is no momentum',
    (the) => (the.parameters.momentum === 0 ? the.but({}, { decay: 0 }) : undefined),
    { parameters: { rate: 0.5, momentum: 0, decay: 0.5 }, elements: { theta: () => 2 } },
  ),
  mistake(
    'compression.sharedStep',
    'logic',
    'gives the velocity times the rate',
    (the) => ({ velocity: times(the.right.velocity, the.parameters.rate) }),
    { parameters: { rate: 0.5, momentum: 0, decay: 0 }, elements: { gradient: () => 1 } },
  ),
  mistake(
    'compression.sharedStep',
    'logic',
    'looks ahead: steps along the gradient and the momentum of the new velocity',
    (the) => {
      const { rate, momentum } = the.parameters
      const v = the.right.velocity
      const before = the.inputs.velocity
      const theta = change(the.inputs.theta, (w, k) => {
        const g = v.at(k) - momentum * before.at(k)
        return w - rate * (g + momentum * v.at(k))
      })
      return { theta, weights: change(the.inputs.map, (k) => theta.at(k)) }
    },
    { parameters: { rate: 0.5, momentum: 0.5, decay: 0 }, elements: { gradient: () => 1 } },
  ),
  mistake(
    'compression.sharedStep',
    'size',
    'from the ninth value on, forgets the velocity',
    (the) => the.but({ velocity: change(the.inputs.velocity, (v, k) => (k >= 8 ? 0 : v)) }),
    {
      parameters: { values: 9, rate: 0.5, momentum: 0.5, decay: 0 },
      elements: { velocity: () => 4 },
    },
  ),
  mistake(
    'compression.clusterStep',
    'size',
    'looks at 256 values at most',
    (the) => {
      const few = the.inputs.codebook.data.slice(0, 256)
      if (few.length === the.sizes.K) return
      const codes = change(the.right.codes, (_, i) => {
        const distances = few.map((c) => Math.abs(the.inputs.weights.at(i) - c))
        return distances.indexOf(Math.min(...distances))
      })
      return { codes }
    },
    {
      sizes: { P: 2 },
      parameters: { values: 257 },
      elements: { weights: () => 256, codebook: (_, k) => k },
    },
  ),
  mistake(
    'compression.clusterStep',
    'numeric',
    'compares w² − 2wc + c²',
    (the) => {
      const { weights, codebook } = the.inputs
      const codes = change(the.right.codes, (_, i) => {
        const w = weights.at(i)
        const distances = codebook.data.map((c) =>
          single(single(single(w * w) - single(2 * single(w * c))) + single(c * c)),
        )
        return distances.indexOf(Math.min(...distances))
      })
      return { codes }
    },
    {
      sizes: { P: 1 },
      parameters: { values: 2 },
      elements: { weights: () => 10000.1, codebook: (_, k) => (k === 0 ? 10000 : 10000.1) },
    },
  ),
  mistake(
    'compression.clusterStep',
    'term',
    'adds the old value to the weights of its cluster',
    (the) => {
      const n = uses(the.right.codes, the.sizes.K)
      const codebook = change(the.right.codebook, (c, k) =>
        n[k] === 0 ? c : (n[k] * c + the.inputs.codebook.at(k)) / (n[k] + 1),
      )
      const away = the.inputs.weights.data.map((w, i) => w - codebook.at(the.right.codes.at(i)))
      return { codebook, after: scalar(sumOf(away.map((d) => d * d))) }
    },
    {
      sizes: { P: 2 },
      parameters: { values: 1 },
      elements: { weights: () => 2, codebook: () => 0 },
    },
  ),
  mistake(
    'compression.clusterStep',
    'numeric',
    'adds up squares in half precision',
    (the) => ({ before: change(the.right.before, half), after: change(the.right.after, half) }),
    { sizes: { P: 3 }, parameters: { values: 1 }, elements: { weights: (_, i) => i * 33.3 } },
  ),
  mistake(
    'compression.clusterStep',
    'shape',
    'leaves single weights out: their value stays',
    (the) => {
      const n = uses(the.right.codes, the.sizes.K)
      return {
        codebook: change(the.right.codebook, (c, k) =>
          n[k] === 1 ? the.inputs.codebook.at(k) : c,
        ),
      }
    },
    {
      sizes: { P: 1 },
      parameters: { values: 1 },
      elements: { weights: () => 3, codebook: () => 1 },
    },
  ),
  mistake(
    'compression.linearCodebook',
    'special',
    'begins at 0 where no weight is negative',
    (the) => {
      const { data } = the.inputs.weights
      if (Math.min(...data) < 0 || the.sizes.K < 2) return
      const most = Math.max(...data)
      return { codebook: change(the.right.codebook, (_, k) => (most * k) / (the.sizes.K - 1)) }
    },
    { sizes: { P: 2 }, parameters: { values: 2 }, elements: { weights: (_, i) => 1 + i } },
  ),
  mistake(
    'compression.linearCodebook',
    'size',
    'looks for the ends among the first 128 weights',
    (the) => {
      const first = the.inputs.weights.data.slice(0, 128)
      const [low, high] = [Math.min(...first), Math.max(...first)]
      const K = the.sizes.K
      return {
        codebook: change(the.right.codebook, (_, k) =>
          K === 1 ? (low + high) / 2 : low + (k * (high - low)) / (K - 1),
        ),
      }
    },
    { sizes: { P: 129 }, parameters: { values: 2 }, elements: { weights: (_, i) => i } },
  ),
  mistake(
    'compression.linearCodebook',
    'numeric',
    'cuts values off after ten bits',
    (the) => ({ codebook: change(the.right.codebook, cutToBits(10)) }),
    { parameters: { values: 3 }, elements: { weights: (_, i) => 1.2345 * (i + 1) } },
  ),
  mistake(
    'compression.clusterRate',
    'range',
    'never has codes of more than eight bits',
    (the) => {
      const { weights, bits, values } = the.parameters
      const codeBits = Math.min(8, the.right.codeBits.at())
      const stored = weights * codeBits + values * bits
      return {
        codeBits: scalar(codeBits),
        stored: scalar(stored),
        rate: scalar((weights * bits) / stored),
      }
    },
    { parameters: { weights: 1000, bits: 32, values: 257 } },
  ),
  mistake(
    'compression.clusterRate',
    'logic',
    'keeps the codebook in 32 bits, however wide weights are',
    (the) => {
      const { weights, bits, values } = the.parameters
      const stored = weights * the.right.codeBits.at() + values * 32
      return { stored: scalar(stored), rate: scalar((weights * bits) / stored) }
    },
    { parameters: { weights: 100, bits: 16, values: 4 } },
  ),
  mistake(
    'compression.clusterRate',
    'numeric',
    'takes the logarithm from a table of two digits',
    (the) => the.in(doubles({ log: (x) => Math.round(100 * Math.log(x)) / 100 })),
    { parameters: { weights: 1000, bits: 32, values: 5 } },
  ),
]
