import { rank, rankOfTruncation } from '../../../spec/lowrank/rank.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, scalar } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  absoluteTolerance,
  alwaysFull,
  countsTolerance,
  firstForLargest,
  keepsRank,
  neverExact,
  ranksCount,
} from './rank-faults.ts'

export const rankProperties = properties(
  rankOfTruncation,
  agreementTwice(rank, {
    kills: [alwaysFull, absoluteTolerance, firstForLargest, keepsRank, ranksCount],
  }),
  equivariance('scaling', {
    of: rank,
    title: 'a matrix that is four times as large has the same rank',
    kills: [absoluteTolerance],
    share: 0.5,
    inputs: ({ S }) => ({ S: changed(S, (s) => 4 * s) }),
  }),
  equivariance('order', {
    of: rank,
    title: 'singular values in the opposite order give the same rank',
    kills: [firstForLargest],
    share: 0.5,
    inputs: ({ S }) => ({ S: changed(S, (_, l) => S.data.at(-1 - l)!) }),
  }),
  law('smaller-of-both', {
    of: rank,
    title: 'truncation leaves the smaller one of the rank and the count',
    kills: [keepsRank, ranksCount],
    share: 0.5,
    async holds({ answer, arithmetic, inputs, parameters }) {
      const { exact, maximum, negate } = arithmetic
      const { whole, truncated } = await answer(rank, inputs, parameters)
      const smaller = negate(maximum([negate(whole.at()), negate(exact(parameters.count))]))
      return [{ label: 'min(t, rank) = rank', expected: scalar(smaller), actual: truncated }]
    },
  }),
  worked('tolerance-of-0', {
    of: rank,
    title: 'with a tolerance of 0 every value above 0 counts, however small beside the largest',
    kills: [neverExact],
    inputs: { S: tensor([3], [2 ** -24, 1, 0]) },
    parameters: { tolerance: 0, count: 3 },
    gives: { whole: [2], truncated: [2] },
  }),
  worked('E-28', {
    of: rank,
    title:
      'a matrix of two dependent columns has the rank 1, and so has its truncation to two values',
    kills: [alwaysFull, countsTolerance],
    inputs: { S: tensor([2], [5, 0]) },
    parameters: { tolerance: 0, count: 2 },
    notes: { whole: [2], truncated: [2] },
    gives: { whole: [1], truncated: [1] },
  }),
)
