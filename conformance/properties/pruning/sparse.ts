import { build, sum } from '../../../reference/arithmetic/array.ts'
import { array, derived } from '../../../spec/language/operation.ts'
import { byPercentage } from '../../../spec/pruning/magnitude.ts'
import { compressedRows, twoOfFour, unstructured } from '../../../spec/pruning/sparse.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { plain } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import { removesMostNegative } from './magnitude-faults.ts'
import {
  compressesColumns,
  countsFromOne,
  countsPlacesFlat,
  dropsNegative,
  firstOfEqual,
  fixedPattern,
  forgetsPointers,
  givesRowLengths,
  keepsSmallest,
  sortsBySize,
} from './sparse-faults.ts'

export const sparseProperties = properties(
  unstructured,
  agreementTwice(compressedRows, {
    name: 'rows',
    kills: [
      compressesColumns,
      countsFromOne,
      givesRowLengths,
      dropsNegative,
      forgetsPointers,
      countsPlacesFlat,
    ],
  }),
  agreementTwice(twoOfFour, {
    name: 'four',
    kills: [keepsSmallest, fixedPattern, sortsBySize, firstOfEqual],
  }),
  law('products', {
    of: {
      ...compressedRows,
      inputs: { ...compressedRows.inputs, x: array('a vector', 'M') },
    },
    asks: [compressedRows],
    title: 'a product with what is stored is that with the matrix',
    kills: [compressesColumns, givesRowLengths, dropsNegative],
    share: 0.5,
    async holds({ answer, arithmetic, array, inputs: { weights }, parameters, sizes: { D, M } }) {
      const { multiply, toNumber } = arithmetic
      const { values, columns, starts } = await answer(compressedRows, { weights }, parameters)
      const [W, x] = [array('weights'), array('x')]
      // An index that there is not reads nothing, so that a wrong one shows as a wrong product.
      const within = (value: number, most: number) => Math.min(Math.max(0, value), most)
      const start = (i: number) => within(toNumber(starts.at(i)), D * M)
      const column = (k: number) => within(toNumber(columns.at(k)), M - 1)
      return [
        {
          label: 'W x',
          expected: build([D], (i) => sum(arithmetic, [M], (j) => multiply(W.at(i, j), x.at(j)))),
          actual: build([D], (i) =>
            sum(arithmetic, [Math.max(0, start(i + 1) - start(i))], (k) =>
              multiply(values.at(start(i) + k), x.at(column(start(i) + k))),
            ),
          ),
        },
      ]
    },
  }),
  law('half-of-four', {
    of: {
      dimensions: { D: derived(() => 1, 'row'), Four: derived(() => 4, 'weights of a group') },
      inputs: { weights: array('the weights', 'D', 'D', 'Four') },
      parameters: {},
    },
    asks: [twoOfFour, byPercentage],
    title: 'of a single group it is pruning of half of the weights',
    kills: [keepsSmallest, fixedPattern, firstOfEqual, removesMostNegative],
    share: 0.5,
    async holds({ answer, inputs: { weights } }) {
      const weights1 = build([1, 4], (_, k) => plain(weights).at(0, 0, k))
      const given = { weights1, weights2: build([4, 1], () => 0) }
      const half = await answer(byPercentage, given, { share: 0.5, scope: 'layer' })
      const four = await answer(twoOfFour, { weights }, {})
      return [
        {
          label: 'weights that are left',
          expected: half.pruned1,
          actual: build([1, 4], (_, k) => four.pruned.at(0, 0, k)),
        },
      ]
    },
  }),
  worked('by-hand', {
    of: compressedRows,
    title: 'three of nine numbers of 32 bits: 320 bits with 32 for each index, 288 as a matrix',
    kills: [countsFromOne, givesRowLengths, forgetsPointers, countsPlacesFlat],
    inputs: { weights: tensor([3, 3], [0, 5, 0, 0, 0, 0, -2, 0, 7]) },
    parameters: { valueBits: 32, indexBits: 32 },
    gives: {
      values: [5, -2, 7, 0, 0, 0, 0, 0, 0],
      columns: [1, 0, 2, 0, 0, 0, 0, 0, 0],
      starts: [0, 1, 1, 3],
      denseBits: [288],
      sparseBits: [320],
    },
  }),
)
