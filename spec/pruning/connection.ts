import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import { array, bits, type CaseView, free, operation } from '../language/operation.ts'
import { han } from './publications.ts'

const kept = ({ inputs }: CaseView) =>
  Array.from(inputs.mask!.data).reduce((sum: number, bit) => sum + bit, 0)

/** A fully connected layer of which some connections were removed. */
export const maskedDense = operation({
  id: 'pruning.maskedDense',
  title: 'Fully connected layer without some of its connections',
  level: 'core',
  dimensions: {
    N: free(1, 3, 'samples'),
    D: free(1, 4, 'units of the layer before'),
    M: free(1, 4, 'units'),
  },
  inputs: {
    x: array('the samples, one a row', 'N', 'D'),
    weights: array('the weights of all connections', 'D', 'M'),
    mask: bits('1 for each connection that is kept', 'D', 'M'),
    bias: array('the biases', 'M'),
  },
  parameters: {},
  outputs: {
    pruned: array('the weights, 0 where the connection was removed', 'D', 'M'),
    y: array('what the layer gives', 'N', 'M'),
  },
  sums: [{ sizes: { N: 32, D: 81, M: 32 }, arrays: { mask: 'ones' } }],
  classes: {
    'nothing removed': (the: CaseView) => kept(the) === the.sizes.D! * the.sizes.M!,
    'everything removed': (the: CaseView) => kept(the) === 0,
    'some connections removed': (the: CaseView) =>
      kept(the) > 0 && kept(the) < the.sizes.D! * the.sizes.M!,
  },
})

/** Its gradients: what was removed gets none. */
export const maskedDenseGradient = gradientOf(maskedDense, {
  title: 'Gradients of a fully connected layer without some of its connections',
  by: ['x', 'weights', 'bias'],
  without: ['bias'],
  from: ['y'],
  sums: [{ sizes: { N: 80, D: 20, M: 81 }, arrays: { mask: 'ones' } }],
})

export const connection = clause({
  id: 'pruning.connection',
  title: 'A removed connection has the weight 0 for good',
  kind: 'formula',
  operations: [maskedDense, maskedDenseGradient],
  statement:
    'A mask $m$ of zeros and ones says which connections are kept. The layer computes what it would without the others: each of their weights counts as 0, whatever it is, NaN included, and so does the derivative of the loss by it. Masks compose: to remove by one mask and then by another removes what either does. Arrays keep their shapes.',
  formula: String.raw`W'_{ij} = \begin{cases} W_{ij} & m_{ij} = 1 \\ 0 & m_{ij} = 0 \end{cases},\qquad y_{nj} = b_j + \sum_i x_{ni} W'_{ij},\qquad \frac{\partial E}{\partial W_{ij}} = m_{ij} \sum_n x_{ni}\,\frac{\partial E}{\partial y_{nj}}`,
  domain: 'Any mask, all zeros and all ones among them; other numbers than 0 and 1 are rejected.',
  conventions: [
    {
      choice: 'A 1 keeps a connection.',
      others:
        'Some code has the mask of what is removed. A product with the mask, as libraries compute it, is the same for finite weights, and gives NaN for 0 times NaN.',
    },
  ],
  source: {
    notes: [
      [169, 169],
      [193, 193],
    ],
    publications: [{ ...han, where: 'section 3' }],
  },
  errata: [],
})
