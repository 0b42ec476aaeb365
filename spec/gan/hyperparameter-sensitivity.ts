import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  derived,
  free,
  nonnegative,
  operation,
  type Parameters,
  type Sizes,
} from '../language/operation.ts'
import { choice, integer, real } from '../language/parameter.ts'
import { mescheder } from './publications.ts'

/** Gradient steps of a generator of one point and a discriminator with one weight, both at once. */
export const diracSteps = operation({
  id: 'gan.diracSteps',
  title: 'Gradient steps of a generator of one point and a discriminator with one weight',
  level: 'core',
  dimensions: {
    N: free(1, 4, 'games'),
    T: derived((_, { steps }: Parameters) => steps, 'steps'),
  },
  inputs: {
    theta: array('where each generator has its point before the first step; all data are 0', 'N'),
    psi: array('the weight of each discriminator before the first step', 'N'),
  },
  parameters: {
    rate: real({ min: 0, from: 0, to: 2, values: [0.5, 1, 0.125] }),
    penalty: real({ min: 0, from: 0, to: 2, values: [0.5, 1, 0.125] }),
    steps: integer({ min: 1, upTo: 4, max: 10_000 }),
    loss: choice('saturating', 'non-saturating'),
  },
  usual: [
    { sizes: { N: 1 }, parameters: { rate: 0.1, penalty: 0.3, loss: 'non-saturating' } },
    { sizes: { N: 1 }, parameters: { rate: 0.1, penalty: 0, loss: 'saturating' } },
    { parameters: { rate: 0.1, penalty: 1 } },
  ],
  work: ({ N, T }: Sizes) => 4 * N! * T!,
  effort: () => 16,
  states: ['theta', 'psi'],
  outputs: {
    theta: array('where the point is after each step', 'T', 'N'),
    psi: array('the weight after each step', 'T', 'N'),
  },
  classes: {
    'the loss of the minimax game': ({ parameters: p }: CaseView) => p.loss === 'saturating',
    'the loss that does not saturate': ({ parameters: p }: CaseView) => p.loss === 'non-saturating',
    'no penalty': ({ parameters: p }: CaseView) => p.penalty === 0,
    'a penalty': ({ parameters: p }: CaseView) => p.penalty > 0,
    'several steps': ({ parameters: p }: CaseView) => p.steps > 1,
  },
})

/** How fast steps of the Dirac-GAN near its equilibrium come to it, or leave it. */
export const diracStability = operation({
  id: 'gan.diracStability',
  title: 'Spectral radius of steps of the Dirac-GAN, and the largest rate',
  level: 'core',
  dimensions: { N: free(1, 6, 'pairs of a rate and a penalty') },
  inputs: {
    rate: nonnegative('the rate of both players', 'N'),
    penalty: nonnegative('the weight of the penalty', 'N'),
  },
  parameters: {},
  usual: [{ sizes: { N: 1 } }, { sizes: { N: 10 } }],
  effort: () => 16,
  outputs: {
    radius: nonnegative('by which factor steps bring the players nearer, in the long run', 'N'),
    largestRate: nonnegative('the rate below which they come nearer', 'N'),
  },
  classes: {
    'a penalty below 1, so that steps turn': ({ inputs: { penalty } }: CaseView) =>
      penalty!.data.some((v: number) => v > 0 && v < 1),
    'a penalty above 1': ({ inputs: { penalty } }: CaseView) =>
      penalty!.data.some((v: number) => v > 1),
    'a penalty of 1': ({ inputs: { penalty } }: CaseView) =>
      penalty!.data.some((v: number) => v === 1),
    'no penalty': ({ inputs: { penalty } }: CaseView) => penalty!.data.some((v: number) => v === 0),
  },
})

export const sensitivity = clause({
  id: 'gan.hyperparameter-sensitivity',
  title: 'Steps converge with a penalty, and only below a rate that depends on it',
  kind: 'theorem',
  operations: [diracSteps, diracStability],
  statement:
    'All data are 0, the generator gives the point $\\theta$, and the discriminator is $D(x) = \\sigma(\\psi x)$. Both take a gradient step at once, and the discriminator pays $\\frac{\\gamma}{2} \\psi^2$, half the squared slope of its logit at the data times $\\gamma$. Without a penalty, $\\theta^2 + \\psi^2$ grows by $1 + \\eta^2 \\sigma(\\psi\\theta)^2$ in every step of the minimax game: no rate converges. With one, a step at the equilibrium 0 is linear, and its spectral radius is below 1 exactly for rates below $4\\gamma$ where $\\gamma \\le 1$, and below $4 / (\\gamma + \\sqrt{\\gamma^2 - 1})$ where it is above. Both losses of the generator have the same slope there, and the same limit. A few per cent of the rate, or of the penalty, decide whether training converges.',
  formula: String.raw`\begin{aligned} &\theta_{t+1} = \theta_t + \eta\, \sigma(\pm\psi_t \theta_t)\, \psi_t,\qquad \psi_{t+1} = \psi_t - \eta\, \bigl(\sigma(\psi_t \theta_t)\, \theta_t + \gamma \psi_t\bigr) \\ &J = \begin{pmatrix} 1 & \eta / 2 \\ -\eta / 2 & 1 - \eta\gamma \end{pmatrix},\qquad \rho(J) = \begin{cases} \sqrt{1 - \eta\gamma + \eta^2 / 4} & \gamma \le 1 \\ \max\bigl(|1 - \eta s / 2|,\, |1 - \eta / (2 s)|\bigr),\; s = \gamma + \sqrt{\gamma^2 - 1} & \gamma > 1 \end{cases} \\ &\eta_{max} = \begin{cases} 4\gamma & \gamma \le 1 \\ 4 / s & \gamma > 1 \end{cases} \end{aligned}`,
  domain: 'Rates and penalties that are not negative.',
  conventions: [
    {
      choice: 'Both players step at once, from the parameters before the step.',
      others: 'Where they step in turn, steps without a penalty turn around the equilibrium.',
    },
    {
      choice: 'The sign + is that of the minimax game, − that of the loss that does not saturate.',
      others: 'The publication gives the discriminator the opposite sign.',
    },
    {
      choice: 'The penalty is that at real data, half of its weight times the squared slope.',
      others: 'Programs differ by the factor of one half.',
    },
  ],
  source: {
    notes: [[704, 704]],
    publications: [
      {
        ...mescheder,
        where: 'section 2, on the Dirac-GAN, and on zero-centered gradient penalties',
      },
    ],
  },
  errata: [],
})
