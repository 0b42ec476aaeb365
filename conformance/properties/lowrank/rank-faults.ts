import { rank as reference } from '../../../reference/lowrank/rank.ts'
import { rank } from '../../../spec/lowrank/rank.ts'
import { scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(rank, reference)

export const alwaysFull = wrong.outputs(
  'E-28 read literally: every matrix has full rank, and its truncation that of the count',
  (_, { parameters: { count }, sizes: { R } }) => ({
    whole: scalar(R!),
    truncated: scalar(Math.min(count, R!)),
  }),
)

export const countsTolerance = wrong.outputs(
  'counts values equal to the tolerance',
  (_, { inputs: { S }, parameters: { tolerance, count } }) => {
    const least = tolerance * Math.max(...S.data)
    const whole = S.data.filter((s) => s >= least).length
    return { whole: scalar(whole), truncated: scalar(Math.min(count, whole)) }
  },
)

export const absoluteTolerance = wrong.outputs(
  'takes the tolerance for an absolute one',
  (_, { inputs: { S }, parameters: { tolerance, count } }) => {
    const whole = S.data.filter((s) => s > tolerance).length
    return { whole: scalar(whole), truncated: scalar(Math.min(count, whole)) }
  },
)

export const firstForLargest = wrong.outputs(
  'takes the first value for the largest',
  (_, { inputs: { S }, parameters: { tolerance, count } }) => {
    const whole = S.data.filter((s) => s > tolerance * S.at(0)).length
    return { whole: scalar(whole), truncated: scalar(Math.min(count, whole)) }
  },
)

export const keepsRank = wrong.outputs('leaves the rank as it was', ({ whole }) => ({
  truncated: whole,
}))

export const ranksCount = wrong.outputs(
  'gives a truncation the rank of its count',
  (_, { parameters: { count } }) => ({ truncated: scalar(count) }),
)

export const neverExact = wrong.parameters(
  'takes a tolerance of 0 for one that was not given, and that of its format',
  ({ tolerance }) => ({ tolerance: tolerance === 0 ? 2 ** -20 : tolerance }),
)
