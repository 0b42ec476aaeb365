import { clause } from '../language/clause.ts'
import { array, type CaseView, free, operation } from '../language/operation.ts'
import { lecun, mozer } from './publications.ts'

/** What the loss gains by the removal of each weight, by itself. */
export const sensitivity = operation({
  id: 'pruning.sensitivity',
  title: 'Change of a quadratic loss by the removal of each weight',
  level: 'core',
  dimensions: { P: free(1, 4, 'weights') },
  inputs: {
    matrix: array('the second derivatives of the loss', 'P', 'P'),
    minimum: array('where the loss is stationary', 'P'),
    weights: array('the weights', 'P'),
  },
  parameters: {},
  work: ({ P }) => P! ** 3,
  sums: 'The results are differences of two losses, each a sum of products of differences.',
  outputs: {
    changes: array('the loss without each weight minus the loss with all of them', 'P'),
    first: array('the weight to remove first'),
  },
  classes: {
    'a weight that is 0': ({ inputs }: CaseView) => inputs.weights!.data.includes(0),
    'weights at the minimum': ({ inputs: { minimum, weights } }: CaseView) =>
      weights!.data.every((w: number, i: number) => w === minimum!.data[i]),
    'weights away from it': ({ inputs: { minimum, weights } }: CaseView) =>
      weights!.data.some((w: number, i: number) => w !== minimum!.data[i]),
    'mixed second derivatives': ({ inputs: { matrix }, sizes: { P } }: CaseView) =>
      matrix!.data.some((h: number, at: number) => h !== 0 && Math.floor(at / P!) !== at % P!),
    'one weight': ({ sizes }: CaseView) => sizes.P === 1,
  },
})

export const leaveOneOut = clause({
  id: 'pruning.sensitivity',
  title: 'The sensitivity to a weight is what the loss changes by when it alone is removed',
  kind: 'formula',
  operations: [sensitivity],
  statement:
    'The sensitivity to a weight is the loss with this weight at 0, all others as they are, minus the loss before. The weight with the smallest change goes first: a change is signed, so that a weight without which the loss is lower goes before one without influence. For a quadratic loss it is exactly the first two terms of its expansion. The order can be another one than that of magnitudes, since it asks the loss.',
  formula: String.raw`\Delta_k = E(w - w_k e_k) - E(w),\qquad E(w) = \tfrac12 (w - \hat w)^\top H (w - \hat w) \;\Rightarrow\; \Delta_k = -\tfrac12 w_k \bigl((H + H^\top)(w - \hat w)\bigr)_k + \tfrac12 H_{kk} w_k^2`,
  domain: 'Any quadratic loss, its matrix symmetric or not, and any weights.',
  conventions: [
    {
      choice: 'The smallest signed change first, of equal ones the lower index.',
      others:
        'Others take the smallest magnitude of the change. The catalogue of changes is made anew after each removal, since weights interact.',
    },
  ],
  evaluations: [
    { way: 'a loss for each weight, minus the loss of all' },
    { way: 'the gradient and the diagonal of second derivatives' },
  ],
  source: {
    notes: [[192, 192]],
    publications: [
      { ...mozer, where: 'the relevance of a unit: the error without it minus the error with it' },
      { ...lecun, where: 'section 2, equation 1' },
    ],
  },
  errata: [],
})
