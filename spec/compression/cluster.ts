import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  type Constraint,
  derived,
  free,
  operation,
  ranged,
} from '../language/operation.ts'
import { integer } from '../language/parameter.ts'
import { deepCompression, lloyd } from './publications.ts'
import { placesOf, values } from './sharing.ts'

const dimensions = {
  P: free(1, 8, 'weights'),
  K: derived((_, { values }) => values, 'values of the codebook'),
}

/** The value of a codebook that is nearest to a weight, of equally near ones the first. */
function nearest(weight: number, codebook: ArrayLike<number>): number {
  const distances = Array.from(codebook, (c) => Math.abs(weight - c))
  return distances.indexOf(Math.min(...distances))
}

const codesOf = ({ inputs: { weights, codebook } }: CaseView) =>
  Array.from(weights!.data, (w) => nearest(w, codebook!.data))

/** One round of the algorithm of Lloyd. */
export const clusterStep = operation({
  id: 'compression.clusterStep',
  title: 'A round of clustering: nearest values, and then their means',
  level: 'core',
  dimensions,
  inputs: {
    weights: array('the weights', 'P'),
    codebook: array('the values before the round', 'K'),
  },
  parameters: { values },
  usual: [
    { parameters: { values: 2 } },
    { parameters: { values: 4 } },
    { sizes: { P: 9 }, parameters: { values: 300 } },
  ],
  effort: () => 4,
  sums: 'What is squared is rounded before.',
  outputs: {
    codes: ranged(placesOf, array('the place of the nearest value, for each weight', 'P')),
    codebook: array('the mean of the weights of each value', 'K'),
    before: array('the squared distance of the weights from their old values'),
    after: array('that from the new ones'),
  },
  classes: {
    'one value': ({ sizes }: CaseView) => sizes.K === 1,
    'several values': ({ sizes }: CaseView) => sizes.K! > 1,
    'more values than weights': ({ sizes }: CaseView) => sizes.K! > sizes.P!,
    'a value that no weight is near': (the: CaseView) => new Set(codesOf(the)).size < the.sizes.K!,
    'several weights of one value': (the: CaseView) => new Set(codesOf(the)).size < the.sizes.P!,
    'a weight halfway between two values': ({ inputs: { weights, codebook } }: CaseView) =>
      weights!.data.some((w: number) => {
        const distances = Array.from(codebook!.data as ArrayLike<number>, (c) => Math.abs(w - c))
        const least = Math.min(...distances)
        return least > 0 && distances.filter((d) => d === least).length > 1
      }),
    'two equal values': ({ inputs: { codebook } }: CaseView) =>
      new Set(codebook!.data).size < codebook!.data.length,
  },
})

/** Where clustering begins. */
export const linearCodebook = operation({
  id: 'compression.linearCodebook',
  title: 'Values at equal distances from the least weight to the largest',
  level: 'core',
  dimensions,
  inputs: { weights: array('the weights', 'P') },
  parameters: { values },
  usual: [{ parameters: { values: 16 } }, { parameters: { values: 32 } }],
  effort: () => 4,
  outputs: { codebook: array('the values', 'K') },
  classes: {
    'one value': ({ sizes }: CaseView) => sizes.K === 1,
    'two values': ({ sizes }: CaseView) => sizes.K === 2,
    'several values': ({ sizes }: CaseView) => sizes.K! > 2,
    'all weights equal': ({ inputs: { weights } }: CaseView) => new Set(weights!.data).size === 1,
    'weights of either sign': ({ inputs: { weights } }: CaseView) =>
      weights!.data.some((w: number) => w < 0) && weights!.data.some((w: number) => w > 0),
  },
})

const noMoreThanWeights: Constraint = {
  says: 'no more values than weights',
  argument: 'values',
  holds: (_, { values, weights }) => values <= weights,
  repair: (parameters) => ({
    ...parameters,
    values: Math.min(parameters.values, parameters.weights),
  }),
  violate: (parameters) => ({ ...parameters, values: parameters.weights + 1 }),
}

/** How much smaller weights get by a codebook. */
export const clusterRate = operation({
  id: 'compression.clusterRate',
  title: 'Compression rate of weights that share the values of a codebook',
  level: 'core',
  dimensions: {},
  inputs: {},
  parameters: {
    weights: integer({ min: 1, upTo: 5000 }),
    bits: integer({ min: 1, upTo: 64, max: 64 }),
    values: integer({ min: 1, upTo: 300 }),
  },
  constraints: [noMoreThanWeights],
  usual: [
    { parameters: { weights: 16, bits: 32, values: 4 } },
    { parameters: { weights: 37_748_736, bits: 32, values: 32 } },
    { parameters: { weights: 884_736, bits: 32, values: 256 } },
    { parameters: { weights: 100, bits: 16, values: 100 } },
  ],
  outputs: {
    codeBits: array('the whole bits of a code'),
    stored: array('the bits of codes and codebook'),
    rate: array('how many times smaller the weights get'),
    ideal: array('the same if a code took the logarithm of how many there are'),
  },
  classes: {
    'one value': ({ parameters: p }: CaseView) => p.values === 1,
    'a power of two': ({ parameters: p }: CaseView) =>
      p.values > 1 && Number.isInteger(Math.log2(p.values)),
    'no power of two': ({ parameters: p }: CaseView) => !Number.isInteger(Math.log2(p.values)),
    'as many values as weights': ({ parameters: p }: CaseView) => p.values === p.weights,
    'one more than a power of two': ({ parameters: p }: CaseView) =>
      p.values > 2 && Number.isInteger(Math.log2(p.values - 1)),
  },
})

export const clusterClause = clause({
  id: 'compression.sharing.cluster-quantise',
  title: 'Weights that are similar share the mean of their cluster',
  kind: 'algorithm',
  operations: [linearCodebook, clusterStep, clusterRate],
  statement:
    'After training, weights are given the nearest value of a small codebook, and each value becomes the mean of its weights. Neither half of such a round makes the sum of squared distances larger, and rounds end where nothing changes. Where that ends depends on where it began, and it is never below the least sum that any codebook of that size has; with as many values as different weights that is 0. No weight is further from the mean of its $m$ weights than $1 - 1/m$ of their range, which three weights of 0 and one of 1 attain. A shift or a factor of weights and values is one of the new values, and codes stay. Stored are the codes and the codebook.',
  formula: String.raw`\sigma(i) = \min \arg\min_k (w_i - c_k)^2,\qquad c_k' = \frac{1}{n_k}\sum_{\sigma(i) = k} w_i,\qquad c_k^{(0)} = w_{\min} + \frac{k}{K - 1}(w_{\max} - w_{\min}),\qquad \rho = \frac{nb}{n\lceil\log_2 K\rceil + Kb}`,
  domain:
    'Any weights and values. A weight that rounding may put on either side of the middle between two values is not judged.',
  conventions: [
    {
      choice: 'A weight that is equally near to two values has the first of them.',
      others: 'Libraries differ, and some say nothing.',
    },
    {
      choice: 'A value that no weight is near stays where it is.',
      others: 'Some put it on the weight that is furthest from its value, or drop it.',
    },
    {
      choice: 'Clustering begins at equal distances; a single value begins in the middle.',
      others:
        'Han et al. compare this with values of random weights and with quantiles, which have few values among the large weights, and find it best.',
    },
    {
      choice: 'A code has whole bits, none where there is one value.',
      others:
        'The formula as printed takes the logarithm itself, which variable-length codes come near to.',
    },
  ],
  evaluations: [
    { way: 'the first values as an interpolation between both ends' },
    { way: 'the first values by steps of a rounded size' },
  ],
  source: {
    notes: [[169, 169]],
    publications: [
      { ...deepCompression, where: 'section 3 and equations 1 and 2' },
      { ...lloyd, where: 'section IV' },
    ],
  },
  errata: [],
})
