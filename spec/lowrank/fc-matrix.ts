import { clause } from '../language/clause.ts'
import { array, type CaseView, free, operation, optional } from '../language/operation.ts'
import { integer } from '../language/parameter.ts'
import { deepLearning } from './publications.ts'

/** A fully connected layer as a product of matrices. */
export const layer = operation({
  id: 'lowrank.layer',
  title: 'Fully connected layer as a matrix',
  level: 'core',
  dimensions: {
    N: free(1, 3, 'samples'),
    H: free(1, 6, 'units of the layer before'),
    W: free(1, 6, 'units of the layer'),
  },
  inputs: {
    x: array('what the layer before gives, a sample a row', 'N', 'H'),
    weights: array('the weights, a row for each unit of the layer before', 'H', 'W'),
    bias: optional(array('one number a unit', 'W')),
  },
  parameters: {},
  usual: [
    { sizes: { N: 1 } },
    { sizes: { W: 10 } },
    { sizes: { W: 1 } },
    { sizes: { H: 64, W: 32 } },
    { sizes: { W: ({ H }) => H! } },
  ],
  sums: [{ sizes: { N: 32, H: 81, W: 32 } }],
  outputs: { y: array('the outputs, a sample a row', 'N', 'W') },
  classes: {
    'more units before': ({ sizes }: CaseView) => sizes.H! > sizes.W!,
    'fewer units before': ({ sizes }: CaseView) => sizes.H! < sizes.W!,
    'as many units before': ({ sizes }: CaseView) => sizes.H === sizes.W,
    'several samples': ({ sizes }: CaseView) => sizes.N! > 1,
  },
})

/** What such a layer stores and computes. */
export const layerCost = operation({
  id: 'lowrank.layerCost',
  title: 'Weights and multiply-adds of a fully connected layer',
  level: 'core',
  dimensions: {},
  inputs: {},
  parameters: {
    samples: integer({ min: 1, upTo: 32 }),
    before: integer({ min: 1, upTo: 64 }),
    units: integer({ min: 1, upTo: 64 }),
  },
  usual: [
    { parameters: { samples: 1, before: 25088, units: 4096 } },
    { parameters: { samples: 128, before: 9216, units: 4096 } },
    { parameters: { before: 4096, units: 1000 } },
  ],
  outputs: {
    weights: array('the numbers of its matrix'),
    multiplyAdds: array('the multiply-adds for all samples'),
  },
  classes: {
    'one sample': ({ parameters }: CaseView) => parameters.samples === 1,
    'several samples': ({ parameters }: CaseView) => parameters.samples > 1,
    'a single unit': ({ parameters: p }: CaseView) => p.units === 1 || p.before === 1,
  },
})

export const fcMatrix = clause({
  id: 'lowrank.fc-matrix',
  title: 'A fully connected layer is one product of matrices',
  kind: 'formula',
  operations: [layer, layerCost],
  statement:
    'The connections from $H$ units to $W$ units are the elements of a matrix of $H \\times W$: element $(i, j)$ is the weight from unit $i$ to unit $j$. Samples are rows, and the layer multiplies them by the matrix from the right and adds a bias. It stores $HW$ weights and takes $NHW$ multiply-adds for $N$ samples.',
  formula: String.raw`y_{nj} = b_j + \sum_{i} x_{ni} W_{ij}`,
  domain: 'Any numbers of units and samples from 1 on; a bias that is left out is zero.',
  conventions: [
    {
      choice: 'A sample is a row, and the matrix stands on its right.',
      others: 'PyTorch stores the transpose, a row for each unit of the layer.',
    },
    {
      choice: 'Costs are those of the matrix; biases are not counted.',
      others: 'A bias adds $W$ numbers, and $W$ additions a sample.',
    },
  ],
  source: {
    notes: [[236, 236]],
    publications: [{ ...deepLearning, where: 'section 6.1' }],
  },
  errata: [],
})
