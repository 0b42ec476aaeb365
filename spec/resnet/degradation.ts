import { clause } from '../language/clause.ts'
import { array, type CaseView, derived, free, operation } from '../language/operation.ts'
import { real } from '../language/parameter.ts'
import { shortcut } from './block.ts'
import { residualLearning } from './publications.ts'
import { stack } from './stack.ts'

/** One step of gradient descent on a chain of scalar layers that is to give a number. */
export const chainDescent = operation({
  id: 'resnet.chainDescent',
  title: 'A step of gradient descent on a chain of scalar layers',
  level: 'core',
  dimensions: {
    L: free(1, 4, 'layers'),
    Times: derived(() => 2, 'before and after the step'),
  },
  inputs: { weights: array('one weight a layer', 'L') },
  parameters: {
    shortcut,
    target: real({ from: -2, to: 2, values: [0, 1] }),
    rate: real({ min: 0, from: 0, to: 0.5, values: [0.5, 0.25, 0.0625] }),
  },
  usual: [
    { parameters: { shortcut: 'identity', target: 1, rate: 0.1 } },
    { parameters: { shortcut: 'none', target: 1, rate: 0.01 } },
  ],
  outputs: {
    gradient: array('the gradient of the loss by the weights, before the step', 'L'),
    losses: array('half the squared distance from the target', 'Times'),
  },
  classes: {
    'one layer': ({ sizes }: CaseView) => sizes.L === 1,
    'several layers': ({ sizes }: CaseView) => sizes.L! > 1,
    residual: ({ parameters }: CaseView) => parameters.shortcut === 'identity',
    plain: ({ parameters }: CaseView) => parameters.shortcut === 'none',
  },
})

export const identityConstruction = clause({
  id: 'resnet.degradation.identity-construction',
  title: 'A deeper network can do whatever a shallower one does',
  kind: 'theorem',
  operations: [stack, chainDescent],
  statement:
    'For every network there is a deeper one that computes the same: further plain layers that are the identity, or further residual layers whose weights are zero. So the least training error cannot rise with depth; where a deeper network trains to a larger error, it is the optimization that has not found what exists.',
  formula: String.raw`F_L = \dots = F_{L+m-1} = 0 \;\Rightarrow\; x_{L+m} = x_L,\qquad \min_\theta E_{L+m}(\theta) \le \min_\theta E_L(\theta)`,
  domain: 'Stacks of plain layers without an activation, and of residual layers with any.',
  conventions: [],
  source: {
    notes: [[106, 106]],
    publications: [{ ...residualLearning, where: 'section 1' }],
  },
  errata: [
    {
      id: 'E-14',
      lines: [106, 106],
      says: 'Deeper networks train to larger errors because their gradients vanish.',
      counterexample:
        'The number 4 as one layer or as 2 · 2, target 0, rate 1/2: the gradient of the single layer is 4, those of the two layers are 8 and 8, larger and not smaller; yet a step takes the loss of the one from 8 to 2 and leaves that of the other at 8.',
      correction:
        'It is an optimization problem whose cause the publication leaves open; with normalization, it says, gradients have healthy norms, so vanishing gradients are unlikely to be the cause.',
      settledBy: { ...residualLearning, where: 'section 4.1' },
    },
  ],
})
