import { expect, it } from 'vitest'
import { nearly } from '../../reference/arithmetic/roundings.ts'
import { meanDrift } from './federated.ts'

const model = (...numbers: readonly number[]) => Float32Array.from(numbers)

it('drifts apart by as much as the mean moves, where one of two stays and one goes', () => {
  const [start, mean] = [model(0, 0), model(1, 0)]
  expect(meanDrift([start, mean], [model(0, 0), model(2, 0)], [1, 1])).toBe(1)
})

it('weighs by points, and takes the geometric mean over rounds', () => {
  const servers = [model(0), model(1), model(2)]
  // 3 (1 − 3)² / 4 and (9 − 3)² / 4 are 12 in the second round: (4 + 12) / 2² and 3 · 1 + 9, over 1.
  const sent = [model(0), model(2), model(2 - 2), model(2 + 6)]
  const first = 1
  const second = Math.sqrt((3 * 4 + 36) / 4)
  expect(meanDrift(servers, sent, [1, 1, 3, 1])).toEqual(nearly(Math.sqrt(first * second)))
})
