import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  derived,
  free,
  operation,
  type Parameters,
} from '../language/operation.ts'
import { choice, real } from '../language/parameter.ts'
import { deepLearning } from './publications.ts'

const T = free(1, 8, 'epochs')

const inOrder = {
  says: 'a strong gap that is larger than a little one',
  argument: 'strong',
  holds: (_: unknown, { little, strong }: Parameters) => little < strong,
  repair: (parameters: Parameters) =>
    parameters.little < parameters.strong
      ? parameters
      : { ...parameters, strong: parameters.little + 1 },
  violate: (parameters: Parameters) => ({ ...parameters, strong: parameters.little }),
}

/** How far the curves of training and of validation are apart, and what that says. */
export const overfitGap = operation({
  id: 'training.overfitGap',
  title: 'Gap between training and validation',
  level: 'core',
  dimensions: { T },
  inputs: {
    training: array('the metric on the training set, an epoch each', 'T'),
    validation: array('the same metric on the validation set', 'T'),
  },
  parameters: {
    metric: choice('accuracy', 'loss'),
    little: real({ from: 0, to: 1, values: [0.05] }),
    strong: real({ from: 0.5, to: 3, values: [0.2] }),
  },
  constraints: [inOrder],
  usual: [
    { sizes: { T: 10 }, parameters: { little: 0.05, strong: 0.2 } },
    { parameters: { little: 1, strong: 2 } },
    { parameters: { little: 0, strong: 1 } },
  ],
  outputs: {
    gaps: array('by how much training is better than validation, an epoch each', 'T'),
    diagnosis: array('0 no overfitting, 1 a little, 2 strong'),
  },
  classes: {
    accuracies: ({ parameters }: CaseView) => parameters.metric === 'accuracy',
    losses: ({ parameters }: CaseView) => parameters.metric === 'loss',
    'one epoch': ({ sizes }: CaseView) => sizes.T === 1,
    'validation better in the end': ({ parameters, inputs }: CaseView) => {
      const [a, b] = [inputs.training!.data.at(-1)!, inputs.validation!.data.at(-1)!]
      return parameters.metric === 'accuracy' ? b > a : b < a
    },
    'training better in the end': ({ parameters, inputs }: CaseView) => {
      const [a, b] = [inputs.training!.data.at(-1)!, inputs.validation!.data.at(-1)!]
      return parameters.metric === 'accuracy' ? b < a : b > a
    },
  },
})

const peak = ({ inputs }: CaseView) => {
  const accuracies = Array.from(inputs.validation!.data)
  return { at: accuracies.indexOf(Math.max(...accuracies)), last: accuracies.length - 1 }
}

/** Where validation accuracy turned, and whether the model has too many parameters for the data. */
export const turningPoint = operation({
  id: 'training.turningPoint',
  title: 'Epoch at which validation accuracy turns',
  level: 'core',
  dimensions: { T, Remedies: derived(() => 3, 'weight decay, dropout, augmentation') },
  inputs: {
    training: array('the accuracy on the training set, an epoch each', 'T'),
    validation: array('the accuracy on the validation set', 'T'),
  },
  parameters: { drop: real({ min: 0, from: 0, to: 2, values: [0, 0.02] }) },
  usual: [
    { sizes: { T: 10 }, parameters: { drop: 0.02 } },
    { parameters: { drop: 1 } },
    { parameters: { drop: 0 } },
  ],
  outputs: {
    stop: array('the epoch with the best validation accuracy, the first one counting as 0'),
    overparametrized: array('1 when validation turned down while training went on, else 0'),
    remedies: array('1 for each that is to be made stronger, else 0', 'Remedies'),
  },
  classes: {
    'best at the start': (the: CaseView) => peak(the).at === 0,
    'best in between': (the: CaseView) => peak(the).at > 0 && peak(the).at < peak(the).last,
    'best at the end': (the: CaseView) => peak(the).last > 0 && peak(the).at === peak(the).last,
    'best twice': ({ inputs }: CaseView) => {
      const accuracies = Array.from(inputs.validation!.data)
      const best = Math.max(...accuracies)
      return accuracies.indexOf(best) !== accuracies.lastIndexOf(best)
    },
  },
})

export const gap = clause({
  id: 'training.overfit.gap',
  title: 'The distance of the two curves measures overfitting',
  kind: 'decision',
  operations: [overfitGap],
  statement:
    'The gap is the training metric less the validation metric for accuracies, and the other way round for losses, so that it is positive where training is better. The gap of the last epoch decides: below $\\tau_1$ there is no overfitting, from $\\tau_1$ on a little, which is acceptable, and from $\\tau_2$ on it is strong. For accuracies $\\tau_1 = 0.05$ and $\\tau_2 = 0.2$, unless something else is asked for.',
  formula: String.raw`g_t = \begin{cases} a^{\mathrm{train}}_t - a^{\mathrm{val}}_t & \text{accuracy} \\ E^{\mathrm{val}}_t - E^{\mathrm{train}}_t & \text{loss} \end{cases},\qquad g_T < \tau_1 \Rightarrow 0,\quad \tau_1 \le g_T < \tau_2 \Rightarrow 1,\quad \tau_2 \le g_T \Rightarrow 2`,
  domain: 'Two curves of the same metric over the same epochs.',
  conventions: [
    {
      choice: 'The last epoch decides, and the thresholds are numbers.',
      others: 'In practice the whole curves are compared by eye.',
    },
  ],
  source: {
    notes: [[96, 96]],
    publications: [{ ...deepLearning, where: 'section 5.2' }],
  },
  errata: [
    {
      id: 'E-11',
      lines: [96, 96],
      says: 'The validation loss is held against an accuracy.',
      counterexample:
        'Training loss 1/2 and validation loss 1/2, with an accuracy of 1: the loss less the accuracy is −1/2; the curves of the loss are not apart at all, and the gap is 0.',
      correction:
        'Both curves show the same metric: validation loss above training loss, or validation accuracy below training accuracy.',
      settledBy: { ...deepLearning, where: 'section 5.2' },
    },
  ],
})

export const turning = clause({
  id: 'training.overfit.turning-point',
  title: 'Validation that turns down while training improves asks for more regularization',
  kind: 'decision',
  operations: [turningPoint],
  statement:
    'The epoch with the best validation accuracy, the first of them if there are several, is where training should have stopped. When it is neither the first nor the last epoch, validation ends more than $\\tau$ below it and training ends above what it was there, the model has too many parameters for the data: weight decay, dropout and augmentation are to be made stronger. A validation curve that never falls, or never rises, is not such a case.',
  formula: String.raw`t^* = \min \arg\max_t a^{\mathrm{val}}_t,\qquad 1 < t^* < T \,\land\, a^{\mathrm{val}}_T < a^{\mathrm{val}}_{t^*} - \tau \,\land\, a^{\mathrm{train}}_T > a^{\mathrm{train}}_{t^*}`,
  domain: 'Accuracies over the same epochs; for losses, their negatives.',
  conventions: [
    { choice: 'Of equal best epochs the first.', others: 'Some keep the last one.' },
    {
      choice: 'Training has improved when it ends higher than it was at the turning point.',
      others: 'It could be asked to rise in every epoch, which noise would prevent.',
    },
  ],
  source: {
    notes: [[96, 96]],
    publications: [{ ...deepLearning, where: 'section 7.8 and algorithm 7.1' }],
  },
  errata: [],
})
