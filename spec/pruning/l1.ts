import { clause } from '../language/clause.ts'
import { array, type CaseView, free, operation } from '../language/operation.ts'
import { real } from '../language/parameter.ts'
import { deepLearning, parikh, tibshirani } from './publications.ts'

const penalty = real({ min: 0, from: 0, to: 4, values: [0, 0.5, 1, 2] })

/** Whether some weight, of those that are not 0, satisfies a condition. */
const some = ({ inputs }: CaseView, holds: (magnitude: number) => boolean) =>
  Array.from(inputs.trained!.data).some((w) => w !== 0 && holds(Math.abs(w)))

/** The weights at which a loss with the same curvature everywhere and the penalty together are smallest. */
export const l1Minimum = operation({
  id: 'pruning.l1Minimum',
  title: 'Minimum of a separable quadratic loss with a penalty of magnitudes',
  level: 'core',
  dimensions: { P: free(1, 5, 'weights') },
  inputs: { trained: array('the weights at which the loss alone is smallest', 'P') },
  parameters: {
    curvature: real({ min: 0, open: true, from: 0.125, to: 4, values: [0.5, 1, 2] }),
    penalty,
  },
  usual: [
    { parameters: { curvature: 1, penalty: 0.01 } },
    { parameters: { curvature: 1, penalty: 1 } },
  ],
  outputs: { weights: array('the weights at which both together are smallest', 'P') },
  classes: {
    'no penalty': ({ parameters: p }: CaseView) => p.penalty === 0,
    'a weight that becomes 0': (the: CaseView) =>
      some(the, (w) => w * the.parameters.curvature < the.parameters.penalty),
    'a weight that stays': (the: CaseView) =>
      the.parameters.penalty > 0 &&
      some(the, (w) => w * the.parameters.curvature > the.parameters.penalty),
    'a magnitude equal to the threshold': (the: CaseView) =>
      some(the, (w) => w * the.parameters.curvature === the.parameters.penalty),
    'a negative weight': ({ inputs }: CaseView) => inputs.trained!.data.some((w: number) => w < 0),
  },
})

/** A step along the gradient of the loss, and then towards 0. */
export const l1Step = operation({
  id: 'pruning.l1Step',
  title: 'Proximal step of gradient descent with a penalty of magnitudes',
  level: 'core',
  dimensions: { P: free(1, 5, 'weights') },
  inputs: {
    weights: array('the weights', 'P'),
    gradient: array('the gradient of the loss alone', 'P'),
  },
  parameters: { rate: real({ min: 0, from: 0, to: 1, values: [0.125, 0.5, 1] }), penalty },
  usual: [{ parameters: { rate: 0.1, penalty: 1e-4 } }, { parameters: { rate: 0.5, penalty: 1 } }],
  outputs: { weights: array('the weights after the step', 'P') },
  classes: {
    'no penalty': ({ parameters: p }: CaseView) => p.penalty === 0,
    'no rate': ({ parameters: p }: CaseView) => p.rate === 0,
    'a weight that becomes 0': ({ inputs, parameters: p }: CaseView) =>
      inputs.weights!.data.some(
        (w: number, i: number) =>
          w !== 0 && Math.abs(w - p.rate * inputs.gradient!.data[i]!) < p.rate * p.penalty,
      ),
    'a weight that goes through 0': ({ inputs, parameters: p }: CaseView) =>
      inputs.weights!.data.some((w: number, i: number) => {
        const moved = w - p.rate * inputs.gradient!.data[i]!
        return w * moved < 0 && Math.abs(moved) > p.rate * p.penalty
      }),
  },
})

export const exactZeros = clause({
  id: 'pruning.l1.exact-zeros',
  title:
    'With a penalty of magnitudes small weights are exactly 0, and others lose the same amount',
  kind: 'theorem',
  operations: [l1Minimum, l1Step],
  statement:
    'With the penalty $\\lambda \\sum_i |w_i|$, the lasso, a quadratic loss of curvature $h$ with its minimum at $\\hat w$ and the penalty together are smallest where every magnitude has lost $\\lambda / h$, and where it was no more than that, at exactly 0: the soft threshold $S$. A step of proximal gradient descent follows the loss first, and then takes the soft threshold at $\\eta\\lambda$. Two weights are never farther apart afterwards than before, signs never change, and larger penalties leave no fewer zeros.',
  formula: String.raw`\operatorname*{arg\,min}_w \frac h2 (w - \hat w_i)^2 + \lambda |w| = S_{\lambda / h}(\hat w_i),\qquad S_\tau(z) = \operatorname{sign}(z) \max(|z| - \tau, 0),\qquad w' = S_{\eta \lambda}(w - \eta g)`,
  domain:
    'Any weights and gradients, a curvature above 0, a rate and a penalty that are not negative.',
  conventions: [
    {
      choice: 'The penalty acts as a soft threshold after the step.',
      others:
        'Optimizers of libraries add $\\lambda\\operatorname{sign}(w)$ to the gradient, with which weights jump around 0 and hardly ever are 0.',
    },
    {
      choice: 'The penalty has the factor λ, and the loss 1/2.',
      others:
        'Tibshirani bounds the sum of magnitudes instead; scikit-learn divides the loss by the samples as well.',
    },
  ],
  evaluations: [
    { way: 'sign times the part of the magnitude beyond the threshold' },
    { way: 'the part above the threshold minus the part below its negative' },
    { way: 'the number minus itself, limited to ± the threshold' },
  ],
  source: {
    notes: [[190, 190]],
    publications: [
      { ...tibshirani, where: 'section 2.2, the orthonormal design' },
      { ...deepLearning, where: 'section 7.1.2, equation 7.23' },
      { ...parikh, where: 'sections 4.2 and 6.5.2' },
    ],
  },
  errata: [
    {
      id: 'E-22',
      lines: [190, 190],
      says: 'Names l1, l2 and lasso as three penalties that make weights small.',
      counterexample:
        'Trained weights ½ and 3, curvature 1: the lasso with λ = 1 gives 0 and 2, and so does the penalty of magnitudes, which is the same; the quadratic one gives ¼ and 1½, and no 0.',
      correction:
        'The lasso is the l1 penalty. A third one is the group lasso, of norms of groups.',
      settledBy: { ...tibshirani, where: 'section 2' },
    },
  ],
})
