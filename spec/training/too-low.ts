import { clause } from '../language/clause.ts'
import { array, type CaseView, operation, type Parameters } from '../language/operation.ts'
import { real } from '../language/parameter.ts'
import { descend } from './descent.ts'
import { convexOptimization, cs231n } from './publications.ts'

const belowOne = {
  says: 'a rate below the inverse of the curvature',
  argument: 'rate',
  holds: (_: unknown, { rate, curvature }: Parameters) => rate * curvature < 1,
  repair: (parameters: Parameters) =>
    parameters.rate * parameters.curvature < 1
      ? parameters
      : { ...parameters, rate: 0.5 / parameters.curvature },
  violate: (parameters: Parameters) => ({ ...parameters, rate: 2 / parameters.curvature }),
}

/** How many steps of gradient descent shrink the distance along an eigenvector by a factor. */
export const stepsToShrink = operation({
  id: 'training.stepsToShrink',
  title: 'Steps until the distance from the minimum has shrunk',
  level: 'core',
  dimensions: {},
  inputs: {},
  parameters: {
    rate: real({ min: 0, open: true, from: 0.02, to: 0.23, values: [0.125] }),
    curvature: real({ min: 0, open: true, from: 0.25, to: 4, values: [1, 0.5] }),
    shrink: real({ min: 0, max: 1, open: true, from: 0.01, to: 0.6, values: [0.1, 0.01] }),
  },
  constraints: [belowOne],
  usual: [
    { parameters: { rate: 0.1, curvature: 1, shrink: 0.01 } },
    { parameters: { rate: 0.01, curvature: 1, shrink: 0.1 } },
  ],
  outputs: {
    steps: array('the first step after which the distance is at most that share of the first one'),
    exact: array('the number before it is rounded up'),
  },
  classes: {
    'ten steps at most': ({ parameters: { rate, curvature, shrink } }: CaseView) =>
      (1 - rate * curvature) ** 10 <= shrink,
    'more than ten steps': ({ parameters: { rate, curvature, shrink } }: CaseView) =>
      (1 - rate * curvature) ** 10 > shrink,
  },
})

export const tooLow = clause({
  id: 'training.lr.too-low',
  title: 'Half the learning rate takes twice the steps',
  kind: 'theorem',
  operations: [stepsToShrink, descend],
  statement:
    'For $0 < \\eta\\lambda < 1$ each step leaves the share $1 - \\eta\\lambda$ of the distance along an eigenvector, so the loss falls in every step, and $\\lceil \\ln(1/\\epsilon) / {-\\ln(1 - \\eta\\lambda)} \\rceil$ steps shrink the distance to the share $\\epsilon$. Before it is rounded up, that number lies between $(1/(\\eta\\lambda) - 1) \\ln(1/\\epsilon)$ and $\\ln(1/\\epsilon) / (\\eta\\lambda)$: it grows as the inverse of the rate, and for $\\eta\\lambda \\le 1/5$ halving the rate multiplies it by 2 to 2.12. The steps themselves may be as few as one for either rate.',
  formula: String.raw`t = \left\lceil \frac{\ln(1/\epsilon)}{-\ln(1-\eta\lambda)} \right\rceil,\qquad \left(\frac{1}{\eta\lambda} - 1\right) \ln\frac1\epsilon \le \frac{\ln(1/\epsilon)}{-\ln(1-\eta\lambda)} \le \frac{1}{\eta\lambda} \ln\frac1\epsilon`,
  domain: 'Rates below the inverse of the curvature.',
  conventions: [
    {
      choice: 'The distance shrinks by ε; the loss, its square, by ε².',
      others: 'Texts that shrink the loss by ε need half as many steps.',
    },
  ],
  evaluations: [{ way: '$\\ln(1/\\epsilon)$, the reciprocal rounded first' }],
  source: {
    notes: [[94, 94]],
    publications: [
      { ...convexOptimization, where: 'section 1.2.3' },
      { ...cs231n, where: 'Neural networks part 3, loss function' },
    ],
  },
  errata: [],
})
