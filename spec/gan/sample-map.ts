import { clause } from '../language/clause.ts'
import { array, operation } from '../language/operation.ts'
import {
  classesOfGenerator,
  effort,
  generatorArrays,
  sizesOfGenerator,
  workOfGenerator,
} from './network.ts'
import { goodfellow } from './publications.ts'

/** Samples that a generator makes of noise. */
export const generate = operation({
  id: 'gan.generate',
  title: 'Samples of a generator',
  level: 'core',
  dimensions: sizesOfGenerator,
  inputs: { noise: array('the noise, a sample a row', 'M', 'Z'), ...generatorArrays },
  parameters: {},
  usual: [
    { sizes: { M: 4, Z: 2, Hg: 8, X: 2 } },
    { sizes: { M: 8, Z: 4, Hg: 6, X: 2 } },
    { sizes: { M: 1, Z: 8, Hg: 16, X: 3 } },
  ],
  work: workOfGenerator,
  effort,
  outputs: { x: array('the samples', 'M', 'X') },
  classes: classesOfGenerator,
  sums: 'What is added up for a sample are hyperbolic tangents, which have errors of their own.',
})

export const sampleMap = clause({
  id: 'gan.sample-map',
  title: 'A generator makes one sample of each noise vector, whatever else is in the batch',
  kind: 'formula',
  operations: [generate],
  statement:
    'The generator is a function: the same noise gives the same sample, in any batch and at any place of it, and different noise may give the same sample. Hidden units are tanh of a linear function of the noise, and a sample is a linear function of them. To negate all that enters the hidden units and all that leaves them changes nothing; without weights to the hidden units, or from them, every noise vector gives one sample. How noise is distributed decides how samples are, and these are as the training data are only where both distributions are equal.',
  formula: String.raw`G(z) = \tanh(z U + a)\, V + c,\qquad x_i = G(z_i),\qquad z \sim p \Rightarrow G(z) \sim p_g`,
  domain: 'Any noise, and any weights and biases.',
  conventions: [
    {
      choice: 'A sample is a row, and weights stand on its right. No normalization by batch.',
      others:
        'With batch normalization in training mode, as many generators have it, a sample depends on the others of its batch.',
    },
  ],
  source: {
    notes: [
      [586, 586],
      [698, 698],
    ],
    publications: [{ ...goodfellow, where: 'section 3' }],
  },
  errata: [
    {
      id: 'E-57',
      lines: [698, 698],
      says: 'What is generated is taken from the distribution of the training set.',
      counterexample:
        'The training set has the number 1 alone. A generator without output weights and with the output bias 3 gives 3 for any noise, and never 1.',
      correction:
        'It is taken from the distribution of the generator, $p_g$, which is that of the data only where training has made them equal.',
      settledBy: { ...goodfellow, where: 'section 4 and theorem 1' },
    },
  ],
})
