import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import {
  array,
  type CaseView,
  type Constraint,
  free,
  nonnegative,
  operation,
  type Sizes,
} from '../language/operation.ts'
import { choice, real } from '../language/parameter.ts'
import { batchNormalization, dcgan } from './publications.ts'

const dimensions = {
  N: free(1, 4, 'images'),
  H: free(1, 3, 'rows'),
  W: free(1, 3, 'columns'),
  K: free(1, 3, 'channels'),
} as const
const images = {
  x: array('the images', 'N', 'H', 'W', 'K'),
  gamma: array('what each channel is multiplied by', 'K'),
  beta: array('what is added to it', 'K'),
} as const
const epsilon = real({ min: 0, open: true, from: 1e-3, to: 0.5, values: [1e-5, 1e-3, 0.5] })
const y = { y: array('the normalized images', 'N', 'H', 'W', 'K') } as const
const usual = [
  { sizes: { N: 8, H: 4, W: 4, K: 4 } },
  { sizes: { N: 4, H: 8, W: 8, K: 2 } },
  { sizes: { N: 16, H: 1, W: 1 } },
] as const
const work = ({ N, H, W, K }: Sizes) => 4 * N! * H! * W! * K!
const placesOf = ({ N, H, W }: Sizes) => N! * H! * W!
const sums = 'What is added up is divided by a root of sums.'

const classes = {
  'one place a channel': ({ sizes }: CaseView) => placesOf(sizes) === 1,
  'one image of several places': ({ sizes }: CaseView) => sizes.N === 1 && placesOf(sizes) > 1,
  'several images of one place': ({ sizes }: CaseView) =>
    sizes.N! > 1 && placesOf(sizes) === sizes.N,
  'several channels': ({ sizes }: CaseView) => sizes.K! > 1,
  'several places of a channel that are all the same': ({ sizes, inputs }: CaseView) =>
    placesOf(sizes) > 1 &&
    Array.from({ length: sizes.K! }, (_, k) => k).some((k) =>
      inputs.x!.data.every((x, at) => at % sizes.K! !== k || x === inputs.x!.data[k]),
    ),
} as const

const enough: Constraint = {
  says: 'a variance that is divided by one less than the places of a channel needs two of them',
  argument: 'divisor',
  holds: (sizes, { divisor }) => divisor === 'n' || placesOf(sizes) > 1,
  repair: (parameters, sizes) =>
    placesOf(sizes) > 1 ? parameters : { ...parameters, divisor: 'n' },
  violate: (parameters) => ({ ...parameters, divisor: 'n - 1' }),
}

/** Normalization by the statistics of the batch, which are kept for later. */
export const batchNorm = operation({
  id: 'gan.batchNorm',
  title: 'Batch normalization in training',
  level: 'core',
  dimensions,
  inputs: {
    ...images,
    runningMean: array('the running mean of each channel so far', 'K'),
    runningVariance: nonnegative('its running variance so far', 'K'),
  },
  parameters: {
    epsilon,
    momentum: real({ min: 0, max: 1, from: 0.05, to: 0.95, values: [0.1, 0.01, 0.25] }),
    divisor: choice('n', 'n - 1'),
  },
  constraints: [enough],
  usual,
  work,
  effort: () => 8,
  sums,
  outputs: {
    ...y,
    mean: array('the mean of each channel of the batch', 'K'),
    variance: nonnegative('its variance, divided by the number of places', 'K'),
    runningMean: array('the running mean with this batch', 'K'),
    runningVariance: nonnegative('the running variance with it', 'K'),
  },
  classes: {
    ...classes,
    'running variances by n': ({ parameters: p }: CaseView) => p.divisor === 'n',
    'running variances by n - 1': ({ parameters: p }: CaseView) => p.divisor === 'n - 1',
  },
})

export const batchNormGradient = gradientOf(batchNorm, {
  title: 'Gradients of batch normalization in training',
  by: ['x', 'gamma', 'beta'],
  from: ['y'],
  without: ['beta', 'runningMean', 'runningVariance'],
  sums,
})

/** Normalization by statistics that were kept. */
export const batchNormInference = operation({
  id: 'gan.batchNormInference',
  title: 'Batch normalization after training',
  level: 'core',
  dimensions,
  inputs: {
    ...images,
    mean: array('the mean of each channel that was kept', 'K'),
    variance: nonnegative('its variance that was kept', 'K'),
  },
  parameters: { epsilon },
  usual,
  work,
  effort: () => 6,
  sums: 'A number is multiplied and added to, and nothing added up.',
  outputs: y,
  classes: {
    ...classes,
    'a variance of 0': ({ inputs }: CaseView) => inputs.variance!.data.includes(0),
  },
})

export const batchNormInferenceGradient = gradientOf(batchNormInference, {
  title: 'Gradients of batch normalization after training',
  by: ['x', 'gamma', 'beta'],
  without: ['beta'],
  sums,
})

const source = {
  notes: [[694, 696]],
  publications: [
    { ...batchNormalization, where: 'algorithms 1 and 2' },
    { ...dcgan, where: 'section 3' },
  ],
} as const

export const inTraining = clause({
  id: 'gan.dcgan.batch-normalization',
  title: 'In training a channel is normalized by its mean and variance over the batch',
  kind: 'formula',
  operations: [batchNorm, batchNormGradient],
  statement:
    'Each channel has one mean and one variance over all places of all images of a batch; the channel less the mean, over the root of the variance and $\\varepsilon$, times $\\gamma$, and $\\beta$ more, is what comes out, so that its mean is $\\beta$ and its variance not above $\\gamma^2$. The variance divides by the number of places. A number that is added to a whole channel changes nothing. Running statistics move towards those of the batch by the share that is called momentum, the variance divided by one place less where asked for. What comes out of an image depends on the others of its batch, and so does its derivative: the mean and the variance have slopes as well, by which the derivatives of each channel by the images add up to 0.',
  formula: String.raw`\hat x = \frac{x - \mu}{\sqrt{v + \varepsilon}},\quad y = \gamma \hat x + \beta,\quad \mu = \frac1n \sum x,\; v = \frac1n \sum (x - \mu)^2;\qquad \frac{\partial E}{\partial x} = \frac{\gamma}{\sqrt{v + \varepsilon}} \Bigl(g - \frac1n \sum g - \hat x\, \frac1n \sum g \hat x\Bigr),\; \frac{\partial E}{\partial \gamma} = \sum g \hat x,\; \frac{\partial E}{\partial \beta} = \sum g;\qquad \mu' = (1 - \rho)\mu_0 + \rho\mu,\; v' = (1 - \rho) v_0 + \rho \frac{n}{n - 1} v`,
  domain:
    'Any finite numbers; ε above 0; two places of a channel at least where the running variance divides by n − 1.',
  conventions: [
    {
      choice: 'The momentum is the share of the new statistics.',
      others: 'Keras and ONNX call that of the old ones so: 0.99 there is 0.01 here.',
    },
    {
      choice:
        'The variance that normalizes divides by n; a parameter says what the running one does.',
      others: 'PyTorch divides the running variance by n − 1, Keras and ONNX by n.',
    },
    {
      choice: 'ε is added to the variance, under the root.',
      others: 'Some code adds it to the root.',
    },
  ],
  evaluations: [
    { way: 'with a mean and a sum of squares that every number updates, as Welford has it' },
  ],
  source,
  errata: [],
})

export const inInference = clause({
  id: 'gan.dcgan.batch-normalization.inference',
  title: 'After training a channel is normalized by the statistics that were kept',
  kind: 'formula',
  operations: [batchNormInference, batchNormInferenceGradient],
  statement:
    'With the mean and the variance that were kept, what comes out of an image does not depend on others: each channel is multiplied by $\\gamma / \\sqrt{v + \\varepsilon}$, and a constant added, which may be made part of the filters and biases of the layer before. Its derivative has that factor, and no terms of the mean and the variance.',
  formula: String.raw`y = \gamma\, \frac{x - \mu'}{\sqrt{v' + \varepsilon}} + \beta,\qquad \frac{\partial E}{\partial x} = \frac{\gamma\, g}{\sqrt{v' + \varepsilon}},\quad \frac{\partial E}{\partial \gamma} = \sum g\, \frac{x - \mu'}{\sqrt{v' + \varepsilon}},\quad \frac{\partial E}{\partial \beta} = \sum g`,
  domain: 'Any finite numbers; variances that are not negative; ε above 0.',
  conventions: [
    {
      choice: 'ε is added to the variance, under the root.',
      others: 'Some code adds it to the root.',
    },
  ],
  evaluations: [{ way: 'as one factor and one constant a channel' }],
  source,
  errata: [],
})
