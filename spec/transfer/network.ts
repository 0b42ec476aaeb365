import { gradientOf } from '../language/gradient.ts'
import {
  type Arranged,
  array,
  type CaseView,
  free,
  operation,
  type Parameters,
} from '../language/operation.ts'
import { choice } from '../language/parameter.ts'

/** The sizes of a network of two rectified layers and a linear head. */
export const networkDimensions = {
  N: free(1, 4, 'samples'),
  I: free(1, 3, 'features of a sample'),
  H: free(1, 3, 'units of the lower layer'),
  F: free(1, 3, 'units of the higher layer'),
  C: free(1, 3, 'classes'),
} as const

/** The layers that a new task keeps. */
export const layers = {
  weights1: array('the weights of the lower layer', 'I', 'H'),
  biases1: array('its biases', 'H'),
  weights2: array('the weights of the higher layer', 'H', 'F'),
  biases2: array('its biases', 'F'),
} as const

/** The layer that a new task replaces. */
export const head = {
  head: array('the weights of the head', 'F', 'C'),
  bias: array('its biases', 'C'),
} as const

export const x = array('the samples, one a row', 'N', 'I')
export const targets = array('what the head is to give, or how much of each class', 'N', 'C')

/** Half the squared distance, or the cross entropy with the softmax, as a mean over samples. */
export const loss = choice('squares', 'softmax')

export const networkClasses = {
  'one sample': ({ sizes }: CaseView) => sizes.N === 1,
  'several samples': ({ sizes }: CaseView) => sizes.N! > 1,
  'one class': ({ sizes }: CaseView) => sizes.C === 1,
  'several classes': ({ sizes }: CaseView) => sizes.C! > 1,
} as const

/** What the exponentials of a softmax cost, in products. */
export const effortOfLoss = ({ loss }: Parameters): number => (loss === 'softmax' ? 4 : 1)

export const lossClasses = {
  'squared distance': ({ parameters }: CaseView) => parameters.loss === 'squares',
  'cross entropy': ({ parameters }: CaseView) => parameters.loss === 'softmax',
} as const

/** A layer that gives on what it gets, so that the sums of another one come out. */
export const passing = (weights: string, biases: string): Readonly<Record<string, Arranged>> => ({
  [weights]: 'identity',
  [biases]: 'zeros',
})

/** Of a head of zeros all scores are 0, so that the errors are the targets; nothing goes back below it. */
export const silentHead = {
  sizes: { N: 128, I: 32, H: 32, F: 32, C: 32 },
  arrays: {
    x: 'magnitudes',
    ...passing('weights1', 'biases1'),
    ...passing('weights2', 'biases2'),
    head: 'zeros',
    bias: 'zeros',
  },
} as const

/** A network of two rectified layers and a linear head. */
export const network = operation({
  id: 'transfer.network',
  title: 'Network of two rectified layers and a linear head',
  level: 'core',
  dimensions: networkDimensions,
  inputs: { x, ...layers, ...head },
  parameters: {},
  usual: [{ sizes: { N: 1 } }, { sizes: { C: 1 } }, { sizes: { C: 10 } }],
  sums: [
    {
      sizes: { N: 16, I: 81, H: 32, F: 32, C: 32 },
      arrays: { ...passing('weights2', 'biases2'), ...passing('head', 'bias') },
    },
    {
      sizes: { N: 8, I: 81, H: 81, F: 32, C: 32 },
      arrays: { x: 'magnitudes', ...passing('weights1', 'biases1'), ...passing('head', 'bias') },
    },
    {
      sizes: { N: 8, I: 81, H: 81, F: 81, C: 32 },
      arrays: {
        x: 'magnitudes',
        ...passing('weights1', 'biases1'),
        ...passing('weights2', 'biases2'),
      },
    },
  ],
  outputs: {
    scores: array('what the head gives', 'N', 'C'),
    lower: array('what the lower layer gives', 'N', 'H'),
    higher: array('what the higher layer gives', 'N', 'F'),
  },
  classes: networkClasses,
})

/** Its loss on samples of a task. */
export const networkLoss = operation({
  id: 'transfer.networkLoss',
  title: 'Loss of a network of two rectified layers and a linear head',
  level: 'core',
  dimensions: networkDimensions,
  inputs: { x, ...layers, ...head, targets },
  parameters: { loss },
  usual: [
    { sizes: { N: 1 }, parameters: { loss: 'softmax' } },
    { sizes: { C: 2 }, parameters: { loss: 'softmax' } },
    { sizes: { C: 10 }, parameters: { loss: 'softmax' } },
  ],
  effort: effortOfLoss,
  sums: 'The result is a single number, and thousands are asked for statistics.',
  outputs: { loss: array('the mean over the samples') },
  classes: { ...networkClasses, ...lossClasses },
})

/** The gradients of that loss; nothing follows it. */
export const networkGradient = operation({
  ...gradientOf(networkLoss, {
    title: 'Gradients of the loss of a network of two rectified layers and a linear head',
    by: ['x', 'weights1', 'biases1', 'weights2', 'biases2', 'head', 'bias'],
    sums: [{ ...silentHead, parameters: { loss: 'squares' } }],
  }),
  id: 'transfer.networkGradient',
  inputs: networkLoss.inputs,
})
