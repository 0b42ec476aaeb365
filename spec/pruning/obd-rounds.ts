import { clause } from '../language/clause.ts'
import { array, bits, type CaseView, free, operation } from '../language/operation.ts'
import { integer, real } from '../language/parameter.ts'
import { byPercentage } from './magnitude.ts'
import { hassibi, lecun } from './publications.ts'
import { sensitivity } from './sensitivity.ts'

const left = ({ inputs }: CaseView) => Array.from(inputs.mask!.data).filter((bit) => bit === 1)

/** The saliencies of the weights that are left. */
const saliencies = ({ inputs: { matrix, weights, mask }, sizes: { P } }: CaseView) =>
  Array.from(weights!.data)
    .map((w: number, k) => 0.5 * matrix!.data[k * P! + k]! * w * w)
    .filter((_, k) => mask!.data[k] === 1)

/** One round of Optimal Brain Damage on a quadratic loss: deletes, and trains what is left. */
export const brainDamage = operation({
  id: 'pruning.brainDamage',
  title: 'Round of Optimal Brain Damage: deletion by saliency, then training',
  level: 'core',
  dimensions: { P: free(1, 5, 'weights') },
  inputs: {
    matrix: array('the second derivatives of the loss', 'P', 'P'),
    minimum: array('where the loss is stationary', 'P'),
    weights: array('the weights', 'P'),
    mask: bits('1 for each weight that earlier rounds left', 'P'),
  },
  parameters: {
    remove: integer({ min: 0, upTo: 6 }),
    steps: integer({ min: 0, upTo: 3, max: 100 }),
    rate: real({ min: 0, from: 0, to: 0.5, values: [0.125, 0.25] }),
  },
  usual: [
    { parameters: { remove: 1, steps: 2, rate: 0.1 } },
    { parameters: { remove: 1, steps: 0 } },
  ],
  work: ({ P }, { steps }) => P! ** 2 * (steps + 2),
  effort: () => 4,
  sums: 'Which weights are left is decided by products, and what is left depends on it.',
  outputs: {
    saliencies: array('the saliency of each weight, 0 of those removed before', 'P'),
    mask: bits('1 for each weight that is left', 'P'),
    weights: array('the weights after the training, 0 where they were removed', 'P'),
    loss: array('the loss then'),
  },
  classes: {
    'nothing deleted': ({ parameters: p }: CaseView) => p.remove === 0,
    'more deleted than are left': (the: CaseView) => the.parameters.remove > left(the).length,
    'some deleted, others left': (the: CaseView) =>
      the.parameters.remove > 0 && the.parameters.remove < left(the).length,
    'equal saliencies at the cut': (the: CaseView) => {
      const sorted = saliencies(the).sort((a, b) => a - b)
      const { remove } = the.parameters
      return remove > 0 && remove < sorted.length && sorted[remove - 1] === sorted[remove]
    },
    'a weight removed before': ({ inputs }: CaseView) => inputs.mask!.data.includes(0),
    'a loss that bends down along a weight': (the: CaseView) => saliencies(the).some((s) => s < 0),
    'no training': ({ parameters: p }: CaseView) => p.steps === 0,
    'several steps of training': ({ parameters: p }: CaseView) => p.steps > 1,
  },
})

export const algorithm = clause({
  id: 'pruning.obd.algorithm',
  title: 'Train, delete the lowest saliencies, train on, until the size is reached',
  kind: 'algorithm',
  operations: [brainDamage],
  statement:
    'A round computes the saliencies of the weights that are left, at the weights that training came to, deletes the $r$ lowest of them, and trains on with the others: deleted weights are exactly 0 and stay so. Saliencies are computed anew in every round. Rounds go on until as many weights are left as were wanted, which is reached exactly; where fewer than $r$ are left, all go.',
  formula: String.raw`s_k = \tfrac12 H_{kk} w_k^2,\qquad m_k' = 0 \iff m_k = 0 \text{ or } \#\{i : m_i = 1,\; s_i < s_k \text{ or } s_i = s_k,\, i < k\} < r,\qquad w' = m' \odot \bigl( w - \tfrac\eta2 (H + H^\top)(w - \hat w) \bigr)`,
  domain: 'Any quadratic loss, any weights and masks, and training of up to a hundred steps.',
  conventions: [
    {
      choice: 'Of equal saliencies the lower index goes first.',
      others: 'The publication does not say; a sort that is not stable may take either.',
    },
    {
      choice: 'Training is gradient descent of so many steps.',
      others: 'The publication trains until the network has come to a minimum again.',
    },
  ],
  source: {
    notes: [
      [213, 213],
      [217, 217],
    ],
    publications: [{ ...lecun, where: 'section 2, the recipe' }],
  },
  errata: [],
})

export const versusMagnitude = clause({
  id: 'pruning.obd.vs-magnitude',
  title: 'Where weights do not interact, no other choice costs less, and magnitude may cost more',
  kind: 'theorem',
  operations: [brainDamage, byPercentage, sensitivity],
  statement:
    'If all second derivatives on the diagonal are the same and not 0, the order of saliencies is that of magnitudes. If they differ, it can be another one: a large weight that the loss hardly depends on goes before a small one that it does. On a quadratic loss with a diagonal matrix, at its minimum, deleting the $r$ lowest saliencies raises the loss by no more than deleting any other $r$ weights, those of the smallest magnitude among them. With mixed second derivatives this is no longer so, and it says nothing of the loss once the rest was trained.',
  formula: String.raw`\Delta_{Z_s} = \sum_{k < r} s_{(k)} = \min_{|Z| = r} \Delta_Z \le \Delta_{Z_{|w|}},\qquad H_{kk} = c > 0 \;\Rightarrow\; Z_s = Z_{|w|}`,
  domain: 'Quadratic losses with a diagonal matrix that has no negative number, at their minimum.',
  conventions: [],
  source: {
    notes: [
      [192, 192],
      [209, 209],
      [217, 217],
    ],
    publications: [
      { ...lecun, where: 'section 2' },
      { ...hassibi, where: 'section 1' },
    ],
  },
  errata: [],
})
