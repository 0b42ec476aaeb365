import { clause } from '../language/clause.ts'
import { array, type CaseView, free, operation, type Sizes } from '../language/operation.ts'
import { choice } from '../language/parameter.ts'
import { effort, generatorArrays, sizesOfGenerator, workOfGenerator } from './network.ts'
import { dcgan } from './publications.ts'

const { M, ...sizes } = sizesOfGenerator

/** Samples on the way from one noise vector to another. */
export const interpolate = operation({
  id: 'gan.interpolate',
  title: 'Samples between two noise vectors',
  level: 'core',
  dimensions: { Points: free(1, 4, 'points of the way'), ...sizes },
  inputs: {
    start: array('the noise that the way begins with', 'Z'),
    end: array('the noise that it ends with', 'Z'),
    shares: array('the share of the way at each point, 0 at the start and 1 at the end', 'Points'),
    ...generatorArrays,
  },
  parameters: {},
  usual: [
    { sizes: { Points: 2 } },
    { sizes: { Points: 9, Z: 2, X: 2 } },
    { sizes: { Points: 5, Z: 8, Hg: 4, X: 3 } },
  ],
  work: (all: Sizes) => workOfGenerator({ ...all, M: all.Points! }),
  effort,
  sums: 'What is added up for a sample are hyperbolic tangents, which have errors of their own.',
  outputs: {
    noise: array('the noise at each point', 'Points', 'Z'),
    x: array('the sample at each point', 'Points', 'X'),
  },
  classes: {
    'at the start': ({ inputs }: CaseView) => inputs.shares!.data.includes(0),
    'at the end': ({ inputs }: CaseView) => inputs.shares!.data.includes(1),
    'in between': ({ inputs }: CaseView) =>
      inputs.shares!.data.some((share: number) => share > 0 && share < 1),
    'beyond the ends': ({ inputs }: CaseView) =>
      inputs.shares!.data.some((share: number) => share < 0 || share > 1),
  },
})

/** Sums and differences of noise, and of the samples that it gives. */
export const latentArithmetic = operation({
  id: 'gan.latentArithmetic',
  title: 'Arithmetic of noise and of samples',
  level: 'core',
  dimensions: { M, ...sizes },
  inputs: {
    a: array('noise of what is begun with', 'M', 'Z'),
    b: array('noise of what is taken away', 'M', 'Z'),
    c: array('noise of what is added', 'M', 'Z'),
    ...generatorArrays,
  },
  parameters: { activation: choice('tanh', 'identity') },
  usual: [
    { sizes: { M: 1 }, parameters: { activation: 'tanh' } },
    { sizes: { M: 4, Z: 8, Hg: 4, X: 3 } },
    { sizes: { M: 2, Z: 2 }, parameters: { activation: 'identity' } },
  ],
  work: (all: Sizes) => 4 * workOfGenerator(all),
  effort: ({ activation }) => (activation === 'tanh' ? 6 : null),
  sums: 'Sums are of sums, or of hyperbolic tangents.',
  outputs: {
    x: array('the samples of a − b + c', 'M', 'X'),
    sum: array('the samples of a, less those of b, and those of c', 'M', 'X'),
  },
  classes: {
    'an affine generator': ({ parameters: p }: CaseView) => p.activation === 'identity',
    'a generator with tanh': ({ parameters: p }: CaseView) => p.activation === 'tanh',
    'one sample': ({ sizes: all }: CaseView) => all.M === 1,
    'several samples': ({ sizes: all }: CaseView) => all.M! > 1,
  },
})

export const latentInterpolation = clause({
  id: 'gan.latent-interpolation',
  title: 'Samples change continuously on the way from one noise vector to another',
  kind: 'law',
  operations: [interpolate],
  statement:
    'At the share $\\lambda$ of the way the noise is $(1 - \\lambda) z_1 + \\lambda z_2$. The way begins with the sample of $z_1$ and ends with that of $z_2$; from the other end, with $1 - \\lambda$, it is the same. Samples at two points are no farther apart than the norms of the weights of all layers, multiplied, times the distance of the noise, since tanh brings nothing farther apart. Where hidden units are nearly linear, samples are nearly on a line; a mean of samples they are not in general.',
  formula: String.raw`z_\lambda = (1 - \lambda) z_1 + \lambda z_2,\qquad \lVert G(z_\lambda) - G(z_\mu) \rVert \le \lVert U \rVert\, \lVert V \rVert\, |\lambda - \mu|\, \lVert z_1 - z_2 \rVert`,
  domain: 'Any two noise vectors; shares between 0 and 1, and beyond them.',
  conventions: [
    {
      choice: 'The way is a line.',
      others:
        'For Gaussian noise, whose middle is shorter, many go along a great circle, which keeps the norm of two equally long vectors.',
    },
  ],
  evaluations: [{ way: 'as the start and a share of the difference' }],
  source: {
    notes: [[698, 698]],
    publications: [{ ...dcgan, where: 'section 6.1 and figure 4' }],
  },
  errata: [],
})

export const latentArithmeticClause = clause({
  id: 'gan.latent-arithmetic',
  title: 'Arithmetic of noise is arithmetic of samples exactly where the generator is affine',
  kind: 'theorem',
  operations: [latentArithmetic],
  statement:
    'Of an affine generator, the sample of $a - b + c$ is the sample of $a$ less that of $b$ and that of $c$, biases included. With tanh both differ by an amount that is of second order: by at most $4/(3\\sqrt3)$, the largest curvature of tanh, times what $a - b$ and $c - b$ change at each hidden unit, weighed by the output weights. Where $a = b$ or $c = b$ they are the same for any generator.',
  formula: String.raw`|G(a - b + c) - G(a) + G(b) - G(c)|_j \le \frac{4}{3\sqrt3} \sum_i |V_{ij}|\, |(a - b) U|_i\, |(c - b) U|_i`,
  domain: 'A generator with one hidden layer, of tanh or of the identity.',
  conventions: [],
  source: {
    notes: [[698, 698]],
    publications: [{ ...dcgan, where: 'section 6.3.2' }],
  },
  errata: [],
})
