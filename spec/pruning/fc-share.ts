import { clause } from '../language/clause.ts'
import { array, type CaseView, operation, type Parameters } from '../language/operation.ts'
import { integer, real } from '../language/parameter.ts'
import { han, krizhevsky } from './publications.ts'

const places = 10_000
const decimalOf = (share: number) => Math.round(share * places) / places

const decimal = (argument: 'convolutionalShare' | 'denseShare') => ({
  says: `a share of at most four decimal places (${argument})`,
  argument,
  holds: (_: unknown, parameters: Parameters) =>
    decimalOf(parameters[argument]) === parameters[argument],
  repair: (parameters: Parameters) => ({
    ...parameters,
    [argument]: decimalOf(parameters[argument]),
  }),
  violate: (parameters: Parameters) => ({ ...parameters, [argument]: 0.12345 }),
})

const weights = integer({ min: 0, upTo: 10_000, max: 100_000_000 })
const share = real({ min: 0, max: 1, from: 0, to: 1, values: [0, 0.5, 0.65, 1] })

/** What is removed of a network whose kinds of layers lose a share of their weights each. */
export const shareOfNetwork = operation({
  id: 'pruning.shareOfNetwork',
  title: 'Weights that pruning of either kind of layers removes from a network',
  level: 'core',
  dimensions: {},
  inputs: {},
  parameters: {
    convolutional: weights,
    dense: integer({ min: 1, upTo: 10_000, max: 100_000_000 }),
    convolutionalShare: share,
    denseShare: share,
  },
  constraints: [decimal('convolutionalShare'), decimal('denseShare')],
  usual: [
    {
      parameters: {
        convolutional: 2_332_704,
        dense: 58_621_952,
        convolutionalShare: 0,
        denseShare: 0.65,
      },
    },
    {
      parameters: {
        convolutional: 2_332_704,
        dense: 58_621_952,
        convolutionalShare: 0.65,
        denseShare: 0,
      },
    },
  ],
  outputs: {
    removed: array('the weights that are removed'),
    left: array('the weights that are left'),
    densePart: array('the share that fully connected layers have of all weights'),
    saved: array('the share of all weights that is removed'),
  },
  classes: {
    'no convolution': ({ parameters: p }: CaseView) => p.convolutional === 0,
    'both kinds': ({ parameters: p }: CaseView) => p.convolutional > 0,
    'nothing removed': ({ parameters: p }: CaseView) =>
      p.convolutionalShare === 0 && p.denseShare === 0,
    'everything removed': ({ parameters: p }: CaseView) =>
      p.convolutionalShare === 1 && p.denseShare === 1,
    'a share that leaves a fraction of a weight': ({ parameters: p }: CaseView) =>
      !Number.isInteger((Math.round(p.denseShare * places) * p.dense) / places),
  },
})

export const fcShare = clause({
  id: 'pruning.fc-share',
  title: 'What pruning saves is the share that is removed times the share that the layers have',
  kind: 'count',
  operations: [shareOfNetwork],
  statement:
    'Of the weights of each kind of layer a share is removed, rounded down. Of the whole network this saves each share times the part of all weights that the kind has, up to a weight of each kind. In AlexNet fully connected layers have 96 % of the weights: to remove 65 % of those removes 62.5 % of the network, to remove 65 % of the convolutions 2.5 %. How much accuracy either costs is an empirical question, which no count answers.',
  formula: String.raw`r = \lfloor p_c N_c \rfloor + \lfloor p_d N_d \rfloor,\qquad \frac{r}{N_c + N_d} \approx p_c \frac{N_c}{N_c + N_d} + p_d \frac{N_d}{N_c + N_d}`,
  domain:
    'Up to a hundred million weights of each kind, at least one of them in a fully connected layer; shares of at most four decimal places.',
  conventions: [
    {
      choice: 'Weights are counted, without biases, which are not pruned.',
      others:
        'With biases AlexNet has 60,965,224 parameters, 58,631,144 of them in fully connected layers.',
    },
    {
      choice: 'A share is a decimal, and the number of weights is rounded down.',
      others: 'Libraries round to the nearest.',
    },
  ],
  source: {
    notes: [[198, 198]],
    publications: [
      { ...han, where: 'table 4' },
      { ...krizhevsky, where: 'section 3.5' },
    ],
  },
  errata: [
    {
      id: 'E-24',
      lines: [198, 198],
      says: 'Convolutional layers have much that can be removed, although pruning is more effective in fully connected ones; and 65 % of these go without a loss of accuracy.',
      counterexample:
        'AlexNet, 65 % of the 2,332,704 weights of its convolutions: 1,516,257 are removed, 2.5 % of the network; of the fully connected layers 38,104,268, which is 62.5 %.',
      correction:
        'It must say that convolutional layers have much that cannot be removed. The share that costs nothing is a result for one network: Han et al. remove 75 to 91 % of the layers of AlexNet that are fully connected, and 16 to 65 % of its convolutions.',
      settledBy: { ...han, where: 'table 4' },
    },
  ],
})
