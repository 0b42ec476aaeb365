import { clause } from '../language/clause.ts'
import {
  array,
  atLeast,
  bits,
  type CaseView,
  derived,
  free,
  operation,
  type Parameters,
  type Sizes,
} from '../language/operation.ts'
import { boolean, choice, list } from '../language/parameter.ts'
import { dropoutRate, rateBelowOne, usualDropout } from './dropout.ts'

/** After which layers of a network dropout is put. */
export const dropoutPlacement = operation({
  id: 'cnn.dropoutPlacement',
  title: 'Layers that dropout follows',
  level: 'core',
  dimensions: {
    L: derived((_: Sizes, { layers }: Parameters) => layers.length, 'layers'),
  },
  inputs: {},
  parameters: {
    layers: list(choice('convolution', 'pooling', 'dense', 'output'), { min: 1, max: 6 }),
    policy: choice('dense', 'hidden'),
  },
  usual: [
    {
      parameters: {
        layers: ['convolution', 'pooling', 'convolution', 'pooling', 'dense', 'output'],
      },
    },
    { parameters: { layers: ['dense', 'dense', 'output'] } },
  ],
  outputs: { follows: array('1 where dropout follows the layer, else 0', 'L') },
  classes: {
    'dense layers only': ({ parameters }: CaseView) => parameters.policy === 'dense',
    'all hidden layers': ({ parameters }: CaseView) => parameters.policy === 'hidden',
    'a convolution among all hidden layers': ({ parameters }: CaseView) =>
      parameters.policy === 'hidden' && parameters.layers.includes('convolution'),
    'a dense layer': ({ parameters }: CaseView) => parameters.layers.includes('dense'),
    'a pooling layer': ({ parameters }: CaseView) => parameters.layers.includes('pooling'),
    'an output layer': ({ parameters }: CaseView) => parameters.layers.includes('output'),
    'no dense layer': ({ parameters }: CaseView) => !parameters.layers.includes('dense'),
  },
})

/** A network as the rule has it: a convolution, a dense layer with dropout, an output layer. */
export const droppedNetwork = operation({
  id: 'cnn.droppedNetwork',
  title: 'Convolution, dense layer with dropout, output layer',
  level: 'core',
  dimensions: {
    N: free(1, 2, 'images'),
    Hf: free(1, 2, 'rows of the kernel'),
    Wf: free(1, 2, 'columns of the kernel'),
    K: free(1, 2, 'channels'),
    Q: free(1, 2, 'filters'),
    U: free(1, 4, 'units of the dense layer'),
    C: free(1, 2, 'outputs'),
    H: atLeast(({ Hf }) => Hf!, 2, 'rows', 'the kernel'),
    W: atLeast(({ Wf }) => Wf!, 2, 'columns', 'the kernel'),
    Ho: derived(({ H, Hf }: Sizes) => H! - Hf! + 1, 'rows of the features'),
    Wo: derived(({ W, Wf }: Sizes) => W! - Wf! + 1, 'columns of the features'),
    D: derived(({ Ho, Wo, Q }: Sizes) => Ho! * Wo! * Q!, 'numbers of the features'),
  },
  inputs: {
    x: array('the images', 'N', 'H', 'W', 'K'),
    filters: array('the bank of filters', 'Hf', 'Wf', 'K', 'Q'),
    bias: array('one number a filter', 'Q'),
    hidden: array('the weights of the dense layer', 'D', 'U'),
    mask: bits('which units of the dense layer are kept', 'N', 'U'),
    head: array('the weights of the output layer', 'U', 'C'),
  },
  parameters: { rate: dropoutRate, training: boolean },
  constraints: [rateBelowOne],
  usual: usualDropout,
  sums: [
    {
      sizes: { N: 1, Hf: 3, Wf: 3, K: 9, Q: 16, H: 10, W: 10, U: 1, C: 1 },
      parameters: { rate: 0.5, training: false },
      arrays: { hidden: 'zeros', mask: 'ones', head: 'zeros' },
    },
    {
      sizes: { N: 16, Hf: 1, Wf: 1, K: 1, Q: 1, H: 9, W: 9, U: 32, C: 32 },
      parameters: { rate: 0.5, training: false },
      arrays: {
        x: 'magnitudes',
        filters: 'identity kernel',
        bias: 'zeros',
        mask: 'ones',
        head: 'identity',
      },
    },
    {
      sizes: { N: 10, Hf: 1, Wf: 1, K: 1, Q: 1, H: 9, W: 9, U: 81, C: 32 },
      parameters: { rate: 0.5, training: false },
      arrays: {
        x: 'magnitudes',
        filters: 'identity kernel',
        bias: 'zeros',
        hidden: 'identity',
        mask: 'ones',
      },
    },
  ],
  outputs: {
    features: array('the rectified responses of the convolution', 'N', 'Ho', 'Wo', 'Q'),
    z: array('the answer', 'N', 'C'),
  },
  classes: {
    training: ({ parameters }: CaseView) => parameters.training && parameters.rate > 0,
    'after training': ({ parameters }: CaseView) => !parameters.training,
    'a unit dropped': ({ inputs }: CaseView) => inputs.mask!.data.includes(0),
    'several filters and places': ({ sizes }: CaseView) =>
      sizes.Q! > 1 && sizes.Ho! * sizes.Wo! > 1,
  },
})

export const scope = clause({
  id: 'cnn.dropout.scope',
  title: 'Where the notes put dropout: after dense layers, not after convolutions',
  kind: 'decision',
  operations: [dropoutPlacement, droppedNetwork],
  statement:
    'A builder that follows the notes puts dropout after each hidden dense layer and nowhere else; the output layer has none. Then the features of the convolutions are the same in training and afterwards, whatever the mask. That is one policy. The other in use drops units of every hidden layer, convolutions included; pooling layers have no units of their own and are left out by both.',
  formula: String.raw`\mathrm{follows}_l = [\text{layer } l \text{ is dense}]\quad\text{or}\quad [\text{layer } l \text{ is dense or a convolution}]`,
  domain: 'Lists of convolutions, pooling layers, dense layers and output layers.',
  conventions: [],
  source: {
    notes: [[84, 84]],
    publications: [
      {
        title:
          'Krizhevsky, Sutskever, Hinton (2012), ImageNet classification with deep convolutional neural networks',
        where: 'section 4.2',
      },
    ],
  },
  errata: [
    {
      id: 'E-10',
      lines: [84, 84],
      says: 'Dropout belongs to dense layers, and not to convolutions; neither rate nor scaling is given.',
      counterexample:
        'A convolution and a dense layer under the policy for all hidden layers: 1, 1. Read as a rule, the notes give 0, 1.',
      correction:
        'That is how AlexNet and VGG do it, not a rule: dropout after convolutions is in use as well, and was found to help. What dropout does is in cnn.dropout.semantics.',
      settledBy: {
        title:
          'Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov (2014), Dropout: a simple way to prevent neural networks from overfitting',
        where: 'section 6.1',
      },
    },
  ],
})
