import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import {
  array,
  bits,
  type CaseView,
  type Constraint,
  free,
  operation,
  type Usual,
} from '../language/operation.ts'
import { boolean, real } from '../language/parameter.ts'

export const dropoutRate = real({ min: 0, max: 1, from: 0, to: 0.9, values: [0, 0.25, 0.5] })

/** Something has to stay: what is kept is divided by the share that is kept. */
export const rateBelowOne: Constraint = {
  says: 'a rate below 1, so that something is kept',
  argument: 'rate',
  holds: (_, { rate }) => rate < 1,
  repair: (parameters) => (parameters.rate < 1 ? parameters : { ...parameters, rate: 0.5 }),
  violate: (parameters) => ({ ...parameters, rate: 1 }),
}

/** The rates of hidden layers and of inputs, and the layer as it is used after training. */
export const usualDropout: readonly Usual[] = [
  { parameters: { rate: 0.5, training: true } },
  { parameters: { rate: 0.2, training: true } },
  { parameters: { rate: 0.1, training: true } },
  { parameters: { rate: 0.5, training: false } },
]

const dimensions = { N: free(1, 3, 'samples'), D: free(1, 6, 'units') } as const
const parameters = { rate: dropoutRate, training: boolean } as const

const classes = {
  training: ({ parameters }: CaseView) => parameters.training,
  'after training': ({ parameters }: CaseView) => !parameters.training,
  'rate 0': ({ parameters }: CaseView) => parameters.training && parameters.rate === 0,
  'rate one half': ({ parameters }: CaseView) => parameters.training && parameters.rate === 0.5,
  'rate not one half': ({ parameters }: CaseView) =>
    parameters.training && parameters.rate > 0 && parameters.rate !== 0.5,
  'some dropped, some kept': ({ inputs }: CaseView) =>
    inputs.mask!.data.includes(0) && inputs.mask!.data.includes(1),
  'other units in other samples': ({ sizes, inputs }: CaseView) =>
    inputs.mask!.data.some(
      (bit: number, at: number, all: ArrayLike<number>) => bit !== all[at % sizes.D!],
    ),
} as const

const mask = bits('which units are kept: 1, with probability 1 − rate', 'N', 'D')

/** Units switched off at random, the others scaled up. */
export const dropout = operation({
  id: 'cnn.dropout',
  title: 'Inverted dropout with a given mask',
  level: 'core',
  dimensions,
  inputs: { x: array('the units of each sample', 'N', 'D'), mask },
  parameters,
  constraints: [rateBelowOne],
  usual: usualDropout,
  outputs: { y: array('what is left of them', 'N', 'D') },
  classes,
})

/** The gradient passes where the unit passed, scaled in the same way. */
export const dropoutGradient = gradientOf(dropout, {
  title: 'Gradient of inverted dropout',
  by: ['x'],
  without: ['x'],
})

const srivastava = {
  title:
    'Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov (2014), Dropout: a simple way to prevent neural networks from overfitting',
} as const

export const semantics = clause({
  id: 'cnn.dropout.semantics',
  title: 'Dropout keeps the mean of every unit, and adds a variance that its rate tells',
  kind: 'statistical',
  operations: [dropout, dropoutGradient],
  statement:
    'In training each unit is kept with probability $1 - p$, independently of all others, and divided by $1 - p$ if kept, set to 0 if not. After training nothing is dropped and nothing scaled. The mask is an input. Over all masks, each with its probability, the mean of a unit is the unit itself, its variance is $x^2 p / (1 - p)$, and two units are uncorrelated; so a linear layer that follows gives in the mean what it gives without dropout. Both are checked by going through every mask, without chance. The gradient passes where the unit passed.',
  formula: String.raw`y = \frac{m \odot x}{1 - p},\quad m_i \sim \mathrm{Bernoulli}(1 - p);\qquad \mathbb E\, y_i = x_i,\quad \mathrm{Var}\, y_i = \frac{p}{1 - p}\, x_i^2,\quad \mathrm{Cov}(y_i, y_j) = 0`,
  domain: 'Rates 0 ≤ p < 1.',
  conventions: [
    {
      choice: 'The rate is the probability to drop; units are scaled in training.',
      others:
        'Srivastava et al. give the probability to keep, scale nothing in training and multiply by it afterwards: (1 − p) times what we give, both times.',
    },
    {
      choice: 'The mask has a bit for every unit of every sample.',
      others: 'Spatial dropout shares a bit among all places of a channel.',
    },
  ],
  evaluations: [
    { way: '$x$ times the rounded $1/(1-p)$' },
    { way: '$x$ times a mask that holds 0 and $1/(1-p)$' },
  ],
  source: {
    notes: [[84, 84]],
    publications: [
      { ...srivastava, where: 'section 4' },
      { ...srivastava, where: 'section 10' },
    ],
  },
  errata: [],
})
