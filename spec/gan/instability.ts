import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  derived,
  free,
  operation,
  type Parameters,
  type Sizes,
} from '../language/operation.ts'
import { choice, integer, real } from '../language/parameter.ts'
import { gidel, mescheder } from './publications.ts'

/** Gradient steps of two players, one of whom pays the other the inner product of what they play. */
export const bilinearGame = operation({
  id: 'gan.bilinearGame',
  title: 'Gradient steps of two players of a bilinear game',
  level: 'core',
  dimensions: {
    P: free(1, 4, 'parameters of each player'),
    T: derived((_, { steps }: Parameters) => steps, 'steps'),
  },
  inputs: {
    x: array('the parameters of the player who minimizes, before the first step', 'P'),
    y: array('those of the player who maximizes', 'P'),
  },
  parameters: {
    rate: real({ min: 0, from: 0, to: 1.5, values: [0.5, 1, 0.25, 0.1] }),
    steps: integer({ min: 1, upTo: 5, max: 10_000 }),
    order: choice('simultaneous', 'alternating'),
  },
  usual: [
    { sizes: { P: 1 }, parameters: { rate: 0.1, order: 'simultaneous' } },
    { sizes: { P: 2 }, parameters: { rate: 0.1, order: 'alternating' } },
    { sizes: { P: 64 }, parameters: { rate: 1, order: 'alternating' } },
  ],
  work: ({ P, T }: Sizes) => 2 * P! * T!,
  effort: () => 6,
  states: ['x', 'y'],
  outputs: {
    x: array('the parameters of the player who minimizes, after each step', 'T', 'P'),
    y: array('those of the player who maximizes', 'T', 'P'),
  },
  classes: {
    'simultaneous steps': ({ parameters: p }: CaseView) => p.order === 'simultaneous',
    'alternating steps': ({ parameters: p }: CaseView) => p.order === 'alternating',
    'several steps': ({ parameters: p }: CaseView) => p.steps > 1,
    'no rate': ({ parameters: p }: CaseView) => p.rate === 0,
    'both at rest': ({ inputs: { x, y } }: CaseView) =>
      [...x!.data, ...y!.data].every((v) => v === 0),
  },
})

export const oscillation = clause({
  id: 'gan.instability.oscillation',
  title: 'Gradient steps of both players leave the equilibrium, or turn around it',
  kind: 'theorem',
  operations: [bilinearGame],
  statement:
    'One player minimizes $x^\\top y$ over $x$, the other maximizes it over $y$; the only equilibrium is 0. Where both step at once, from the same point, $\\lVert x \\rVert^2 + \\lVert y \\rVert^2$ grows by exactly $1 + \\eta^2$ each step: they spiral outwards, however small the rate. Where $x$ steps first and $y$ answers the new $x$, $\\lVert x \\rVert^2 + \\lVert y \\rVert^2 - \\eta\\, x^\\top y$ does not change: for $\\eta < 2$ they stay on an ellipse for ever, neither nearer nor farther. In continuous time they turn on circles. Losses that oscillate or diverge are thus no sign of a mistake in the program, and a smaller rate alone cures nothing.',
  formula: String.raw`\begin{aligned} &\text{at once:}\; x_{t+1} = x_t - \eta y_t,\; y_{t+1} = y_t + \eta x_t: \\ &\quad \lVert x_{t+1} \rVert^2 + \lVert y_{t+1} \rVert^2 = (1 + \eta^2)(\lVert x_t \rVert^2 + \lVert y_t \rVert^2) \\ &\text{in turn:}\; x_{t+1} = x_t - \eta y_t,\; y_{t+1} = y_t + \eta x_{t+1}: \\ &\quad \lVert x_{t+1} \rVert^2 + \lVert y_{t+1} \rVert^2 - \eta x_{t+1}^\top y_{t+1} = \lVert x_t \rVert^2 + \lVert y_t \rVert^2 - \eta x_t^\top y_t \end{aligned}`,
  domain: 'Any parameters, and rates that are not negative; the ellipse for rates below 2.',
  conventions: [
    {
      choice: 'In turn, the player who minimizes goes first.',
      others:
        'Where the other goes first, the sign of the product in the ellipse is the opposite one.',
    },
    {
      choice: 'The coupling of the players is the identity.',
      others:
        'With a matrix, its singular vectors are games of their own, each with the rate times its singular value.',
    },
  ],
  source: {
    notes: [[702, 702]],
    publications: [
      { ...gidel, where: 'section 2.2, the bilinear example' },
      { ...mescheder, where: 'section 2, as the linearization at an equilibrium' },
    ],
  },
  errata: [],
})
