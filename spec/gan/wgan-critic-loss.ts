import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import {
  array,
  type CaseView,
  free,
  nonnegative,
  operation,
  type Sizes,
  some,
} from '../language/operation.ts'
import { vallender, wassersteinGan } from './publications.ts'

/** What a critic is trained by, and what the generator is. */
export const criticLoss = operation({
  id: 'gan.criticLoss',
  title: 'Losses of a critic and of the generator that it judges',
  level: 'core',
  dimensions: { M: free(1, 6, 'samples of a batch') },
  inputs: {
    real: array('what the critic gives for each real sample', 'M'),
    generated: array('what it gives for each generated sample', 'M'),
  },
  parameters: {},
  usual: [{ sizes: { M: 4 } }, { sizes: { M: 64 } }],
  effort: () => 4,
  sums: 'Terms are added up and none is a product.',
  outputs: {
    estimate: array('by how much the critic gives more for real samples than for generated ones'),
    critic: array('the loss that the critic minimizes'),
    generator: array('the loss that the generator minimizes'),
  },
  classes: {
    'one sample': ({ sizes }: CaseView) => sizes.M === 1,
    'several samples': ({ sizes }: CaseView) => sizes.M! > 1,
    'a critic that prefers generated samples': ({ inputs: { real, generated } }: CaseView) =>
      sumOf(real!.data) < sumOf(generated!.data),
  },
})

/** Their gradients. */
export const criticLossGradient = gradientOf(criticLoss, {
  title: 'Gradients of the losses of a critic and of its generator',
})

/** How far two batches of numbers are from each other. */
export const sampleDistance = operation({
  id: 'gan.sampleDistance',
  title: 'Wasserstein distance of two batches of numbers',
  level: 'core',
  dimensions: { M: free(1, 6, 'samples of a batch') },
  inputs: {
    real: array('the real samples, in any order', 'M'),
    generated: array('the generated ones', 'M'),
  },
  parameters: {},
  usual: [{ sizes: { M: 4 } }, { sizes: { M: 64 } }],
  effort: () => 4,
  sums: 'Terms are added up and none is a product.',
  outputs: { distance: nonnegative('the distance') },
  classes: {
    'one sample': ({ sizes }: CaseView) => sizes.M === 1,
    'samples that are equal': ({ inputs: { real }, sizes }: CaseView) =>
      new Set(real!.data).size < sizes.M!,
    'an order that is not ascending': ({ inputs: { real } }: CaseView) =>
      real!.data.some((v: number, at: number) => at > 0 && v < real!.data[at - 1]!),
  },
})

/** How far two distributions on a line are from each other, each of points with masses. */
export const lineDistance = operation({
  id: 'gan.lineDistance',
  title: 'Wasserstein distance of two distributions on a line',
  level: 'core',
  dimensions: {
    N: free(1, 5, 'points of the data'),
    M: free(1, 5, 'points that are generated'),
  },
  inputs: {
    places: array('where the points of the data are, in any order', 'N'),
    data: some(nonnegative('the mass of each of them', 'N')),
    generatedPlaces: array('where the generated points are', 'M'),
    generated: some(nonnegative('the mass of each of them', 'M')),
  },
  parameters: {},
  usual: [{ sizes: { N: 4, M: 4 } }, { sizes: { N: 10, M: 3 } }],
  work: ({ N, M }: Sizes) => 4 * (N! + M!),
  effort: () => 6,
  sums: 'Factors are sums and differences.',
  outputs: { distance: nonnegative('the distance') },
  classes: {
    'one point each': ({ sizes }: CaseView) => sizes.N === 1 && sizes.M === 1,
    'points at the same place': ({ inputs: { places }, sizes }: CaseView) =>
      new Set(places!.data).size < sizes.N!,
    'a place in common': ({ inputs: { places, generatedPlaces } }: CaseView) =>
      places!.data.some((v: number) => [...generatedPlaces!.data].includes(v)),
    'a point without mass': ({ inputs: { data } }: CaseView) =>
      data!.data.some((v: number) => v === 0),
    'masses that add up differently': ({ inputs: { data, generated } }: CaseView) =>
      sumOf(data!.data) !== sumOf(generated!.data),
  },
})

function sumOf(data: ArrayLike<number>): number {
  return Array.from(data).reduce((sum, v) => sum + v, 0)
}

export const criticLossClause = clause({
  id: 'gan.wgan.critic-loss',
  title: 'The best critic with slopes of at most 1 measures the Wasserstein distance',
  kind: 'theorem',
  operations: [criticLoss, criticLossGradient, sampleDistance, lineDistance],
  statement:
    'The Wasserstein distance is the least mean distance over which mass has to be moved. By duality it is the largest difference that a function with slopes of at most 1 makes between the means of both distributions: any such function gives less or as much, and one of them gives the distance. So a critic $f$ maximizes $\\frac1m \\sum f(x_i) - \\frac1m \\sum f(G(z_i))$, without logarithm or sigmoid, and the generator minimizes $-\\frac1m \\sum f(G(z_i))$. A constant that is added to the critic changes nothing of what it measures; a factor does. On a line no critic is needed: the distance is the area between both distribution functions, and of two batches of as many samples the mean distance of the sorted ones. It is symmetric, satisfies the triangle inequality, and moving everything by $t$ is at the distance $|t|$.',
  formula: String.raw`W_1(p, q) = \min_{\pi} \mathbb{E}_{(x, y) \sim \pi}\, d(x, y) = \max_{|f(x) - f(y)| \le d(x, y)} \mathbb{E}_p f - \mathbb{E}_q f,\qquad W_1 = \int |F_p - F_q| \,dt = \frac1m \sum_i |x_{(i)} - y_{(i)}|`,
  domain: 'Any finite numbers; masses that are not negative, of which some are above 0.',
  conventions: [
    {
      choice:
        'The critic gives more for real samples, and minimizes the negative of what it measures.',
      others: 'Programs that let it give less for them have all signs turned round.',
    },
    {
      choice: 'Masses are divided by their sum.',
      others: 'Some ask for probabilities, or give a distance in units of mass times length.',
    },
    {
      choice:
        'An operation gives the distance on a line. In other spaces it is a linear program with one variable a pair of points, whose pivots depend on what was computed before, so that it does not suit a GPU; there, critics are held to the least mean over all pairings of a few samples.',
      others:
        'Entropic regularization gives an approximation, which is larger, by matrix products.',
    },
  ],
  source: {
    notes: [[713, 713]],
    publications: [
      { ...wassersteinGan, where: 'equations 1 to 3 and algorithm 1' },
      { ...vallender, where: 'the distance on a line' },
    ],
  },
  errata: [
    {
      id: 'E-83',
      lines: [713, 713],
      says: 'The lower the new loss is, the better are the samples.',
      counterexample:
        'A real sample at 0, a generated one at 1: the critic −x measures 1, their distance. The critic −10 x measures 10 for the same samples.',
      correction:
        'What is measured is the distance only of critics whose slopes are at most 1, and of the best of them. That it goes with how samples look is an observation.',
      settledBy: { ...wassersteinGan, where: 'equation 2' },
    },
  ],
})
