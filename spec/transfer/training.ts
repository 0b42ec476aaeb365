import { clause } from '../language/clause.ts'
import { array, type CaseView, derived, operation, type Parameters } from '../language/operation.ts'
import { integer, real } from '../language/parameter.ts'
import { denseDescriptors } from './feature-extractor.ts'
import {
  effortOfLoss,
  head,
  layers,
  loss,
  lossClasses,
  network,
  networkClasses,
  networkDimensions,
  networkGradient,
  networkLoss,
  silentHead,
  targets,
  x,
} from './network.ts'
import { offTheShelf, transferNotes } from './publications.ts'

const { N, F, C } = networkDimensions

const optimizer = {
  loss,
  rate: real({ min: 0, from: 0, to: 0.5, values: [0.5, 0.125] }),
  momentum: real({ min: 0, max: 1, from: 0, to: 1, values: [0, 0.5] }),
  decay: real({ min: 0, from: 0, to: 1, values: [0, 0.5] }),
  steps: integer({ min: 1, upTo: 3 }),
  batch: integer({ min: 1, upTo: 3 }),
}

const Steps = derived((_, { steps }: Parameters) => steps, 'steps')
const losses = array('the loss of each batch before its step', 'Steps')

const classes = {
  ...networkClasses,
  ...lossClasses,
  'one step': ({ parameters }: CaseView) => parameters.steps === 1,
  'several steps': ({ parameters }: CaseView) => parameters.steps > 1,
  'batches that begin anew': ({ parameters: { batch, steps }, sizes }: CaseView) =>
    batch * steps > sizes.N!,
  momentum: ({ parameters }: CaseView) => parameters.momentum > 0,
  decay: ({ parameters }: CaseView) => parameters.decay > 0,
} as const

/** Later steps begin with sums that were rounded. */
const oneStep = { loss: 'squares', rate: 0.5, momentum: 0, decay: 0, steps: 1, batch: 128 } as const

/** A linear classifier trained on descriptors. */
export const trainHead = operation({
  id: 'transfer.trainHead',
  title: 'Training of a linear head on descriptors',
  level: 'core',
  dimensions: { N, F, C, Steps },
  inputs: {
    descriptors: array('the descriptors, one a row', 'N', 'F'),
    targets,
    ...head,
  },
  parameters: optimizer,
  usual: [
    { parameters: { loss: 'softmax', rate: 0.1, momentum: 0.9, decay: 1e-4 } },
    { parameters: { loss: 'softmax', rate: 0.01, momentum: 0, decay: 0, batch: 1 } },
  ],
  effort: effortOfLoss,
  work: ({ F, C }, { steps, batch }) => 4 * steps * batch * F! * C!,
  sums: [
    {
      sizes: { N: 128, F: 32, C: 32 },
      parameters: oneStep,
      arrays: { head: 'zeros', bias: 'zeros' },
    },
  ],
  outputs: {
    head: array('the weights of the head after the last step', 'F', 'C'),
    bias: array('its biases', 'C'),
    losses,
  },
  classes,
})

/** A network trained on a new task, its lower layers frozen or not. */
export const finetune = operation({
  id: 'transfer.finetune',
  title: 'Training of a network of which the first layers are frozen',
  level: 'core',
  dimensions: { ...networkDimensions, Steps },
  inputs: { x, targets, ...layers, ...head },
  parameters: { ...optimizer, frozen: integer({ min: 0, upTo: 2, max: 2 }) },
  usual: [
    { parameters: { loss: 'softmax', rate: 0.1, momentum: 0.9, decay: 1e-4 } },
    { parameters: { loss: 'softmax', rate: 0.01, momentum: 0, decay: 0, batch: 1 } },
  ],
  effort: effortOfLoss,
  sums: [{ ...silentHead, parameters: { ...oneStep, frozen: 2 } }],
  work: ({ I, H, F, C }, { steps, batch }) => 4 * steps * batch * (I! * H! + H! * F! + F! * C!),
  outputs: {
    ...layers,
    head: array('the weights of the head after the last step', 'F', 'C'),
    bias: array('its biases', 'C'),
    losses,
  },
  classes: {
    ...classes,
    'all layers are trained': ({ parameters }: CaseView) => parameters.frozen === 0,
    'the lower layer is frozen': ({ parameters }: CaseView) => parameters.frozen === 1,
    'only the head is trained': ({ parameters }: CaseView) => parameters.frozen === 2,
  },
})

export const featuresEqualFrozenTraining = clause({
  id: 'transfer.features-equal-frozen-training',
  title: 'A head learns the same on descriptors as at the end of a frozen network',
  kind: 'theorem',
  operations: [trainHead, finetune, denseDescriptors, network, networkLoss, networkGradient],
  statement:
    'When all layers below the head are frozen, what they give for a sample never changes, so it can be computed once and stored as a descriptor. Training the head on the descriptors, with the same start, batches, rate, momentum and decay, goes through the same losses and the same weights as training the whole network with only the head unfrozen. With layers below the head unfrozen it does not.',
  formula: String.raw`\theta_{\le c}^{t} = \theta_{\le c}^{0} \;\Rightarrow\; \nabla_V E\bigl(V^\top \phi_{\theta^t}(x)\bigr) = \nabla_V E\bigl(V^\top \phi_{\theta^0}(x)\bigr) \;\Rightarrow\; V^t_{\mathrm{network}} = V^t_{\mathrm{descriptors}}`,
  domain:
    'Layers that compute the same in every step: no dropout, and no batch statistics that are updated.',
  conventions: [
    {
      choice:
        'Step t takes the samples tB, …, tB + B − 1, counted around: after the last sample comes the first.',
      others: 'In practice batches are drawn at random; with the same draws the same holds.',
    },
    {
      choice: 'The loss of a batch is the mean over its samples.',
      others: 'With the sum, the rate is B times as large.',
    },
    { choice: 'The slope of a rectifier at 0 is 0.', others: 'It may be anything from 0 to 1.' },
  ],
  evaluations: [
    { way: 'the softmax as the exponential of its logarithm' },
    { way: 'the cross-entropy of all classes of all samples together, divided by $N$' },
    { way: 'the gradient of each sample divided by $N$ before it is taken apart' },
    { way: 'what comes back to a rectifier times its slope, 0 or 1' },
    { way: 'half of all squares of the samples together, divided by $N$' },
  ],
  source: {
    notes: [[140, 140]],
    publications: [
      { ...offTheShelf, where: 'section 3' },
      { ...transferNotes, where: 'ConvNet as fixed feature extractor' },
    ],
  },
  errata: [],
})
