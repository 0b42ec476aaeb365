import { clause } from '../language/clause.ts'
import { array, type CaseView, derived, free, operation } from '../language/operation.ts'
import { integer } from '../language/parameter.ts'
import { byPercentage } from './magnitude.ts'
import { mishra, saad } from './publications.ts'

/** The numbers of an array that are not 0. */
const count = (values: ArrayLike<number>) => Array.from(values).filter((w) => w !== 0).length

const bits = integer({ min: 1, upTo: 64, max: 64 })

/** A matrix by its numbers that are not 0, row by row. */
export const compressedRows = operation({
  id: 'pruning.compressedRows',
  title: 'Compressed sparse rows of a pruned matrix, and what they take',
  level: 'core',
  dimensions: {
    D: free(1, 4, 'rows'),
    M: free(1, 4, 'columns'),
    Elements: derived(({ D, M }) => D! * M!, 'elements'),
    Pointers: derived(({ D }) => D! + 1, 'rows, and the end of the last one'),
  },
  inputs: { weights: array('the pruned weights', 'D', 'M') },
  parameters: { valueBits: bits, indexBits: bits },
  usual: [
    { parameters: { valueBits: 32, indexBits: 32 } },
    { parameters: { valueBits: 16, indexBits: 16 } },
  ],
  outputs: {
    values: array('the numbers that are not 0, row by row, and then zeros', 'Elements'),
    columns: array('the column of each of them, and then zeros', 'Elements'),
    starts: array('where each row begins, and where the last one ends', 'Pointers'),
    denseBits: array('what the whole matrix takes'),
    sparseBits: array('what values, columns and beginnings take'),
  },
  classes: {
    'no zeros': ({ inputs, sizes }: CaseView) =>
      count(inputs.weights!.data) === sizes.D! * sizes.M!,
    'nothing but zeros': ({ inputs }: CaseView) => count(inputs.weights!.data) === 0,
    'an empty row among others': ({ inputs: { weights }, sizes: { D, M } }: CaseView) =>
      count(weights!.data) > 0 &&
      Array.from({ length: D! }, (_, i) => weights!.data.slice(i * M!, (i + 1) * M!)).some(
        (row) => count(row) === 0,
      ),
    'some zeros': ({ inputs, sizes }: CaseView) =>
      count(inputs.weights!.data) > 0 && count(inputs.weights!.data) < sizes.D! * sizes.M!,
  },
})

/** Two of every four weights in a row. */
export const twoOfFour = operation({
  id: 'pruning.twoOfFour',
  title: 'Pruning of two weights of every four, and what is stored of the others',
  level: 'core',
  dimensions: {
    D: free(1, 4, 'rows'),
    G: free(1, 4, 'groups of a row'),
    Four: derived(() => 4, 'weights of a group'),
    Two: derived(() => 2, 'weights that are left of it'),
  },
  inputs: { weights: array('the weights, in groups of four', 'D', 'G', 'Four') },
  parameters: {},
  outputs: {
    pruned: array('the weights, 0 where they were removed', 'D', 'G', 'Four'),
    values: array('the weights that are left', 'D', 'G', 'Two'),
    places: array('the place of each of them in its group', 'D', 'G', 'Two'),
  },
  classes: {
    'equal magnitudes in a group': ({ inputs: { weights } }: CaseView) =>
      Array.from({ length: weights!.data.length / 4 }, (_, g) =>
        Array.from(weights!.data.slice(4 * g, 4 * g + 4)).map(Math.abs),
      ).some((four) => new Set(four).size < 4),
    'a group of zeros': ({ inputs: { weights } }: CaseView) =>
      Array.from({ length: weights!.data.length / 4 }, (_, g) =>
        weights!.data.slice(4 * g, 4 * g + 4),
      ).some((four) => count(four) === 0),
    'several groups': ({ sizes }: CaseView) => sizes.G! > 1,
  },
})

export const unstructured = clause({
  id: 'pruning.unstructured',
  title:
    'Pruned weights keep their places: they are saved only by a storage that knows which are left',
  kind: 'formula',
  operations: [compressedRows, twoOfFour, byPercentage],
  statement:
    'Pruning of single weights leaves the shape of an array, and all products of a dense layer, as they are. Compressed sparse rows hold the numbers that are not 0, their columns and where each row begins, from which the matrix and its products are had back exactly; they take less than the whole matrix only if enough is 0. With two of every four weights removed, the smallest ones, half of the values are left, each with two bits for its place, whatever the weights are.',
  formula: String.raw`n (b + b_i) + (D + 1)\, b_i < D M b,\qquad W_{ij} = \sum_{s_i \le k < s_{i+1},\, c_k = j} a_k,\qquad n = s_D = \#\{W_{ij} \ne 0\}`,
  domain: 'Any weights; values and indices of 1 to 64 bits.',
  conventions: [
    {
      choice: 'Columns rise within a row, and beginnings count from 0.',
      others: 'Fortran libraries count from 1; some formats leave columns of a row in any order.',
    },
    {
      choice:
        'Of equal magnitudes in a group of four the lower index goes first, as everywhere here.',
      others:
        'Tools for sparse tensor cores keep the first ones, or choose the pattern by its sum.',
    },
  ],
  source: {
    notes: [[228, 228]],
    publications: [
      { ...saad, where: 'section 3.4' },
      { ...mishra, where: 'section 3' },
    ],
  },
  errata: [],
})
