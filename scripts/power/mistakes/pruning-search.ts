import { bfloat, half, inOrder, summing } from '../arithmetics.ts'
import { change, clear, ofCallBefore, reread, scalar } from '../arrays.ts'
import { lasting, type Mistake, mistake } from '../mistake.ts'

/** Mistakes of what searches for networks, removes whole units, and counts what that saves. */
export const prunedNetworkMistakes: readonly Mistake[] = [
  mistake(
    'pruning.keepUnits',
    'logic',
    'takes removed biases for constants in the order of the units that are kept',
    (the) => {
      const { bias1, bias2, weights2 } = the.inputs
      if (the.parameters.removal === 'units') return
      const gone = [...the.right.units.data.keys()].filter((j) => the.right.units.at(j) === 0)
      return {
        bias2: change(bias2, (b, c) =>
          gone.reduce((sum, j, k) => sum + Math.max(0, bias1.at(k)) * weights2.at(j, c), b),
        ),
      }
    },
    { sizes: { M: 4 }, parameters: { kept: 2, removal: 'incoming weights' } },
  ),
  mistake(
    'pruning.keepUnits',
    'size',
    'adds up the first 32 incoming weights of a unit alone',
    (the) => {
      const { weights1 } = the.inputs
      if (the.sizes.D <= 32) return
      const seen = the.but({ weights1: clear(weights1, 0, (i) => i >= 32) })
      return { units: seen.units }
    },
    { sizes: { D: 40, M: 4 }, parameters: { kept: 2 } },
  ),
  mistake(
    'pruning.keepUnits',
    'range',
    'keeps at most half of the units',
    (the) => {
      const { M } = the.sizes
      const { kept } = the.parameters
      if (M < 2 || kept <= M / 2) return
      const { units } = the.but({}, { kept: Math.max(1, Math.floor(M / 2)) })
      return { units }
    },
    { sizes: { M: 4 }, parameters: { kept: 3 } },
  ),
  mistake(
    'pruning.keepUnits',
    'numeric',
    'scores in half precision',
    (the) => ({ units: the.in(summing(inOrder(half))).units }),
    {
      sizes: { D: 1, M: 2 },
      parameters: { kept: 1 },
      elements: { weights1: (_, at) => (at === 0 ? 1.0001 : 1) },
    },
  ),
  mistake(
    'pruning.keepFilters',
    'shape',
    'of square kernels takes the next bank transposed',
    (the) => {
      const { next } = the.right
      if (the.sizes.Rows === the.sizes.Columns)
        return { next: change(next, (_, u, v, q, r) => next.at(v, u, q, r)) }
    },
    { sizes: { Rows: 2, Columns: 2 } },
  ),
  mistake(
    'pruning.keepFilters',
    'size',
    'leaves channels from the ninth on out of the norms',
    (the) => {
      const seen = clear(the.inputs.filters, 2, (k) => k >= 8)
      if (the.sizes.Channels > 8) return { left: the.but({ filters: seen }).left }
    },
    { sizes: { Channels: 12, Filters: 4 }, parameters: { kept: 2 } },
  ),
  mistake(
    'pruning.keepFilters',
    'term',
    'adds the magnitudes of biases to the norms',
    (the) => {
      const { filters, bias } = the.inputs
      const more = change(filters, (w, u, v, k, q) =>
        u + v + k === 0 ? Math.abs(w) + Math.abs(bias.at(q)) : w,
      )
      return { left: the.but({ filters: more }).left }
    },
    { sizes: { Filters: 4 }, parameters: { kept: 2 } },
  ),
  mistake(
    'pruning.pruningCosts',
    'range',
    'counts bits in 24 bits',
    (the) => ({ denseBits: scalar(the.right.denseBits.at() % 2 ** 24) }),
    { parameters: { before: 1024, units: 1024, kept: 512, valueBits: 16 } },
  ),
  mistake(
    'pruning.pruningCosts',
    'special',
    'counts no sparse rows where nothing is removed',
    (the) => {
      const { kept, units } = the.parameters
      if (kept === units) return { rowsBits: the.right.denseBits }
    },
    { parameters: { units: 4, kept: 4 } },
  ),
  mistake(
    'pruning.pruningCosts',
    'term',
    'counts one bit for the place of each of two weights of four',
    (the) => {
      const { before, units } = the.parameters
      const places = before * Math.ceil(units / 4) * 2
      return { fourBits: scalar(the.right.fourBits.at() - places) }
    },
  ),
  mistake(
    'pruning.shareOfNetwork',
    'numeric',
    'keeps shares in whole percent',
    (the) => {
      const percent = (share: number) => Math.round(share * 100) / 100
      const { denseShare, convolutionalShare } = the.parameters
      return the.but(
        {},
        {
          denseShare: percent(denseShare),
          convolutionalShare: percent(convolutionalShare),
        },
      )
    },
    { parameters: { denseShare: 0.6525, dense: 10_000 } },
  ),
  mistake(
    'pruning.shareOfNetwork',
    'range',
    'multiplies in 32 bits',
    (the) => {
      const { dense, denseShare } = the.parameters
      const product = Math.round(denseShare * 1e4) * dense
      const lost = Math.floor(product / 1e4) - Math.floor((product | 0) / 1e4)
      return { removed: scalar(the.right.removed.at() - lost) }
    },
    { parameters: { dense: 58_621_952, denseShare: 0.65 } },
  ),
  mistake(
    'pruning.shareOfNetwork',
    'special',
    'keeps one weight where everything is removed',
    (the) => (the.right.left.at() === 0 ? { left: scalar(1) } : undefined),
    { parameters: { convolutionalShare: 1, denseShare: 1 } },
  ),
  mistake(
    'pruning.maskFromCode',
    'range',
    'keeps codes in eight bits',
    (the) => ({ mask: clear(the.right.mask, 0, (k) => k >= 8) }),
    { parameters: { connections: 12, code: 4095 } },
  ),
  mistake(
    'pruning.maskFromCode',
    'special',
    'takes 0 for the network with all connections',
    (the) => {
      if (the.parameters.code === 0) return { mask: change(the.right.mask, () => 1) }
    },
    { parameters: { connections: 3, code: 0 } },
  ),
  mistake(
    'pruning.maskFitness',
    'size',
    'packs masks into 32 bits a network',
    (the) => the.but({ masks: reread(the.inputs.masks, 1, (k) => k % 32) }),
    { sizes: { P: 40 } },
  ),
  mistake('pruning.maskFitness', 'term', 'leaves out the half of the loss', (the) => {
    const free = the.but({}, { price: 0 }).fitness
    return { fitness: change(the.right.fitness, (F, n) => F + free.at(n)) }
  }),
  mistake(
    'pruning.maskFitness',
    'shape',
    'of as many networks as connections takes the masks transposed',
    (the) => {
      const { masks } = the.inputs
      if (the.sizes.Networks === the.sizes.P)
        return the.but({ masks: change(masks, (_, n, k) => masks.at(k, n)) })
    },
    { sizes: { Networks: 2, P: 2 } },
  ),
  mistake('pruning.maskFitness', 'numeric', 'adds up in bfloat16', (the) =>
    the.in(summing(inOrder(bfloat))),
  ),
  lasting(
    'pruning.maskFitness',
    'state',
    'keeps the losses of the call before, where there are as many networks',
    () => {
      const before = ofCallBefore()
      return (the) => ({ fitness: before(the.right.fitness) })
    },
  ),
  mistake(
    'pruning.evolveMasks',
    'logic',
    'makes the second half of the children from the first parent',
    (the) => {
      const { masks, weights, flips, noise } = the.inputs
      const { Parents, Children } = the.sizes
      const late = (b: number) => b >= Children / 2
      return the.but({
        flips: change(flips, (bit, b, k) =>
          late(b) ? Math.abs(Math.abs(masks.at(0, k) - bit) - masks.at(b % Parents, k)) : bit,
        ),
        noise: change(noise, (v, b, k) =>
          late(b) ? v + weights.at(0, k) - weights.at(b % Parents, k) : v,
        ),
      })
    },
    { sizes: { Parents: 2, Children: 4 } },
  ),
  mistake(
    'pruning.evolveMasks',
    'term',
    'takes off the noise from connections that were flipped',
    (the) => {
      const { flips, noise } = the.inputs
      return the.but({ noise: change(noise, (v, b, k) => (flips.at(b, k) === 1 ? 0 : v)) })
    },
    { sizes: { Children: 4 } },
  ),
  mistake(
    'pruning.evolveMasks',
    'size',
    'looks at the first eight children alone',
    (the) => {
      const { flips, noise } = the.inputs
      if (the.sizes.Children <= 8) return
      const late = (b: number) => b >= 8
      return the.but({ flips: clear(flips, 0, late), noise: clear(noise, 0, late) })
    },
    { sizes: { Parents: 1, Children: 12 } },
  ),
  mistake(
    'pruning.evolveMasks',
    'range',
    'doubles prices above 1',
    (the) => {
      const { price } = the.parameters
      if (price > 1) return the.but({}, { price: 2 * price })
    },
    { parameters: { price: 1.5 } },
  ),
  mistake('pruning.evolveMasks', 'numeric', 'gives values in bfloat16', (the) => ({
    fitness: change(the.right.fitness, bfloat),
  })),
  mistake('pruning.evolveMasks', 'special', 'gives the weights that are not there as 0', (the) => {
    const { masks, weights } = the.right
    return { weights: change(weights, (w, a, k) => (masks.at(a, k) === 0 ? 0 : w)) }
  }),
  lasting(
    'pruning.evolveMasks',
    'state',
    'keeps the parents of the call before, where they have the same shape',
    () => {
      const before = ofCallBefore()
      return (the) => the.but({ weights: before(the.inputs.weights) })
    },
  ),
]
