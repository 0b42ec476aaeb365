import { clause } from '../language/clause.ts'
import { array, bits, type CaseView, derived, free, operation } from '../language/operation.ts'
import { integer, real } from '../language/parameter.ts'
import { deepLearning, han } from './publications.ts'

const kept = ({ inputs }: CaseView) =>
  Array.from(inputs.mask!.data).filter((bit) => bit === 1).length

/** Removes weights of a linear regression, and trains the others by steps of gradient descent. */
export const retrainRegression = operation({
  id: 'pruning.retrainRegression',
  title: 'Linear regression without some of its weights, trained on from where it was',
  level: 'core',
  dimensions: {
    N: free(1, 4, 'samples'),
    D: free(1, 4, 'features of a sample'),
    States: derived((_, { steps }) => steps + 1, 'the start and the steps'),
  },
  inputs: {
    x: array('the samples, one a row', 'N', 'D'),
    y: array('what should come out', 'N'),
    weights: array('the weights before any is removed', 'D'),
    mask: bits('1 for each weight that is kept', 'D'),
  },
  parameters: {
    rate: real({ min: 0, from: 0, to: 0.5, values: [0.125, 0.25] }),
    steps: integer({ min: 0, upTo: 3, max: 100 }),
  },
  usual: [{ parameters: { rate: 0.1, steps: 3 } }, { parameters: { rate: 0.01, steps: 2 } }],
  work: ({ N, D }, { steps }) => 2 * N! * D! * (steps + 1),
  effort: ({ steps }) => steps + 2,
  sums: 'The sums are of errors, which are sums themselves.',
  outputs: {
    weights: array('the weights after the last step, 0 where they were removed', 'D'),
    losses: array('the loss right after the removal, and after each step', 'States'),
  },
  classes: {
    'nothing removed': (the: CaseView) => kept(the) === the.sizes.D,
    'everything removed': (the: CaseView) => kept(the) === 0,
    'some weights removed': (the: CaseView) => kept(the) > 0 && kept(the) < the.sizes.D!,
    'no training': ({ parameters: p }: CaseView) => p.steps === 0,
    'several steps': ({ parameters: p }: CaseView) => p.steps > 1,
    'more weights than samples': ({ sizes }: CaseView) => sizes.D! > sizes.N!,
    'more samples than weights': ({ sizes }: CaseView) => sizes.N! > sizes.D!,
  },
})

export const convexRetrain = clause({
  id: 'pruning.iterative-retrain.convex',
  title: 'On a convex loss, training what is left comes to the least squares of the kept columns',
  kind: 'theorem',
  operations: [retrainRegression],
  statement:
    'The mean of squared errors of a linear model is convex, also as a function of the weights that a mask keeps. With a rate that is at most the reciprocal of its largest curvature, no step of gradient descent on these weights raises it: the loss after the training is never above the loss right after the removal. What the steps come to is the least squares solution with the kept columns alone, at which nothing moves any more; it is another one than the least squares solution of all columns with some of its weights set to 0, unless the columns are orthogonal. Removed weights are 0 all the time.',
  formula: String.raw`E(w) = \frac1{2N} \lVert x w - y \rVert^2,\qquad w_0 = m \odot w,\qquad w_{t+1} = w_t - \eta\, m \odot \tfrac1N x^\top (x w_t - y),\qquad \eta \le \frac1{\lambda_{\max}(x^\top x / N)} \;\Rightarrow\; E(w_{t+1}) \le E(w_t)`,
  domain: 'Any samples, targets, weights and masks; the descent for rates up to 1/λ.',
  conventions: [
    {
      choice: 'The loss is half the mean of squared errors.',
      others: 'As a sum, or without the half, the rate has to be as much smaller.',
    },
  ],
  source: {
    notes: [
      [173, 173],
      [198, 198],
    ],
    publications: [
      { ...han, where: 'section 3' },
      { ...deepLearning, where: 'sections 4.3 and 4.5' },
    ],
  },
  errata: [],
})
