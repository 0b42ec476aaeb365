import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  derived,
  free,
  operation,
  type Sizes,
} from '../language/operation.ts'
import { integer } from '../language/parameter.ts'
import { discriminatorStates, ofSlopes } from './disc-update.ts'
import {
  arraysOfBoth,
  classesOfLoss,
  classesOfSteps,
  effort,
  loss,
  rate,
  sizesOfBoth,
  workOfBoth,
} from './network.ts'
import { goodfellow } from './publications.ts'

/** Iterations of several steps of the discriminator and one of the generator. */
export const alternate = operation({
  id: 'gan.alternate',
  title: 'Training of a generator and a discriminator in turns',
  level: 'core',
  dimensions: {
    T: free(1, 2, 'iterations'),
    Ascents: free(1, 3, 'steps of the discriminator in an iteration'),
    Draws: derived(({ Ascents }) => Ascents! + 1, 'batches of noise in an iteration'),
    ...sizesOfBoth,
  },
  inputs: {
    samples: array('real samples, a batch for each step', 'T', 'Ascents', 'M', 'X'),
    noise: array('noise, the last batch for the step of the generator', 'T', 'Draws', 'M', 'Z'),
    ...arraysOfBoth,
  },
  parameters: { rate, loss },
  usual: [
    { sizes: { T: 2, Ascents: 1 }, parameters: { loss: 'non-saturating' } },
    { sizes: { T: 3, Ascents: 1, M: 4, X: 2 }, parameters: { rate: 0.1, loss: 'non-saturating' } },
    { sizes: { T: 2, Ascents: 5 }, parameters: { rate: 0.05 } },
  ],
  work: (sizes: Sizes) => 2 * sizes.T! * (sizes.Ascents! + 1) * workOfBoth(sizes),
  effort,
  sums: ofSlopes,
  states: Object.keys(arraysOfBoth),
  outputs: {
    ...discriminatorStates,
    generatorHidden: array('weights to the hidden units of the generator', 'T', 'Z', 'Hg'),
    generatorHiddenBias: array('biases of the hidden units of the generator', 'T', 'Hg'),
    generatorOutput: array('weights to a sample, after each iteration', 'T', 'Hg', 'X'),
    generatorOutputBias: array('biases of a sample, after each iteration', 'T', 'X'),
  },
  classes: {
    ...classesOfSteps,
    ...classesOfLoss,
    'one iteration': ({ sizes }: CaseView) => sizes.T === 1,
    'several iterations': ({ sizes }: CaseView) => sizes.T! > 1,
    'turn by turn': ({ sizes }: CaseView) => sizes.Ascents === 1,
    'several steps of the discriminator': ({ sizes }: CaseView) => sizes.Ascents! > 1,
  },
})

/** Whose turn each step of training is, and how much is drawn for all of them. */
export const schedule = operation({
  id: 'gan.schedule',
  title: 'Turns of discriminator and generator',
  level: 'core',
  dimensions: {
    Steps: derived((_, { iterations, ascents }) => iterations * (ascents + 1), 'steps'),
    Players: derived(() => 2, 'the discriminator, and the generator'),
  },
  inputs: {},
  parameters: {
    iterations: integer({ min: 0, upTo: 6 }),
    ascents: integer({ min: 1, upTo: 6 }),
    batch: integer({ min: 1, upTo: 12 }),
  },
  usual: [
    { parameters: { iterations: 4, ascents: 1, batch: 64 } },
    { parameters: { iterations: 3, ascents: 5, batch: 64 } },
    { parameters: { iterations: 10, ascents: 1, batch: 128 } },
  ],
  outputs: {
    players: array('0 for each step of the discriminator, 1 for each of the generator', 'Steps'),
    updates: array('steps of each', 'Players'),
    samples: array('real samples that are drawn'),
    noise: array('noise vectors that are drawn'),
  },
  classes: {
    'no iterations': ({ parameters: p }: CaseView) => p.iterations === 0,
    'several iterations': ({ parameters: p }: CaseView) => p.iterations > 1,
    'turn by turn': ({ parameters: p }: CaseView) => p.iterations > 0 && p.ascents === 1,
    'several steps of the discriminator': ({ parameters: p }: CaseView) =>
      p.iterations > 0 && p.ascents > 1,
    'batches of one': ({ parameters: p }: CaseView) => p.batch === 1,
  },
})

export const alternatingSchedule = clause({
  id: 'gan.alternating-schedule',
  title: 'An iteration is k steps of the discriminator and then one of the generator',
  kind: 'algorithm',
  operations: [alternate, schedule],
  statement:
    'In each iteration the discriminator takes $k$ steps, each on a batch of real samples and a batch of noise of its own, and then the generator takes one, on new noise, before the discriminator of that moment. The next iteration goes on with both. So $T$ iterations are $kT$ steps of the discriminator and $T$ of the generator, with $kTm$ real samples and $(k + 1)Tm$ noise vectors. What is drawn for the generator has no influence on the discriminator of its own iteration.',
  formula: String.raw`(D^k G)^T,\qquad w_D^{(t)} = (\text{step}_D)^k (w_D^{(t-1)}; w_G^{(t-1)}),\quad w_G^{(t)} = \text{step}_G(w_G^{(t-1)}; w_D^{(t)})`,
  domain:
    'At least one step of the discriminator in an iteration, and rates that are not negative.',
  conventions: [
    {
      choice: 'One rate for both networks.',
      others: 'Code often has one of its own for each, and an optimizer for each.',
    },
    {
      choice: 'The generator draws its own noise.',
      others: 'Tutorials use the noise of the last step of the discriminator again.',
    },
  ],
  source: {
    notes: [
      [656, 656],
      [658, 658],
      [688, 688],
    ],
    publications: [{ ...goodfellow, where: 'algorithm 1' }],
  },
  errata: [],
})
