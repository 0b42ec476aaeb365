import { build } from '../../../reference/arithmetic/array.ts'
import { change, clear, reread, scalar } from '../arrays.ts'
import { type Mistake, mistake } from '../mistake.ts'

/** Mistakes of what loses units, is trained again, and is kept in few numbers. */
export const prunedUnitMistakes: readonly Mistake[] = [
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
