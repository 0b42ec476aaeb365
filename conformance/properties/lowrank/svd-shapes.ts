import { shapes, svdShapes } from '../../../spec/lowrank/svd-shapes.ts'
import { agreement } from '../../kit/agreement.ts'
import { row } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { worked } from '../../kit/worked.ts'
import {
  alwaysFull,
  alwaysThin,
  column,
  squareMiddle,
  untransposed,
  valuesForColumns,
} from './svd-shapes-faults.ts'

export const svdShapesProperties = properties(
  shapes,
  agreement(svdShapes, 'integers', {
    kills: [column, valuesForColumns, alwaysFull, alwaysThin, squareMiddle, untransposed],
  }),
  law('meet', {
    of: svdShapes,
    title: 'neighbouring factors meet, and the product has the shape of the matrix',
    kills: [column, squareMiddle, untransposed],
    share: 0.5,
    async holds({ answer, exact, parameters }) {
      const { left, middle, right } = await answer(svdShapes, {}, parameters)
      const { rows, columns } = parameters
      return [
        { label: 'U and S', expected: row(left.at(1)), actual: row(middle.at(0)) },
        { label: 'S and Vᵀ', expected: row(middle.at(1)), actual: row(right.at(0)) },
        {
          label: 'the product',
          expected: exact(row(rows, columns)),
          actual: row(left.at(0), right.at(1)),
        },
      ]
    },
  }),
  law('transposed', {
    of: svdShapes,
    title: 'the factors of the transposed matrix come in the opposite order, transposed',
    kills: [valuesForColumns],
    share: 0.5,
    async holds({ answer, parameters }) {
      const { rows, columns, form } = parameters
      const own = await answer(svdShapes, {}, parameters)
      const other = await answer(svdShapes, {}, { rows: columns, columns: rows, form })
      const pairs = [
        ['left', 'right'],
        ['middle', 'middle'],
        ['right', 'left'],
      ] as const
      return pairs.map(([of, from]) => ({
        label: of,
        expected: row(own[from].at(1), own[from].at(0)),
        actual: other[of],
      }))
    },
  }),
  worked('E-27', {
    of: svdShapes,
    title: 'the middle factor of a matrix of 2 × 2 is 2 × 2',
    kills: [column],
    parameters: { rows: 2, columns: 2, form: 'full' },
    notes: { middle: [2, 1] },
    gives: { left: [2, 2], middle: [2, 2], right: [2, 2] },
  }),
)
