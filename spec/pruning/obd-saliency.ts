import { clause } from '../language/clause.ts'
import { array, bits, type CaseView, free, operation } from '../language/operation.ts'
import { lecun } from './publications.ts'
import { sensitivity } from './sensitivity.ts'

/** What the loss is expected to rise by when a parameter alone is deleted. */
export const saliencies = operation({
  id: 'pruning.saliencies',
  title: 'Saliencies of parameters by their second derivatives',
  level: 'core',
  dimensions: { P: free(1, 5, 'parameters') },
  inputs: {
    curvature: array('the second derivative of the loss by each parameter', 'P'),
    weights: array('the parameters', 'P'),
  },
  parameters: {},
  outputs: { saliencies: array('the saliency of each parameter', 'P') },
  classes: {
    'a loss that is flat in a parameter': ({ inputs }: CaseView) =>
      inputs.curvature!.data.includes(0),
    'a loss that bends down': ({ inputs }: CaseView) =>
      inputs.curvature!.data.some((h: number) => h < 0),
    'a negative parameter': ({ inputs }: CaseView) =>
      inputs.weights!.data.some((w: number) => w < 0),
    'a parameter of 0': ({ inputs }: CaseView) => inputs.weights!.data.includes(0),
  },
})

const removed = ({ inputs }: CaseView) =>
  Array.from(inputs.mask!.data).filter((bit) => bit === 0).length

/** What a quadratic loss at its minimum rises by when several weights are deleted at once. */
export const deletionCost = operation({
  id: 'pruning.deletionCost',
  title: 'Rise of a quadratic loss by the deletion of weights, beside saliencies',
  level: 'core',
  dimensions: { P: free(1, 4, 'weights') },
  inputs: {
    matrix: array('the second derivatives of the loss', 'P', 'P'),
    weights: array('the weights, at which the loss is smallest', 'P'),
    mask: bits('1 for each weight that is kept', 'P'),
  },
  parameters: {},
  sums: 'The results are single numbers, and thousands are asked for statistics.',
  outputs: {
    predicted: array('the sum of the saliencies of the weights that are deleted'),
    mixed: array('what the mixed second derivatives add to it'),
    actual: array('the loss without these weights minus the loss with them'),
  },
  classes: {
    'nothing deleted': (the: CaseView) => removed(the) === 0,
    'one weight deleted': (the: CaseView) => removed(the) === 1,
    'several weights deleted, others kept': (the: CaseView) =>
      removed(the) > 1 && removed(the) < the.sizes.P!,
    'all weights deleted': (the: CaseView) => removed(the) === the.sizes.P,
    'a mixed second derivative of two that are deleted': ({
      inputs: { matrix, mask },
      sizes: { P },
    }: CaseView) =>
      matrix!.data.some((h: number, at: number) => {
        const [i, j] = [Math.floor(at / P!), at % P!]
        return h !== 0 && i !== j && mask!.data[i] === 0 && mask!.data[j] === 0
      }),
  },
})

export const saliency = clause({
  id: 'pruning.obd.saliency',
  title: 'The saliency of a parameter is half its second derivative times its square',
  kind: 'formula',
  operations: [saliencies],
  statement:
    'At a minimum of the loss the gradient is 0, so that the first term of its expansion that says anything is the second one. To delete the parameter $u_k$ is to change it by $-u_k$: with all others as they are, the loss then changes by $\\frac12 h_{kk} u_k^2$, up to terms of the third order. This is the saliency of the parameter. Its sign is that of the second derivative, not that of the parameter. If a parameter is measured in another unit, so that $u$ becomes $c u$ and $h$ becomes $h / c^2$, its saliency stays what it was, which its magnitude does not.',
  formula: String.raw`s_k = \tfrac12 h_{kk} u_k^2,\qquad h_{kk} = \frac{\partial^2 E}{\partial u_k^2},\qquad \delta E = \sum_i g_i\,\delta u_i + \tfrac12 \sum_i h_{ii}\,\delta u_i^2 + \tfrac12 \sum_{i \ne j} h_{ij}\,\delta u_i\,\delta u_j + O(\lVert \delta u \rVert^3)`,
  domain: 'Any second derivatives, negative ones too, and any parameters.',
  conventions: [
    {
      choice: 'A negative second derivative gives a negative saliency, as the formula says.',
      others:
        'At a minimum there is none. Before it is reached, code takes the magnitude, or an approximation that is never negative.',
    },
  ],
  source: {
    notes: [
      [209, 209],
      [211, 211],
    ],
    publications: [{ ...lecun, where: 'section 2, equations 1 and 3, and step 4 of the recipe' }],
  },
  errata: [
    {
      id: 'E-23',
      lines: [211, 211],
      says: 'The saliency is the second derivative times the square of the parameter; the exponent of the denominator belongs to the symbol of the derivative.',
      counterexample:
        'One parameter, loss 2 (u − 3)², whose second derivative is 4, at its minimum u = 3: without the parameter the loss is 18, and the notes give 36.',
      correction:
        'The factor ½ of the second term is missing. The order of the parameters is the same without it, but the number is not the change of the loss.',
      settledBy: { ...lecun, where: 'section 2, step 4 of the recipe' },
    },
  ],
})

export const saliencyIsLossChange = clause({
  id: 'pruning.obd.saliency-is-loss-change',
  title: 'Saliencies add up to the rise of the loss where weights do not interact',
  kind: 'theorem',
  operations: [deletionCost, sensitivity],
  statement:
    'For a quadratic loss at its minimum, the saliency of a weight is exactly what the loss rises by when this weight alone is deleted. To delete several costs the sum of their saliencies and, for every two of them, what their mixed second derivative makes of both. That is nothing where the matrix of second derivatives is diagonal, which Optimal Brain Damage takes for granted; otherwise it can be most of the change, of either sign.',
  formula: String.raw`\Delta_Z = \tfrac12 \sum_{i, j \in Z} H_{ij} u_i u_j = \sum_{k \in Z} s_k + \tfrac12 \sum_{\substack{i, j \in Z \\ i \ne j}} H_{ij} u_i u_j`,
  domain:
    'Any quadratic loss, its matrix symmetric or not, at its minimum, and any set Z of weights.',
  conventions: [],
  evaluations: [
    {
      way: 'the product of the whole matrix with what is deleted, 0 for all else, and of that with what is deleted',
    },
  ],
  source: {
    notes: [
      [192, 192],
      [209, 209],
    ],
    publications: [{ ...lecun, where: 'section 2, equations 1 and 3' }],
  },
  errata: [
    {
      id: 'E-72',
      lines: [209, 209],
      says: 'The saliency is the effect of a neuron on the training error, and it is computed as a second derivative.',
      counterexample:
        'Two weights −1 and 1 into one unit, with the second derivatives 4 and 4 and the mixed one 3: each deleted alone costs 2, its saliency, while its second derivative is 4; the unit, both deleted, costs 1 and not 4.',
      correction:
        'It belongs to a single parameter, and is half the second derivative times the square of the parameter. For a unit, the mixed derivatives count as well.',
      settledBy: { ...lecun, where: 'section 2' },
    },
  ],
})
