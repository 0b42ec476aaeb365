import { svdShapes as reference } from '../../../reference/lowrank/svd-shapes.ts'
import { svdShapes } from '../../../spec/lowrank/svd-shapes.ts'
import { row } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(svdShapes, reference)

export const column = wrong.outputs(
  'E-27 read literally: the singular values are a column',
  ({ middle }) => ({ middle: row(Math.min(...middle.data), 1) }),
)

export const valuesForColumns = wrong.outputs(
  'has as many singular values as columns in the thin form',
  ({ left, middle, right }, { parameters: { rows, columns, form } }) =>
    form === 'full'
      ? { left, middle, right }
      : { left: row(rows, columns), middle: row(columns, columns), right: row(columns, columns) },
)

export const alwaysFull = wrong.parameters('knows the full form alone', () => ({ form: 'full' }))

export const alwaysThin = wrong.parameters('knows the thin form alone', () => ({ form: 'thin' }))

export const squareMiddle = wrong.outputs(
  'makes the middle factor square in the full form',
  ({ middle }, { parameters: { rows, columns } }) => ({
    middle: middle.at(0) === rows && middle.at(1) === columns ? row(rows, rows) : middle,
  }),
)

export const untransposed = wrong.outputs('gives the shape of V itself', ({ right }) => ({
  right: row(right.at(1), right.at(0)),
}))
