import { clause } from '../language/clause.ts'
import { array, type CaseView, free, nonnegative, operation } from '../language/operation.ts'
import { mescheder, principledMethods } from './publications.ts'
import { pointDivergences } from './wgan-continuity.ts'

/** What a discriminator with a single weight says of a generator that gives a single point. */
export const diracLosses = operation({
  id: 'gan.diracLosses',
  title: 'Losses of a generator of one point and of a discriminator with one weight',
  level: 'core',
  dimensions: { N: free(1, 6, 'pairs of a generator and a discriminator') },
  inputs: {
    theta: array('where each generator has its point; all data are 0', 'N'),
    psi: array('the weight of each discriminator', 'N'),
  },
  parameters: {},
  usual: [{ sizes: { N: 1 } }, { sizes: { N: 10 } }],
  effort: () => 16,
  outputs: {
    distance: nonnegative('how far the point is from the data', 'N'),
    discriminator: array('the value that the discriminator maximizes', 'N'),
    saturating: array('the loss of the generator in the minimax game', 'N'),
    nonSaturating: nonnegative('the loss of the generator that does not saturate', 'N'),
  },
  classes: {
    'a sample that is taken for real': ({ inputs: { theta, psi } }: CaseView) =>
      theta!.data.some((v: number, n: number) => v * psi!.data[n]! > 0),
    'a sample that is rejected': ({ inputs: { theta, psi } }: CaseView) =>
      theta!.data.some((v: number, n: number) => v * psi!.data[n]! < 0),
    'a discriminator that says nothing': ({ inputs: { psi } }: CaseView) =>
      psi!.data.some((v: number) => v === 0),
  },
})

export const decoupling = clause({
  id: 'gan.loss-quality-decoupling',
  title: 'The loss of a generator does not say how near its samples are to the data',
  kind: 'theorem',
  operations: [pointDivergences, diracLosses],
  statement:
    'Let all data be the point 0, and all that is generated the point $\\theta$. Against its best discriminator the value of the game is $2\\,\\mathrm{JSD} - \\ln 4 = 0$ for every $\\theta$ but 0: the same whatever the distance. Against any other, the loss depends on the discriminator as much as on the sample. With $D(x) = \\sigma(\\psi x)$ and $\\psi \\theta < 0$, so that the sample is rejected, the same sample has a lower loss where $|\\psi|$ is smaller, and a nearer sample with a strong discriminator may have a higher one than a sample that is farther off with a weak one. Losses of two generators can be compared only against the same discriminator.',
  formula: String.raw`\max_D V(\delta_\theta, D) = 0 \;(\theta \ne 0),\qquad D(x) = \sigma(\psi x):\; V = -\ln 2 + \ln(1 - \sigma(\psi\theta)),\quad E_{sat} = \ln(1 - \sigma(\psi\theta)),\quad E = -\ln \sigma(\psi\theta)`,
  domain: 'Any finite numbers.',
  conventions: [
    {
      choice: 'The discriminator gives the probability of real data.',
      others:
        'The publication gives it the opposite sign, so that a positive logit means generated.',
    },
  ],
  source: {
    notes: [[702, 702]],
    publications: [
      { ...principledMethods, where: 'theorems 2.1 and 2.2' },
      { ...mescheder, where: 'definition 2.1, the Dirac-GAN' },
    ],
  },
  errata: [],
})
