import { build } from '../../../reference/arithmetic/array.ts'
import { bfloat, doubles, half, inOrder, summing } from '../arithmetics.ts'
import { change, clear, scalar, times } from '../arrays.ts'
import { type Mistake, mistake } from '../mistake.ts'

/** Mistakes of penalties for weights, and of steps that pay them. */
export const penaltyMistakes: readonly Mistake[] = [
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
]
