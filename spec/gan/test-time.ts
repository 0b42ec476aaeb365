import { clause } from '../language/clause.ts'
import { array, free, operation } from '../language/operation.ts'
import { arraysOfBoth, classesOfGenerator, effort, sizesOfBoth, workOfBoth } from './network.ts'
import { dcgan, goodfellow } from './publications.ts'
import { generate } from './sample-map.ts'

/** What is left of both networks when training is over. */
export const afterTraining = operation({
  id: 'gan.afterTraining',
  title: 'Samples and features after training',
  level: 'core',
  dimensions: { ...sizesOfBoth, Shown: free(1, 3, 'samples that features are wanted of') },
  inputs: {
    noise: array('the noise, a sample a row', 'M', 'Z'),
    shown: array('samples of any kind, of which features are wanted', 'Shown', 'X'),
    ...arraysOfBoth,
  },
  parameters: {},
  usual: [
    { sizes: { M: 4, Z: 2, Hg: 4, X: 2, Hd: 4 } },
    { sizes: { M: 1, Shown: 8 } },
    { sizes: { M: 8, Z: 2, X: 2 } },
  ],
  work: (sizes) => workOfBoth(sizes) + sizes.Shown! * sizes.Hd! * sizes.X!,
  effort,
  sums: 'What is added up for a sample are hyperbolic tangents, which have errors of their own.',
  outputs: {
    x: array('the generated samples', 'M', 'X'),
    features: array('the hidden units of the discriminator for each that is shown', 'Shown', 'Hd'),
  },
  classes: classesOfGenerator,
})

export const testTime = clause({
  id: 'gan.test-time',
  title: 'When training is over samples need the generator alone',
  kind: 'law',
  operations: [afterTraining, generate],
  statement:
    'Samples are what the generator makes of noise. The discriminator has no part in them: with another one, or with none, they are the same to the bit. What the discriminator has learned may be used for something else: its hidden units are features of any sample, real or generated, and they need neither its output nor the generator.',
  formula: String.raw`x = G(z),\qquad f(x) = \max(s, 0.2\, s),\; s = x W + b`,
  domain: 'Any networks, noise and samples.',
  conventions: [
    {
      choice: 'No sample is rejected.',
      others:
        'Rejection sampling asks the discriminator which samples to keep, and is another generator.',
    },
  ],
  source: {
    notes: [
      [682, 682],
      [690, 690],
    ],
    publications: [
      { ...goodfellow, where: 'section 1' },
      { ...dcgan, where: 'section 5.1, for the features' },
    ],
  },
  errata: [],
})
