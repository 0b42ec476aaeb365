import { clause } from '../language/clause.ts'
import {
  array,
  bits,
  type CaseView,
  derived,
  free,
  operation,
  type Parameters,
  type Sizes,
} from '../language/operation.ts'
import { choice, integer } from '../language/parameter.ts'
import { han, li, mishra } from './publications.ts'
import { compressedRows } from './sparse.ts'
import { networkOfUnits } from './unit.ts'

/** That no more of an axis is kept than there is. */
const within = (axis: string, what: string) => ({
  says: `no more than there are ${what}`,
  argument: 'kept',
  holds: (sizes: Sizes, { kept }: Parameters) => kept <= sizes[axis]!,
  repair: (parameters: Parameters, sizes: Sizes) => ({
    ...parameters,
    kept: Math.min(parameters.kept, sizes[axis]!),
  }),
  violate: (parameters: Parameters, sizes: Sizes) => ({ ...parameters, kept: sizes[axis]! + 1 }),
})

/** The sums of the magnitudes of an array along all axes but one. */
const scores = (data: ArrayLike<number>, units: number, unitOf: (at: number) => number) => {
  const sums = new Array<number>(units).fill(0)
  for (let at = 0; at < data.length; at++) sums[unitOf(at)]! += Math.abs(data[at]!)
  return sums
}

/** Whether the last score that goes and the first that stays are equal. */
const tied = (sums: readonly number[], kept: number) => {
  const sorted = sums.toSorted((a, b) => b - a)
  return kept < sorted.length && sorted[kept - 1] === sorted[kept]
}

const unitsTied = ({ inputs, sizes: { M }, parameters: { kept } }: CaseView) =>
  tied(
    scores(inputs.weights1!.data, M!, (at) => at % M!),
    kept,
  )

const filtersTied = ({ inputs, sizes: { Filters }, parameters: { kept } }: CaseView) =>
  tied(
    scores(inputs.filters!.data, Filters!, (at) => at % Filters!),
    kept,
  )

const kept = integer({ min: 1, upTo: 4 })

/** The smaller network without the units of the lowest scores. */
export const keepUnits = operation({
  id: 'pruning.keepUnits',
  title: 'Network without the hidden units of the lowest scores, as smaller dense layers',
  level: 'core',
  dimensions: {
    D: free(1, 4, 'inputs'),
    M: free(1, 5, 'hidden units'),
    C: free(1, 3, 'outputs'),
    Kept: derived((_, { kept }) => kept, 'hidden units that are kept'),
  },
  inputs: {
    weights1: array('the weights from the inputs to the hidden units', 'D', 'M'),
    bias1: array('the biases of the hidden units', 'M'),
    weights2: array('the weights from the hidden units to the outputs', 'M', 'C'),
    bias2: array('the biases of the outputs', 'C'),
  },
  parameters: { kept, removal: choice('units', 'incoming weights') },
  constraints: [within('M', 'hidden units')],
  usual: [{ sizes: { M: 4 }, parameters: { kept: 2, removal: 'units' } }],
  sums: 'The sums decide which units are kept; what is behind a unit is added to biases.',
  outputs: {
    units: bits('1 for each hidden unit that is kept', 'M'),
    weights1: array('the weights to the units that are kept', 'D', 'Kept'),
    bias1: array('their biases', 'Kept'),
    weights2: array('the weights from them', 'Kept', 'C'),
    bias2: array('the biases of the outputs, with what removed units gave in any case', 'C'),
  },
  classes: {
    'all units kept': ({ sizes }: CaseView) => sizes.Kept === sizes.M,
    'one unit kept of several': ({ sizes }: CaseView) => sizes.Kept === 1 && sizes.M! > 1,
    'equal scores at the cut': unitsTied,
    'units removed with all connections': ({ parameters: p }: CaseView) => p.removal === 'units',
    'units that lose their inputs alone': ({ parameters: p }: CaseView) =>
      p.removal === 'incoming weights',
  },
})

/** Smaller convolutions, the first without the filters of the smallest norms. */
export const keepFilters = operation({
  id: 'pruning.keepFilters',
  title: 'Convolutions without the filters of the smallest norms, as smaller dense banks',
  level: 'core',
  dimensions: {
    Rows: free(1, 3, 'rows of a kernel'),
    Columns: free(1, 3, 'columns of a kernel'),
    Channels: free(1, 3, 'channels'),
    Filters: free(1, 5, 'filters'),
    Behind: free(1, 3, 'filters of the next convolution'),
    Kept: derived((_, { kept }) => kept, 'filters that are kept'),
  },
  inputs: {
    filters: array('a bank of filters', 'Rows', 'Columns', 'Channels', 'Filters'),
    bias: array('their biases', 'Filters'),
    next: array('the bank of the next convolution', 'Rows', 'Columns', 'Filters', 'Behind'),
  },
  parameters: { kept },
  constraints: [within('Filters', 'filters')],
  usual: [{ sizes: { Rows: 3, Columns: 3 } }, { sizes: { Rows: 1, Columns: 1 } }],
  sums: 'The sums decide which filters are kept, and errors of sums decide nothing.',
  outputs: {
    left: bits('1 for each filter that is kept', 'Filters'),
    filters: array('the filters that are kept', 'Rows', 'Columns', 'Channels', 'Kept'),
    bias: array('their biases', 'Kept'),
    next: array(
      'the next bank without the channels that are gone',
      'Rows',
      'Columns',
      'Kept',
      'Behind',
    ),
  },
  classes: {
    'all filters kept': ({ sizes }: CaseView) => sizes.Kept === sizes.Filters,
    'some filters kept': ({ sizes }: CaseView) => sizes.Kept! < sizes.Filters!,
    'equal norms at the cut': filtersTied,
    'kernels of one pixel': ({ sizes }: CaseView) => sizes.Rows! * sizes.Columns! === 1,
  },
})

const width = integer({ min: 1, upTo: 32, max: 64 })
const size = integer({ min: 1, upTo: 256, max: 4096 })

/** What a layer takes, pruned in several ways to as many weights. */
export const pruningCosts = operation({
  id: 'pruning.pruningCosts',
  title: 'Storage and products of a layer, pruned by units and by single weights',
  level: 'core',
  dimensions: {},
  inputs: {},
  parameters: {
    samples: integer({ min: 1, upTo: 8, max: 64 }),
    before: size,
    units: size,
    kept: size,
    valueBits: width,
    indexBits: width,
  },
  constraints: [
    {
      says: 'no more than there are units',
      argument: 'kept',
      holds: (_: Sizes, { kept, units }: Parameters) => kept <= units,
      repair: (parameters: Parameters) => ({
        ...parameters,
        kept: Math.min(parameters.kept, parameters.units),
      }),
      violate: (parameters: Parameters) => ({ ...parameters, kept: parameters.units + 1 }),
    },
  ],
  usual: [
    { parameters: { before: 1024, units: 1024, kept: 512, valueBits: 16, indexBits: 16 } },
    { parameters: { before: 256, units: 256, kept: 64, valueBits: 32, indexBits: 32 } },
  ],
  outputs: {
    denseBits: array('what all weights take'),
    unitsBits: array('what the weights of the units that are kept take'),
    rowsBits: array('what as many weights take in compressed sparse rows, wherever they are'),
    fourBits: array('what two of every four weights take, each with two bits for its place'),
    denseProducts: array('products with all weights, or with zeros in the place of some'),
    unitsProducts: array('products with the weights of the units that are kept'),
  },
  classes: {
    'all units kept': ({ parameters: p }: CaseView) => p.kept === p.units,
    'some units kept': ({ parameters: p }: CaseView) => p.kept < p.units,
    'a row that is not whole groups of four': ({ parameters: p }: CaseView) => p.units % 4 !== 0,
    'sparse rows that take more than all weights': ({ parameters: p }: CaseView) =>
      p.before * p.kept * (p.valueBits + p.indexBits) + (p.before + 1) * p.indexBits >
      p.before * p.units * p.valueBits,
  },
})

export const structured = clause({
  id: 'pruning.structured',
  title: 'Without whole units or filters there are smaller dense layers that compute the same',
  kind: 'law',
  operations: [keepUnits, keepFilters, pruningCosts, networkOfUnits, compressedRows],
  statement:
    'Structured pruning removes groups of weights: a unit, a filter, a channel. What is left are dense arrays that are smaller along an axis, and so the products shrink by the same share, in any library. The small network computes what the whole one does with the units at 0. Where units lose only their incoming weights they go on giving a constant, their rectified bias, which is added to the biases behind them. The units with the largest sums of magnitudes are kept, in their order. Of as many single weights, the products of a dense layer stay as they were, and sparse rows take more than the small layer does, since each weight has its index; two of every four take half of the values and two bits for each.',
  formula: String.raw`b'_c = b_c + \sum_{j \notin S} \max(0, b_j)\, (W_2)_{jc},\qquad D k b \le D k (b + b_i) + (D + 1) b_i,\qquad N D k \le N D M`,
  domain:
    'Networks of one hidden layer of rectifiers, and two convolutions one after the other; at least one unit is kept.',
  conventions: [
    {
      choice: 'Of equal scores the lower index goes first.',
      others: 'A sort in descending order that is stable keeps the lower one.',
    },
    {
      choice: 'A filter is judged by the sum of its magnitudes, without its bias.',
      others:
        'Others take the Euclidean norm, the bias, or the factor of a normalization behind it.',
    },
    {
      choice: 'A last group of fewer than four weights takes as much as a whole one.',
      others: 'Hardware asks for rows of whole groups.',
    },
  ],
  source: {
    notes: [
      [225, 225],
      [227, 227],
      [228, 228],
    ],
    publications: [
      { ...li, where: 'section 3.1' },
      { ...mishra, where: 'section 3' },
      { ...han, where: 'section 3.5' },
    ],
  },
  errata: [],
})
