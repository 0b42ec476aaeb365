import { clause } from '../language/clause.ts'
import { array, type CaseView, free, operation, optional } from '../language/operation.ts'
import { choice, integer } from '../language/parameter.ts'
import { linearStructure } from './publications.ts'
import { keptOfLayer, keptWithin, usualLayers } from './storage.ts'
import { factorSizes, factors } from './truncate.ts'

/** A layer whose matrix is given by its factors. */
export const twoLayers = operation({
  id: 'lowrank.twoLayers',
  title: 'Fully connected layer by its factors',
  level: 'core',
  dimensions: { N: free(1, 3, 'samples'), ...factorSizes },
  inputs: {
    x: array('what the layer before gives, a sample a row', 'N', 'H'),
    ...factors,
    bias: optional(array('one number a unit', 'W')),
  },
  parameters: {
    /** The factor that the diagonal is multiplied into beforehand. */
    absorbed: choice('neither', 'left', 'right'),
  },
  usual: [
    { sizes: { N: 1 } },
    { sizes: { R: 1 } },
    { sizes: { N: 2, H: 32, W: 24, R: 4 } },
    { sizes: { W: 10, R: 2 } },
  ],
  sums: [
    {
      sizes: { N: 32, H: 81, W: 32, R: 32 },
      parameters: { absorbed: 'neither' },
      arrays: { S: 'ones', V: 'identity', bias: 'zeros' },
    },
  ],
  outputs: { y: array('the outputs, a sample a row', 'N', 'W') },
  classes: {
    'diagonal by itself': ({ parameters }: CaseView) => parameters.absorbed === 'neither',
    'diagonal in the left factor': ({ parameters }: CaseView) => parameters.absorbed === 'left',
    'diagonal in the right factor': ({ parameters }: CaseView) => parameters.absorbed === 'right',
    'one value': ({ sizes }: CaseView) => sizes.R === 1,
    'fewer values than units': ({ sizes }: CaseView) => sizes.R! < sizes.H! && sizes.R! < sizes.W!,
    'several samples': ({ sizes }: CaseView) => sizes.N! > 1,
  },
})

/** What the layer costs, and what its two do. */
export const twoLayersCost = operation({
  id: 'lowrank.twoLayersCost',
  title: 'Multiply-adds of a fully connected layer and of the two in its place',
  level: 'core',
  dimensions: {},
  inputs: {},
  parameters: { samples: integer({ min: 1, upTo: 16 }), ...keptOfLayer },
  constraints: [keptWithin],
  usual: [
    ...usualLayers,
    { parameters: { rows: 4, columns: 5, kept: 1 } },
    { parameters: { rows: 4, columns: 4, kept: 2 } },
    { parameters: { rows: 3, columns: 6, kept: 1 } },
  ],
  outputs: {
    whole: array('the multiply-adds of the layer'),
    factors: array('those of three factors, a product each for the diagonal'),
    absorbed: array('those of two layers, one of which has taken in the diagonal'),
    most: array('the most values with which two layers cost less; 0 if none are few enough'),
  },
  classes: {
    'one sample': ({ parameters: p }: CaseView) => p.samples === 1,
    cheaper: ({ parameters: p }: CaseView) => p.kept * (p.rows + p.columns) < p.rows * p.columns,
    'not cheaper': ({ parameters: p }: CaseView) =>
      p.kept * (p.rows + p.columns) >= p.rows * p.columns,
    'more rows than columns': ({ parameters: p }: CaseView) => p.rows > p.columns,
    'fewer rows than columns': ({ parameters: p }: CaseView) => p.rows < p.columns,
  },
})

export const twoLayer = clause({
  id: 'lowrank.two-layer',
  title: 'A truncated layer is two layers without a nonlinearity between them',
  kind: 'law',
  operations: [twoLayers, twoLayersCost],
  statement:
    'Instead of the product with the truncated matrix, samples go through its factors: a layer of $t$ units without a bias, a scaling of each of them by its singular value, and a layer with the bias. The scaling can be multiplied into either layer beforehand. In exact arithmetic all are the layer with the truncated matrix. For $N$ samples the two layers take $Nt(m + k)$ multiply-adds where the scaling is absorbed, $Nt$ more where it is not, and cost less than $Nmk$ only for $t < mk / (m + k)$.',
  formula: String.raw`y_{nj} = b_j + \sum_l \Bigl(\sum_i x_{ni} U_{il}\Bigr) s_l V_{jl},\qquad Nt(m + k) < Nmk \iff t < \frac{mk}{m + k}`,
  domain: 'Any vectors and any singular values from 0 on; counts with $1 \\le t \\le \\min(m, k)$.',
  conventions: [
    {
      choice: 'From left to right: a sample meets the left vectors first.',
      others:
        'To multiply the factors first makes the whole matrix again, which costs more than it saves.',
    },
    {
      choice: 'The scaling costs one product a value and sample.',
      others: 'As a product with a diagonal matrix of $t \\times t$ it would cost $t^2$.',
    },
  ],
  evaluations: [{ way: 'all factors multiplied first, $\\sum_l U_{il} s_l V_{jl}$' }],
  source: {
    notes: [[242, 242]],
    publications: [{ ...linearStructure, where: 'section 3.2.1' }],
  },
  errata: [],
})
