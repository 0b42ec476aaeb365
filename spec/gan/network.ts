import { array, type CaseView, free, type Sizes } from '../language/operation.ts'
import { choice, real } from '../language/parameter.ts'

/** The sizes of a generator with one hidden layer. */
export const sizesOfGenerator = {
  M: free(1, 3, 'samples of a batch'),
  Z: free(1, 3, 'units of the noise'),
  Hg: free(1, 3, 'hidden units of the generator'),
  X: free(1, 3, 'features of a sample'),
} as const

/** The parameters of a generator: hidden units with tanh, and an output that is linear in them. */
export const generatorArrays = {
  generatorHidden: array('weights from the noise to the hidden units of the generator', 'Z', 'Hg'),
  generatorHiddenBias: array('biases of the hidden units of the generator', 'Hg'),
  generatorOutput: array('weights from the hidden units of the generator to a sample', 'Hg', 'X'),
  generatorOutputBias: array('biases of a sample', 'X'),
} as const

/** How many products a forward pass of the generator takes. */
export const workOfGenerator = ({ M, Z, Hg, X }: Sizes) => M! * Hg! * (Z! + X!)

/** What every tanh and its slope cost beside a product. */
export const effort = () => 6

/** What a case of a generator may be. */
export const classesOfGenerator = {
  'one sample': ({ sizes }: CaseView) => sizes.M === 1,
  'several samples': ({ sizes }: CaseView) => sizes.M! > 1,
  'more features than units of the noise': ({ sizes }: CaseView) => sizes.X! > sizes.Z!,
  'fewer features than units of the noise': ({ sizes }: CaseView) => sizes.X! < sizes.Z!,
} as const

/** The hidden units of a discriminator beside the sizes of a generator. */
export const sizesOfBoth = {
  ...sizesOfGenerator,
  Hd: free(1, 3, 'hidden units of the discriminator'),
} as const

/** The parameters of a discriminator: leaky hidden units, of which the logit is a linear function. */
export const discriminatorArrays = {
  discriminatorHidden: array(
    'weights from a sample to the hidden units of the discriminator',
    'X',
    'Hd',
  ),
  discriminatorHiddenBias: array('biases of the hidden units of the discriminator', 'Hd'),
  discriminatorOutput: array(
    'weights from the hidden units of the discriminator to its logit',
    'Hd',
  ),
  discriminatorOutputBias: array('bias of the logit'),
} as const

/** The parameters of both networks. */
export const arraysOfBoth = { ...generatorArrays, ...discriminatorArrays } as const

/** How many products a pass through both networks takes, and one back. */
export const workOfBoth = (sizes: Sizes) =>
  3 * workOfGenerator(sizes) + 5 * sizes.M! * sizes.Hd! * (sizes.X! + 1)

export const rate = real({ min: 0, from: 0, to: 0.5, values: [0.125, 0.25, 0.01] })

/** What a case of a step may be. */
export const classesOfSteps = {
  'no rate': ({ parameters: p }: CaseView) => p.rate === 0,
  'one sample': classesOfGenerator['one sample'],
  'several samples': classesOfGenerator['several samples'],
} as const

/** What the generator climbs: the mean of −ln(1 − D), or that of ln D. */
export const loss = choice('saturating', 'non-saturating')

/** Which loss a generator has. */
export const classesOfLoss = {
  'saturating loss': ({ parameters: p }: CaseView) => p.loss === 'saturating',
  'non-saturating loss': ({ parameters: p }: CaseView) => p.loss === 'non-saturating',
} as const
