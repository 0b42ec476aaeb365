import { clause } from '../language/clause.ts'
import { array, bits, type CaseView, free, operation } from '../language/operation.ts'
import { real } from '../language/parameter.ts'
import { yosinski } from './publications.ts'
import { finetune } from './training.ts'

const count = (mask: { readonly data: ArrayLike<number> }) =>
  Array.from(mask.data).reduce((sum, bit) => sum + bit, 0)

/** One step of stochastic gradient descent in which some parameters are frozen. */
export const freezeStep = operation({
  id: 'transfer.freezeStep',
  title: 'Step of stochastic gradient descent with frozen parameters',
  level: 'core',
  dimensions: { P: free(1, 5, 'parameters') },
  inputs: {
    parameters: array('the parameters', 'P'),
    gradient: array('the gradient of the loss by them', 'P'),
    velocity: array('what momentum remembers of earlier steps', 'P'),
    frozen: bits('1 for each parameter that is frozen', 'P'),
  },
  parameters: {
    rate: real({ min: 0, from: 0, to: 1, values: [0.5, 0.125] }),
    momentum: real({ min: 0, max: 1, from: 0, to: 1, values: [0, 0.5, 0.9] }),
    decay: real({ min: 0, from: 0, to: 1, values: [0, 0.5] }),
  },
  usual: [
    { parameters: { rate: 0.1, momentum: 0.9, decay: 1e-4 } },
    { parameters: { rate: 0.01, momentum: 0.9, decay: 5e-4 } },
  ],
  outputs: {
    parameters: array('the parameters after the step', 'P'),
    velocity: array('what momentum remembers then', 'P'),
  },
  classes: {
    'nothing frozen': ({ inputs }: CaseView) => count(inputs.frozen!) === 0,
    'all frozen': ({ inputs, sizes }: CaseView) => count(inputs.frozen!) === sizes.P,
    'some frozen': ({ inputs, sizes }: CaseView) =>
      count(inputs.frozen!) > 0 && count(inputs.frozen!) < sizes.P!,
    momentum: ({ parameters }: CaseView) => parameters.momentum > 0,
    'no momentum': ({ parameters }: CaseView) => parameters.momentum === 0,
    decay: ({ parameters }: CaseView) => parameters.decay > 0,
    'no decay': ({ parameters }: CaseView) => parameters.decay === 0,
  },
})

export const freeze = clause({
  id: 'transfer.freeze',
  title: 'Frozen parameters do not change by a bit, all others as if nothing were frozen',
  kind: 'formula',
  operations: [freezeStep, finetune],
  statement:
    'A frozen parameter keeps its value, to the bit, over any number of steps: neither its gradient, whatever it is, NaN included, nor momentum gathered before, nor weight decay moves it, and its velocity stays as it is. Every other parameter takes the step that it would take if nothing were frozen: to its gradient the decay adds $\\lambda\\theta$, momentum adds $\\mu$ times the earlier velocity.',
  formula: String.raw`v_i' = \mu v_i + g_i + \lambda \theta_i,\quad \theta_i' = \theta_i - \eta v_i' \quad (i \notin Z);\qquad v_i' = v_i,\quad \theta_i' = \theta_i \quad (i \in Z)`,
  domain: 'Any parameters, gradients and velocities; any set of frozen parameters.',
  conventions: [
    {
      choice: 'Decay is added to the gradient, and the rate multiplies the velocity (PyTorch).',
      others:
        'Keras, and Goodfellow et al. (algorithm 8.2), multiply the gradient by the rate before it enters the velocity; decoupled decay shrinks the parameter itself. A gradient of zero does not freeze: decay and momentum go on.',
    },
  ],
  evaluations: [{ way: 'the decay as a factor of the parameter, $(1 - \\eta\\lambda)\\theta$' }],
  source: {
    notes: [[134, 134]],
    publications: [
      { ...yosinski, where: 'section 2' },
      { title: 'PyTorch documentation', where: 'torch.optim.SGD, algorithm' },
    ],
  },
  errata: [],
})
