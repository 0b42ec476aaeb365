import { bfloat, half, inOrder, summing } from '../arithmetics.ts'
import { change, clear, type Numbers, ofCallBefore, reread } from '../arrays.ts'
import { lasting, type Mistake, mistake } from '../mistake.ts'

/** Mistakes of masks, and of what is removed by its magnitude. */
export const pruningMistakes: readonly Mistake[] = [
  mistake(
    'pruning.maskedDense',
    'size',
    'packs masks into 32 bits a row, so that the 33rd unit is kept as the first is',
    (the) => the.but({ mask: reread(the.inputs.mask, 1, (j) => j % 32) }),
    { sizes: { M: 40 } },
  ),
  mistake(
    'pruning.maskedDense',
    'shape',
    'of a square layer takes the mask transposed',
    (the) => {
      const { mask } = the.inputs
      if (the.sizes.D === the.sizes.M)
        return the.but({ mask: change(mask, (_, i, j) => mask.at(j, i)) })
    },
    { sizes: { D: 3, M: 3 } },
  ),
  mistake(
    'pruning.maskedDense',
    'special',
    'an empty mask counts as none',
    (the) => {
      const { mask } = the.inputs
      if (mask.data.every((bit) => bit === 0)) return the.but({ mask: change(mask, () => 1) })
    },
    { elements: { mask: () => 0 } },
  ),
  lasting(
    'pruning.maskedDense',
    'state',
    'keeps the mask of the call before, where the weights have the same shape',
    () => {
      const before = ofCallBefore()
      return (the) => the.but({ mask: before(the.inputs.mask) })
    },
  ),
  mistake('pruning.maskedDense', 'numeric', 'adds up in half precision', (the) =>
    the.in(summing(inOrder(half))),
  ),
  mistake(
    'pruning.maskedDenseGradient',
    'logic',
    'stops the gradient by a bias whose unit has no connection left',
    (the) => {
      const { mask } = the.inputs
      const lonely = (j: number) =>
        mask.data.every((bit, at) => at % the.sizes.M !== j || bit === 0)
      return { dBias: change(the.right.dBias, (g, j) => (lonely(j) ? 0 : g)) }
    },
    { elements: { mask: () => 0 } },
  ),
  mistake(
    'pruning.maskedDenseGradient',
    'size',
    'the gradient by the weights leaves out the ninth sample and later ones',
    (the) => ({
      dWeights: the.but({ dy: clear(the.inputs.dy, 0, (n) => n >= 8) }).dWeights,
    }),
    { sizes: { N: 12 } },
  ),
  mistake(
    'pruning.byThreshold',
    'special',
    'negative weights that are equal to minus the threshold go',
    (the) => {
      const { weights1, thresholds } = the.inputs
      const meets = (i: number, j: number) => weights1.at(i, j) === -thresholds.at(0)
      return { mask1: change(the.right.mask1, (bit, i, j) => (meets(i, j) ? 0 : bit)) }
    },
    { elements: { weights1: () => -2, thresholds: () => 2 } },
  ),
  mistake(
    'pruning.byThreshold',
    'numeric',
    'compares in bfloat16',
    (the) => {
      const rounded = (values: Numbers) => change(values, bfloat)
      const { mask2 } = the.but({
        weights2: rounded(the.inputs.weights2),
        thresholds: rounded(the.inputs.thresholds),
      })
      return { mask2 }
    },
    { elements: { weights2: () => 1, thresholds: () => 1.001 } },
  ),
  mistake(
    'pruning.byThreshold',
    'size',
    'counts what was removed in 8 bits',
    (the) => ({ removed: change(the.right.removed, (count) => count % 256) }),
    // 256 weights and two thresholds.
    {
      sizes: { D: 20, M: 20 },
      elements: { weights1: () => 0, thresholds: () => 1 },
      fewest: 258,
    },
  ),
  mistake(
    'pruning.byThreshold',
    'shape',
    'of a layer with one output takes the other threshold',
    (the) => {
      const { thresholds } = the.inputs
      if (the.sizes.C === 1) {
        const swapped = the.but({ thresholds: change(thresholds, () => thresholds.at(0)) })
        return { mask2: swapped.mask2, pruned2: swapped.pruned2, removed: swapped.removed }
      }
    },
    { sizes: { C: 1 } },
  ),
  mistake(
    'pruning.byPercentage',
    'numeric',
    'keeps the share in whole percent',
    (the) => the.but({}, { share: Math.round(the.parameters.share * 100) / 100 }),
    { parameters: { share: 0.995 } },
  ),
  mistake(
    'pruning.byPercentage',
    'range',
    'keeps at least one weight of every layer',
    (the) => {
      const { mask1 } = the.right
      if (mask1.data.every((bit) => bit === 0))
        return { mask1: change(mask1, (_, i, j) => (i + j === 0 ? 1 : 0)) }
    },
    { parameters: { share: 1 } },
  ),
  mistake(
    'pruning.byPercentage',
    'special',
    'over the network, of equal magnitudes takes those of the second layer first',
    (the) => {
      if (the.parameters.scope === 'layer') return
      // So little that it decides between equal magnitudes only.
      const less = change(the.inputs.weights2, (w) => w * (1 - 2 ** -40))
      const { mask1, mask2, removed } = the.but({ weights2: less })
      return { mask1, mask2, removed }
    },
    {
      parameters: { share: 0.5, scope: 'network' },
      elements: { weights1: () => 2, weights2: () => 2 },
    },
  ),
  mistake(
    'pruning.byPercentage',
    'size',
    'sorts at most 256 weights, and leaves the others in their order',
    (the) => {
      const { weights1 } = the.inputs
      if (weights1.data.length <= 256 || the.parameters.scope === 'network') return
      const first = weights1.data.slice(0, 256).map(Math.abs)
      const last = Math.max(...first)
      const M = the.sizes.M
      return {
        mask1: the.but({
          weights1: change(weights1, (w, i, j) => (i * M + j >= 256 ? last + i * M + j : w)),
        }).mask1,
      }
    },
    // 257 weights of the first layer and one of the second.
    { sizes: { D: 20, M: 20 }, parameters: { share: 0.5, scope: 'layer' }, fewest: 258 },
  ),
]
