import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  type Constraint,
  free,
  nonnegative,
  operation,
  ranged,
} from '../language/operation.ts'
import { integer, real } from '../language/parameter.ts'
import { clauset, fedProx, numpyPareto } from './publications.ts'

const mostAboveLeast: Constraint = {
  says: 'most is not below least',
  argument: 'most',
  holds: (_, { least, most }) => most >= least,
  repair: (parameters) => ({ ...parameters, most: Math.max(parameters.least, parameters.most) }),
  violate: ({ least, ...others }) => ({ ...others, least: Math.max(2, least), most: 1 }),
}

/** How many points clients have, where a few have most of them. */
export const powerLawSizes = operation({
  id: 'federated.powerLawSizes',
  title: 'Numbers of points by a power law',
  level: 'core',
  dimensions: { K: free(1, 6, 'clients') },
  inputs: {
    draws: nonnegative('a draw of the exponential distribution of mean 1 for each client', 'K'),
  },
  parameters: {
    exponent: real({ min: 1, open: true, max: 10, from: 1.25, to: 4, values: [1.5, 2, 2.5, 3] }),
    least: integer({ min: 1, upTo: 10, max: 2 ** 20 }),
    most: integer({ min: 1, upTo: 200, max: 2 ** 20 }),
  },
  constraints: [mostAboveLeast],
  usual: [
    { sizes: { K: 100 }, parameters: { exponent: 2, least: 1, most: 100 } },
    { sizes: { K: 30 }, parameters: { exponent: 2.5, least: 10, most: 200 } },
    { parameters: { exponent: 3, least: 5, most: 5 } },
  ],
  effort: () => 10,
  sums: 'Its sum is of whole numbers.',
  outputs: {
    counts: ranged(
      ({ least, most }) => [least, most],
      array('how many points each client has', 'K'),
    ),
    points: array('how many they have together'),
  },
  classes: {
    'one client': ({ sizes }: CaseView) => sizes.K === 1,
    'a draw of 0': ({ inputs }: CaseView) => inputs.draws!.data.includes(0),
    'as many at most as at least': ({ parameters: p }: CaseView) => p.most === p.least,
    'a client that is cut off': ({ inputs, parameters: p }: CaseView) =>
      inputs.draws!.data.some((e) => p.least * Math.exp(e / (p.exponent - 1)) >= p.most + 1),
    'a client between both ends': ({ inputs, parameters: p }: CaseView) =>
      inputs.draws!.data.some((e) => {
        const size = p.least * Math.exp(e / (p.exponent - 1))
        return size >= p.least + 1 && size < p.most
      }),
  },
})

export const tail = clause({
  id: 'federated.power-law',
  title: 'Numbers of points fall off as a power of themselves',
  kind: 'statistical',
  operations: [powerLawSizes],
  statement:
    'Each client draws how many points it has, so that sizes of which the density falls off with the power $\\alpha$ come out: at least $j$ points has a client with the probability $(m / j)^{\\alpha - 1}$, for every whole $j$ from the least number $m$ to the most. With an exponential draw $E$ that is $m$ times the exponential function of $E / (\\alpha - 1)$, rounded down and cut off at the most. Larger draws never give fewer points, and a draw of 0 gives the least number. The smaller the exponent, the more clients have far more points than others; below 2, the mean grows with the most that is allowed.',
  formula: String.raw`n_k = \min\bigl( n_{\max},\ \lfloor m\, e^{E_k / (\alpha - 1)} \rfloor \bigr),\quad P(E_k \ge e) = \exp(-e);\qquad P(n_k \ge j) = \Bigl( \frac mj \Bigr)^{\alpha - 1},\quad m \le j \le n_{\max}`,
  domain:
    'Exponents above 1, whole numbers of points from 1 to $2^{20}$, and draws that are not negative.',
  conventions: [
    {
      choice: 'The exponent is that of the density.',
      others: 'The shape of a Pareto distribution is that of the tail, one less.',
    },
    {
      choice: 'Numbers begin with the least one: where a draw is 0, it is what comes out.',
      others:
        '`pareto` of NumPy begins with 0: it is the distribution of Lomax, to which 1 has to be added before the product with $m$.',
    },
    {
      choice: 'What is above the most is the most.',
      others: 'Some draw again; then every probability is another one.',
    },
    {
      choice: 'A power law.',
      others:
        'Code of publications that say so often draws from a log-normal distribution, of which the tail is lighter.',
    },
  ],
  source: {
    notes: [[494, 494]],
    publications: [
      { ...clauset, where: 'section 2 and appendix D' },
      { ...fedProx, where: 'section 5.1' },
      { ...numpyPareto, where: 'description' },
    ],
  },
  errata: [],
})
