import { build, sum } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import {
  networkOfUnits as networkReference,
  unitScores as reference,
  removeUnit as removeReference,
} from '../../../reference/pruning/unit.ts'
import { networkOfUnits, removeUnit, unitScores } from '../../../spec/pruning/unit.ts'
import { changed, filled, permuted, scalar } from '../../kit/arrays.ts'
import { faultsOf, type Question } from '../../kit/faults.ts'

const wrong = faultsOf(unitScores, reference)
const wrongNetwork = faultsOf(networkOfUnits, networkReference)
const wrongRemoval = faultsOf(removeUnit, removeReference)

type Asked = Question<typeof unitScores>

/** Scores units by another rule. */
const scoring = (name: string, score: (column: readonly number[]) => number) =>
  wrong.answer(name, ({ inputs: { weights, threshold } }: Asked) => {
    const [D, M] = weights.shape as [number, number]
    const scores = build([M], (j) => score(Array.from({ length: D }, (_, i) => weights.at(i, j))))
    return { scores, kept: changed(scores, (s) => (s >= threshold.at() ? 1 : 0)) }
  })

const total = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)

export const cancelsSigns = scoring('E-19 read literally: the magnitude of the sum', (column) =>
  Math.abs(total(column)),
)

export const sumsSquares = scoring('sums squares', (column) => total(column.map((w) => w * w)))

export const takesLargest = scoring('takes the largest magnitude', (column) =>
  Math.max(...column.map(Math.abs)),
)

export const takesMean = scoring(
  'takes the mean of the magnitudes',
  (column) => total(column.map(Math.abs)) / column.length,
)

export const removesEqual = wrong.outputs(
  'removes a unit whose score is equal to the threshold',
  ({ scores }, { inputs: { threshold } }) => ({
    kept: changed(scores, (s) => (s > threshold.at() ? 1 : 0)),
  }),
)

export const keepsSmall = wrong.outputs('keeps the units with small scores', ({ kept }) => ({
  kept: changed(kept, (bit) => 1 - bit),
}))

export const sumsRows = wrong.answer(
  'sums the outgoing weights of the units before',
  ({ inputs: { weights, threshold } }) => {
    const [D, M] = weights.shape as [number, number]
    const rows = build([M], (j) =>
      sum(number, [M], (k) => Math.abs(weights.at(Math.min(j, D - 1), k))),
    )
    return { scores: rows, kept: changed(rows, (s) => (s >= threshold.at() ? 1 : 0)) }
  },
)

export const switchesOff = wrongNetwork.inputs('switches off what is on', ({ units }) => ({
  units: changed(units, (bit) => 1 - bit),
}))

export const ignoresSwitches = wrongNetwork.inputs('leaves all units on', ({ units }) => ({
  units: filled(units.shape, 1),
}))

export const keepsBias = wrongNetwork.outputs(
  'removes the incoming weights only, so that the bias of the unit goes on',
  (_, { inputs, parameters, right }) => {
    const { weights1, units } = inputs
    const cut = build(weights1.shape, (i, j) => weights1.at(i, j) * units.at(j))
    return right({ ...inputs, weights1: cut, units: filled(units.shape, 1) }, parameters)
  },
)

export const switchesNeighbours = wrongNetwork.inputs('switches off neighbours', ({ units }) => ({
  units: permuted(units, (j) => [(j! + 1) % units.shape[0]!]),
}))

export const removesNext = wrongRemoval.parameters(
  'removes the unit behind the one that is meant',
  ({ unit }, { sizes: { M } }) => ({ unit: (unit + 1) % M! }),
)

export const removesLast = wrongRemoval.parameters('removes the last unit', (_, { sizes }) => ({
  unit: sizes.M! - 1,
}))

export const leavesBias = wrongRemoval.outputs(
  'removes the last bias instead of that of the unit',
  (_, { inputs, parameters, right, sizes }) => ({
    bias1: right(inputs, { ...parameters, unit: sizes.M! - 1 }).bias1,
  }),
)

export const leavesOutgoing = wrongRemoval.outputs(
  'removes the last row of the weights behind instead of that of the unit',
  (_, { inputs, parameters, right, sizes }) => ({
    weights2: right(inputs, { ...parameters, unit: sizes.M! - 1 }).weights2,
  }),
)

export const forgetsBiasCount = wrongRemoval.outputs('does not count the bias', ({ saved }) => ({
  saved: scalar(saved.at() - 1),
}))

export const acceptsAnyUnit = wrongRemoval.accepts(
  'removes the last unit for any that there is not',
  ({ weights1, bias1, weights2 }) => ({
    weights1: weights1!,
    bias1: bias1!,
    weights2: weights2!,
    saved: { dtype: 'float32', shape: [], data: Float32Array.of(1) },
  }),
)

export const acceptsNegative = wrong.accepts('accepts thresholds below 0', ({ weights }) => {
  const M = weights!.shape[1]!
  const ones = { dtype: 'float32', shape: [M], data: new Float32Array(M).fill(1) } as const
  return { scores: ones, kept: ones }
})
