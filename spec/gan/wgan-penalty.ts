import { gradientOf } from '../language/gradient.ts'
import {
  array,
  type CaseView,
  free,
  nonnegative,
  operation,
  type Sizes,
} from '../language/operation.ts'
import { real } from '../language/parameter.ts'
import { discriminatorArrays, rate, sizesOfBoth } from './network.ts'

/** How much the penalty counts beside what the critic measures. */
const weight = real({ min: 0, from: 0, to: 10, values: [10, 1, 0.5] })

const images = {
  M: free(1, 3, 'samples of a batch'),
  H: free(1, 3, 'rows of a sample'),
  W: free(1, 3, 'columns of a sample'),
  K: free(1, 3, 'channels of a sample'),
} as const

const pixels = ({ M, H, W, K }: Sizes) => M! * H! * W! * K!

/** Samples between a real and a generated one, at which the slope of a critic is looked at. */
export const penaltyPoints = operation({
  id: 'gan.penaltyPoints',
  title: 'Samples between real and generated ones',
  level: 'core',
  dimensions: images,
  inputs: {
    real: array('the real samples', 'M', 'H', 'W', 'K'),
    generated: array('the generated ones', 'M', 'H', 'W', 'K'),
    mix: array('the share of the real sample, one number a sample', 'M'),
  },
  parameters: {},
  usual: [{ sizes: { M: 4, H: 4, W: 4, K: 3 } }, { sizes: { M: 4, H: 1, W: 1, K: 2 } }],
  work: pixels,
  effort: () => 4,
  outputs: { x: array('the samples between them', 'M', 'H', 'W', 'K') },
  classes: {
    'one sample': ({ sizes }: CaseView) => sizes.M === 1,
    'several samples': ({ sizes }: CaseView) => sizes.M! > 1,
    'samples of several numbers': ({ sizes }: CaseView) => sizes.H! * sizes.W! * sizes.K! > 1,
  },
})

/** What slopes of a critic cost that are not 1 long. */
export const gradientPenalty = operation({
  id: 'gan.gradientPenalty',
  title: 'Penalty of slopes that are not 1 long',
  level: 'core',
  dimensions: images,
  inputs: {
    slopes: array('the gradient of the critic by each sample', 'M', 'H', 'W', 'K'),
  },
  parameters: { weight },
  usual: [
    { sizes: { M: 4, H: 4, W: 4, K: 3 }, parameters: { weight: 10 } },
    { sizes: { M: 4, H: 1, W: 1, K: 2 }, parameters: { weight: 10 } },
  ],
  work: pixels,
  effort: () => 8,
  sums: 'Terms are squares of differences of norms.',
  outputs: { penalty: nonnegative('the penalty') },
  classes: {
    'one sample': ({ sizes }: CaseView) => sizes.M === 1,
    'several samples': ({ sizes }: CaseView) => sizes.M! > 1,
    'samples of several axes': ({ sizes }: CaseView) => sizes.H! > 1 && sizes.W! > 1,
    'a slope of 0': ({ inputs: { slopes }, sizes: { H, W, K } }: CaseView) =>
      slopes!.data.some((_: number, at: number) => {
        const size = H! * W! * K!
        if (at % size !== 0) return false
        return slopes!.data.subarray(at, at + size).every((v: number) => v === 0)
      }),
  },
})

/** Its gradient by the slopes. */
export const gradientPenaltyGradient = gradientOf(gradientPenalty, {
  title: 'Gradient of the penalty by the slopes',
  sums: 'Sums are below a root, and divide.',
})

const { M, X, Hd } = sizesOfBoth

/** What a critic sees in training, step after step. */
export const batchesOfCritic = {
  real: array('the real samples of each step', 'T', 'M', 'X'),
  generated: array('the generated ones', 'T', 'M', 'X'),
} as const

const sizesOfCritic = { T: free(1, 3, 'steps'), M, X, Hd } as const

export const workOfCritic = (sizes: Sizes) =>
  10 * (sizes.T ?? 1) * sizes.M! * sizes.Hd! * (sizes.X! + 1)

/** The parameters of a critic after each step. */
const criticAfterSteps = {
  discriminatorHidden: array('weights to the hidden units after each step', 'T', 'X', 'Hd'),
  discriminatorHiddenBias: array('biases of the hidden units after each step', 'T', 'Hd'),
  discriminatorOutput: array('weights from the hidden units after each step', 'T', 'Hd'),
  discriminatorOutputBias: array('bias of the critic after each step', 'T'),
} as const

export const statesOfCritic = [
  'discriminatorHidden',
  'discriminatorHiddenBias',
  'discriminatorOutput',
  'discriminatorOutputBias',
] as const

/** What all steps of a critic have in common. */
export const stepsOfCritic = {
  level: 'core',
  dimensions: sizesOfCritic,
  work: workOfCritic,
  effort: () => 24,
  sums: 'Sums are of derivatives, which have errors of their own.',
  states: statesOfCritic,
  outputs: criticAfterSteps,
} as const

/** Kinds of cases of all of them. */
export const classesOfCriticSteps = {
  'several steps': ({ sizes }: CaseView) => sizes.T! > 1,
  'several samples': ({ sizes }: CaseView) => sizes.M! > 1,
} as const

/** Steps of a critic that pays for slopes that are not 1 long. */
export const penalizedCritic = operation({
  id: 'gan.penalizedCritic',
  title: 'Steps of a critic with a gradient penalty',
  ...stepsOfCritic,
  inputs: {
    ...discriminatorArrays,
    ...batchesOfCritic,
    mix: array('the share of the real sample, one number a sample', 'T', 'M'),
  },
  parameters: { rate, weight },
  usual: [
    { sizes: { T: 2, M: 4, X: 2, Hd: 8 }, parameters: { rate: 0.01, weight: 10 } },
    { sizes: { T: 5, M: 8, X: 2, Hd: 6 }, parameters: { rate: 0.01, weight: 10 } },
    { sizes: { T: 1, M: 2, X: 3, Hd: 4 }, parameters: { rate: 0.125, weight: 1 } },
  ],
  classes: {
    'no penalty': ({ parameters: p }: CaseView) => p.weight === 0,
    'a penalty': ({ parameters: p }: CaseView) => p.weight > 0 && p.rate > 0,
    ...classesOfCriticSteps,
  },
})
