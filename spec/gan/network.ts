import { array, type CaseView, free, type Sizes } from '../language/operation.ts'

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
