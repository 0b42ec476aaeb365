import { bfloat, doubles, half, inOrder, summing } from '../arithmetics.ts'
import { change, clear, ofCallBefore, scalar } from '../arrays.ts'
import { lasting, type Mistake, mistake } from '../mistake.ts'

/** Mistakes of what removes weights by second derivatives. */
export const brainDamageMistakes: readonly Mistake[] = [
  mistake(
    'pruning.saliencies',
    'special',
    'gives 0 for a parameter that is below 10^-3',
    (the) => {
      const { weights } = the.inputs
      return {
        saliencies: change(the.right.saliencies, (s, k) =>
          Math.abs(weights.at(k)) < 1e-3 ? 0 : s,
        ),
      }
    },
    { elements: { curvature: () => 2, weights: () => 1e-4 } },
  ),
  mistake('pruning.saliencies', 'numeric', 'rounds squares to bfloat16', (the) => ({
    saliencies: change(
      the.right.saliencies,
      (_, k) => 0.5 * the.inputs.curvature.at(k) * bfloat(the.inputs.weights.at(k) ** 2),
    ),
  })),
  mistake(
    'pruning.saliencies',
    'size',
    'computes whole vectors of eight and leaves out the rest',
    (the) => {
      const whole = the.sizes.P - (the.sizes.P % 8)
      if (the.sizes.P > 8) return { saliencies: clear(the.right.saliencies, 0, (k) => k >= whole) }
    },
    { sizes: { P: 11 }, elements: { curvature: () => 1, weights: () => 1 } },
  ),
  lasting(
    'pruning.saliencies',
    'state',
    'keeps the second derivatives of the call before, where there are as many parameters',
    () => {
      const before = ofCallBefore()
      return (the) => the.but({ curvature: before(the.inputs.curvature) })
    },
  ),
  mistake('pruning.deletionCost', 'numeric', 'adds up in half precision', (the) =>
    the.in(summing(inOrder(half))),
  ),
  mistake(
    'pruning.deletionCost',
    'logic',
    'lets neighbours alone interact',
    (the) =>
      the.but({
        matrix: change(the.inputs.matrix, (h, i, j) => (Math.abs(i - j) > 1 ? 0 : h)),
      }),
    { sizes: { P: 3 }, elements: { mask: () => 0, matrix: () => 1, weights: () => 1 } },
  ),
  mistake(
    'pruning.deletionCost',
    'range',
    'when everything is deleted, gives the loss of the last weight as kept',
    (the) => {
      const { mask } = the.inputs
      if (mask.data.every((bit) => bit === 0))
        return the.but({ mask: change(mask, (_, k) => (k === the.sizes.P - 1 ? 1 : 0)) })
    },
    { elements: { mask: () => 0, weights: () => 1, matrix: () => 1 } },
  ),
  mistake(
    'pruning.networkCurvature',
    'term',
    'passes first derivatives back through the magnitudes of weights',
    (the) => {
      const { weights2 } = the.inputs
      const found = the.but({ weights2: change(weights2, Math.abs) })
      return { weights1: found.weights1 }
    },
    { parameters: { method: 'exact' } },
  ),
  mistake(
    'pruning.networkCurvature',
    'shape',
    'of as many samples as outputs takes the mean over outputs twice',
    (the) => {
      if (the.sizes.N !== the.sizes.C || the.sizes.N === 1) return
      return { loss: scalar(the.right.loss.at() / the.sizes.C) }
    },
    { sizes: { N: 2, C: 2 } },
  ),
  mistake(
    'pruning.networkCurvature',
    'size',
    'leaves samples from the ninth on out',
    (the) => {
      const { x } = the.inputs
      if (the.sizes.N > 8) return { weights1: the.but({ x: clear(x, 0, (n) => n >= 8) }).weights1 }
    },
    { sizes: { N: 12 } },
  ),
  mistake('pruning.networkCurvature', 'numeric', 'adds up in bfloat16', (the) =>
    the.in(summing(inOrder(bfloat))),
  ),
  mistake(
    'pruning.hessianSize',
    'range',
    'counts in 16 bits',
    (the) => ({ entries: scalar(the.right.entries.at() % 2 ** 16) }),
    { parameters: { parameters: 300 } },
  ),
  mistake(
    'pruning.hessianSize',
    'special',
    'has no second derivatives of a single parameter',
    (the) => (the.parameters.parameters === 1 ? { distinct: scalar(0) } : undefined),
    { parameters: { parameters: 1 } },
  ),
  mistake(
    'pruning.brainDamage',
    'range',
    'does one step of training, however many were asked for',
    (the) => the.but({}, { steps: Math.min(1, the.parameters.steps) }),
    { parameters: { remove: 0, steps: 3, rate: 0.25 }, elements: { mask: () => 1 } },
  ),
  mistake(
    'pruning.brainDamage',
    'logic',
    'trains towards a minimum that is 0 where weights were deleted',
    (the) => {
      const { minimum } = the.inputs
      const gone = change(minimum, (m, k) => (the.right.mask.at(k) === 0 ? 0 : m))
      return { weights: the.but({ minimum: gone }).weights }
    },
    { sizes: { P: 3 }, parameters: { remove: 1, steps: 1, rate: 0.25 } },
  ),
  mistake(
    'pruning.brainDamage',
    'special',
    'takes a saliency of 0 for that of a weight removed before',
    (the) => {
      const isZero = (k: number) => the.right.saliencies.at(k) === 0
      return { mask: change(the.right.mask, (bit, k) => (isZero(k) ? 0 : bit)) }
    },
    { parameters: { remove: 0 }, elements: { weights: () => 0, mask: () => 1 } },
  ),
  mistake(
    'pruning.brainDamage',
    'size',
    'looks at the first 32 weights alone when it deletes',
    (the) => {
      if (the.sizes.P <= 32) return
      const far = change(the.inputs.mask, (bit, k) => (k < 32 ? bit : 0))
      const near = the.but({ mask: far }).mask
      return {
        mask: change(the.inputs.mask, (bit, k) => (k < 32 ? near.at(k) : bit)),
      }
    },
    {
      sizes: { P: 40 },
      parameters: { remove: 1, steps: 0 },
      elements: { mask: () => 1, weights: (_, k) => 41 - k, matrix: () => 1 },
    },
  ),
  lasting(
    'pruning.brainDamage',
    'state',
    'keeps the mask of the call before, where there are as many weights',
    () => {
      const before = ofCallBefore()
      return (the) => the.but({ mask: before(the.inputs.mask) })
    },
  ),
  mistake(
    'pruning.networkSensitivity',
    'shape',
    'of a square first layer gives the changes transposed',
    (the) => {
      const { changes1 } = the.right
      if (the.sizes.D === the.sizes.M)
        return { changes1: change(changes1, (_, i, j) => changes1.at(j, i)) }
    },
    { sizes: { D: 2, M: 2 } },
  ),
  mistake(
    'pruning.networkSensitivity',
    'size',
    'tries the first 32 weights of a layer alone',
    (the) => {
      const { C } = the.sizes
      return { changes2: change(the.right.changes2, (d, j, c) => (j * C + c < 32 ? d : 0)) }
    },
    { sizes: { M: 40 } },
  ),
  mistake('pruning.networkSensitivity', 'numeric', 'keeps hidden units in bfloat16', (the) =>
    the.in(doubles({ tanh: (a) => bfloat(Math.tanh(a)) })),
  ),
  mistake(
    'pruning.networkSensitivity',
    'term',
    'adds the bias of the outputs for the network with all weights alone',
    (the) => {
      const bare = the.but({ bias2: change(the.inputs.bias2, () => 0) })
      const off = bare.loss.at() - the.right.loss.at()
      return { changes2: change(bare.changes2, (d) => d + off) }
    },
  ),
  mistake(
    'pruning.retrainRegression',
    'range',
    'never takes more than two steps',
    (the) => {
      const { steps } = the.parameters
      if (steps > 2) return { weights: the.but({}, { steps: 2 }).weights }
    },
    { parameters: { steps: 3, rate: 0.25 } },
  ),
  mistake(
    'pruning.retrainRegression',
    'size',
    'leaves samples from the 17th on out of the gradient',
    (the) => {
      const { x, y } = the.inputs
      const far = (n: number) => n >= 16
      return { weights: the.but({ x: clear(x, 0, far), y: clear(y, 0, far) }).weights }
    },
    { sizes: { N: 20 }, parameters: { steps: 1, rate: 0.25 } },
  ),
  mistake(
    'pruning.retrainRegression',
    'special',
    'trains everything where the mask is empty',
    (the) => {
      const { mask } = the.inputs
      if (mask.data.every((bit) => bit === 0)) return the.but({ mask: change(mask, () => 1) })
    },
    { elements: { mask: () => 0 } },
  ),
  mistake('pruning.retrainRegression', 'numeric', 'adds up in bfloat16', (the) =>
    the.in(summing(inOrder(bfloat))),
  ),
]
