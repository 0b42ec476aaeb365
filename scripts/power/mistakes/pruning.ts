import { build } from '../../../reference/arithmetic/array.ts'
import { bfloat, doubles, half, inOrder, summing } from '../arithmetics.ts'
import { change, clear, type Numbers, ofCallBefore, reread, scalar, times } from '../arrays.ts'
import { lasting, type Mistake, mistake } from '../mistake.ts'

/** Mistakes of what removes weights and units. */
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
    { sizes: { D: 20, M: 20 }, elements: { weights1: () => 0, thresholds: () => 1 } },
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
    { sizes: { D: 20, M: 20 }, parameters: { share: 0.5, scope: 'layer' } },
  ),
  mistake(
    'pruning.l2Penalty',
    'logic',
    'leaves out the first row, as if it were the biases',
    (the) => the.but({ weights1: clear(the.inputs.weights1, 0, (i) => i === 0) }),
  ),
  mistake('pruning.l2Penalty', 'numeric', 'adds up the squares in bfloat16', (the) =>
    the.in(summing(inOrder(bfloat))),
  ),
  mistake(
    'pruning.l2PenaltyGradient',
    'term',
    'gives the first layer half of its gradient',
    (the) => ({ dWeights1: times(the.right.dWeights1, 0.5) }),
  ),
  mistake(
    'pruning.l2Step',
    'size',
    'from the fifth weight on does not decay',
    (the) => {
      const plain = the.but({}, { decay: 0 }).weights
      return { weights: change(the.right.weights, (w, i) => (i >= 4 ? plain.at(i) : w)) }
    },
    { sizes: { P: 6 }, parameters: { decay: 1, rate: 0.5 } },
  ),
  mistake(
    'pruning.l2Step',
    'range',
    'a decay above 1 counts as 1',
    (the) => the.but({}, { decay: Math.min(1, the.parameters.decay) }),
    { parameters: { decay: 2, rate: 0.5 } },
  ),
  mistake(
    'pruning.l2Minimum',
    'special',
    'leaves a weight in which the loss is flat as it is',
    (the) => {
      const { trained, curvature } = the.inputs
      return {
        weights: change(the.right.weights, (w, i) => (curvature.at(i) === 0 ? trained.at(i) : w)),
      }
    },
    { elements: { curvature: () => 0 } },
  ),
  mistake('pruning.l2Minimum', 'numeric', 'divides in half precision', (the) =>
    the.in(doubles({ divide: (a, b) => half(a / b) })),
  ),
  mistake(
    'pruning.l1Minimum',
    'special',
    'of a magnitude equal to the threshold leaves a quarter',
    (the) => {
      const { trained } = the.inputs
      const { penalty, curvature } = the.parameters
      const meets = (w: number) => w !== 0 && Math.abs(w) * curvature === penalty
      return {
        weights: change(the.right.weights, (w, i) =>
          meets(trained.at(i)) ? trained.at(i) / 4 : w,
        ),
      }
    },
    { parameters: { penalty: 2, curvature: 1 }, elements: { trained: () => 2 } },
  ),
  mistake(
    'pruning.l1Minimum',
    'size',
    'works on four weights at a time, and leaves what remains as it is',
    (the) => {
      const { trained } = the.inputs
      const whole = the.sizes.P - (the.sizes.P % 4)
      return { weights: change(the.right.weights, (w, i) => (i >= whole ? trained.at(i) : w)) }
    },
    { sizes: { P: 5 }, parameters: { penalty: 1, curvature: 1 } },
  ),
  mistake(
    'pruning.l1Step',
    'logic',
    'a weight that changes its sign stops at 0',
    (the) => {
      const { weights } = the.inputs
      return {
        weights: change(the.right.weights, (w, i) => (w * weights.at(i) < 0 ? 0 : w)),
      }
    },
    { parameters: { rate: 1, penalty: 0.5 }, elements: { weights: () => 1, gradient: () => 4 } },
  ),
  mistake(
    'pruning.l1Step',
    'range',
    'without a rate still takes the threshold',
    (the) => {
      const { rate, penalty } = the.parameters
      if (rate > 0) return
      const soft = (w: number) => Math.sign(w) * Math.max(0, Math.abs(w) - penalty)
      return { weights: change(the.inputs.weights, soft) }
    },
    { parameters: { rate: 0, penalty: 1 } },
  ),
  mistake(
    'pruning.groupPenalty',
    'size',
    'leaves out the fifth group and later ones',
    (the) => the.but({ weights: clear(the.inputs.weights, 0, (g) => g >= 4) }),
    { sizes: { G: 6 } },
  ),
  mistake('pruning.groupPenalty', 'numeric', 'keeps norms in half precision', (the) =>
    the.in(doubles({ sqrt: (x) => half(Math.sqrt(x)) })),
  ),
  mistake(
    'pruning.groupPenaltyGradient',
    'special',
    'a group of zeros gets the gradient of ones',
    (the) => {
      const { weights } = the.inputs
      const { D } = the.sizes
      const isZero = (g: number) => weights.data.slice(g * D, (g + 1) * D).every((w) => w === 0)
      const ones = the.but({ weights: change(weights, () => 1) }).dWeights
      return { dWeights: change(the.right.dWeights, (v, g, d) => (isZero(g) ? ones.at(g, d) : v)) }
    },
    { elements: { weights: () => 0 }, parameters: { penalty: 1 } },
  ),
  mistake(
    'pruning.groupPenaltyGradient',
    'logic',
    'takes no part of negative derivatives of the loss',
    (the) => the.but({ dValue: scalar(Math.max(0, the.inputs.dValue.at())) }),
  ),
  mistake(
    'pruning.groupStep',
    'special',
    'a group whose norm is equal to the threshold stays as it is',
    (the) => {
      const { weights } = the.inputs
      const { D } = the.sizes
      const tau = the.parameters.penalty * Math.sqrt(D)
      const norm = (g: number) =>
        Math.sqrt(weights.data.slice(g * D, (g + 1) * D).reduce((sum, w) => sum + w * w, 0))
      return {
        weights: change(the.right.weights, (v, g, d) => (norm(g) === tau ? weights.at(g, d) : v)),
      }
    },
    { sizes: { D: 1 }, parameters: { penalty: 2 }, elements: { weights: () => 2 } },
  ),
  mistake(
    'pruning.groupStep',
    'size',
    'sums the squares of at most eight weights of a group',
    (the) => {
      const { weights } = the.inputs
      const [G, D] = weights.shape as [number, number]
      if (D <= 8) return
      const tau = the.parameters.penalty * Math.sqrt(D)
      const norm = (g: number) => Math.hypot(...weights.data.slice(g * D, g * D + 8))
      return {
        weights: build([G, D], (g, d) =>
          norm(g) === 0 ? 0 : (Math.max(0, norm(g) - tau) / norm(g)) * weights.at(g, d),
        ),
      }
    },
    { sizes: { D: 12 }, parameters: { penalty: 0.5 } },
  ),
  mistake(
    'pruning.unitScores',
    'size',
    'sums at most 16 incoming weights',
    (the) => the.but({ weights: clear(the.inputs.weights, 0, (i) => i >= 16) }),
    { sizes: { D: 20 } },
  ),
  mistake(
    'pruning.unitScores',
    'special',
    'at a threshold of 0 removes units without connections',
    (the) => {
      const { scores, kept } = the.right
      return { kept: change(kept, (bit, j) => (scores.at(j) === 0 ? 0 : bit)) }
    },
    { elements: { weights: () => 0, threshold: () => 0 } },
  ),
  mistake(
    'pruning.networkOfUnits',
    'logic',
    'switches units off before the rectifier, after which their bias is added again',
    (the) => {
      const { bias1, units } = the.inputs
      return {
        hidden: change(the.right.hidden, (h, _n, j) =>
          units.at(j) === 0 ? Math.max(0, bias1.at(j)) : h,
        ),
      }
    },
    { elements: { bias1: () => 1, units: () => 0 } },
  ),
  mistake(
    'pruning.networkOfUnits',
    'size',
    'from the ninth hidden unit on, all are on',
    (the) => the.but({ units: change(the.inputs.units, (bit, j) => (j >= 8 ? 1 : bit)) }),
    { sizes: { M: 12 }, elements: { units: () => 0 } },
  ),
  mistake(
    'pruning.removeUnit',
    'range',
    'brings the last unit to the place of the one that goes',
    (the) => {
      const { unit } = the.parameters
      const M = the.sizes.M
      const from = (j: number) => (j === unit ? M - 1 : j)
      const { weights1, bias1, weights2 } = the.inputs
      const [D, C] = [weights1.shape[0], weights2.shape[1]]
      return {
        weights1: build([D, M - 1], (i, j) => weights1.at(i, from(j))),
        bias1: build([M - 1], (j) => bias1.at(from(j))),
        weights2: build([M - 1, C], (j, c) => weights2.at(from(j), c)),
      }
    },
    { sizes: { M: 4 }, parameters: { unit: 0 } },
  ),
  mistake(
    'pruning.removeUnit',
    'term',
    'counts the incoming weights twice and not the outgoing ones',
    (the) => ({ saved: scalar(2 * the.sizes.D + 1) }),
    { sizes: { D: 2, C: 3 } },
  ),
  mistake(
    'pruning.pruneAndRetrain',
    'logic',
    'clears the velocity of what goes in this round, and not of what went before',
    (the) => {
      const { mask, velocity } = the.inputs
      return {
        velocity: change(the.right.velocity, (v, i) => (mask.at(i) === 0 ? velocity.at(i) : v)),
      }
    },
    { elements: { mask: () => 0, velocity: () => 2 } },
  ),
  mistake(
    'pruning.pruneAndRetrain',
    'size',
    'packs masks into 32 bits, so that the 33rd weight is left as the first is',
    (the) => the.but({ mask: reread(the.inputs.mask, 0, (i) => i % 32) }),
    { sizes: { P: 40 } },
  ),
  mistake(
    'pruning.pruneAndRetrain',
    'range',
    'a threshold of 0 is taken for that of the round before, 1',
    (the) => {
      if (the.inputs.threshold.at() === 0) return the.but({ threshold: scalar(1) })
    },
    { elements: { threshold: () => 0, weights: () => 0.5, mask: () => 1 } },
  ),
  mistake(
    'pruning.pruneAndRetrain',
    'term',
    'compares the weights after the step with the threshold',
    (the) => {
      const { mask } = the.inputs
      const free = the.but({ threshold: scalar(0) }).weights
      const stays = (i: number) =>
        mask.at(i) === 1 && Math.abs(free.at(i)) >= the.inputs.threshold.at()
      return { mask: change(mask, (_, i) => (stays(i) ? 1 : 0)) }
    },
    { parameters: { rate: 0.5, momentum: 0, decay: 0 } },
  ),
  mistake(
    'pruning.sensitivity',
    'size',
    'leaves out second derivatives by the ninth weight and later ones',
    (the) => the.but({ matrix: clear(the.inputs.matrix, 1, (j) => j >= 8) }),
    { sizes: { P: 10 } },
  ),
  mistake(
    'pruning.sensitivity',
    'special',
    'never removes the last weight first',
    (the) => {
      const { changes, first } = the.right
      const P = changes.data.length
      if (P > 1 && first.at() === P - 1) return { first: scalar(P - 2) }
    },
    { sizes: { P: 2 } },
  ),
  mistake(
    'pruning.sensitivity',
    'term',
    'takes the whole of the second derivative, without the half',
    (the) => {
      const { matrix, weights } = the.inputs
      const more = (k: number) => 0.5 * matrix.at(k, k) * weights.at(k) ** 2
      return { changes: change(the.right.changes, (v, k) => v + more(k)) }
    },
  ),
  mistake(
    'pruning.compressedRows',
    'size',
    'keeps columns in 4 bits',
    (the) => ({ columns: change(the.right.columns, (c) => c % 16) }),
    { sizes: { M: 20 }, elements: { weights: () => 1 } },
  ),
  mistake(
    'pruning.compressedRows',
    'special',
    'an empty first row begins nowhere',
    (the) => {
      const { starts } = the.right
      if (starts.at(1) === 0) return { starts: change(starts, (s, i) => (i === 0 ? -1 : s)) }
    },
    { elements: { weights: () => 0 } },
  ),
  mistake(
    'pruning.twoOfFour',
    'size',
    'leaves the ninth group of a row and later ones as the first two weights',
    (the) => {
      const { weights } = the.inputs
      return {
        pruned: change(the.right.pruned, (v, i, g, k) =>
          g < 8 ? v : k < 2 ? weights.at(i, g, k) : 0,
        ),
      }
    },
    { sizes: { G: 10 } },
  ),
  mistake(
    'pruning.twoOfFour',
    'special',
    'of a group of zeros gives the places 0 and 1',
    (the) => {
      const { weights } = the.inputs
      const isZero = (i: number, g: number) => [0, 1, 2, 3].every((k) => weights.at(i, g, k) === 0)
      return { places: change(the.right.places, (v, i, g, k) => (isZero(i, g) ? k : v)) }
    },
    { elements: { weights: () => 0 } },
  ),
]
