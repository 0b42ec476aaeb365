import { expect, it } from 'vitest'
import { experiments } from '../../conformance/experiments/index.ts'
import { nearly } from '../../reference/arithmetic/roundings.ts'
import { asking } from './ask.ts'
import { federated, meanDrift, splits, trainTogether } from './federated.ts'

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

it('comes to the same with the same seed, to the bit, as the report shows, and to something else with another', async () => {
  const [localSteps, seed] = [20, 1]
  const ask = await asking()
  const once = await trainTogether(ask, splits[0]!, localSteps, seed)
  expect(await trainTogether(ask, splits[0]!, localSteps, seed)).toStrictEqual(once)
  const { drift } = await trainTogether(ask, splits[0]!, localSteps, seed + 1)
  expect(drift).not.toBe(once.drift)

  const shown = (id: string) =>
    experiments.studies.find(({ claim }) => claim.id === id)!.kinds[0]!.seeds[seed - 1]!
  const at = (federated.localSteps as readonly number[]).indexOf(localSteps)
  expect(once.rounds).toBe(shown('rounds-to-accuracy')[at])
  expect(Number(once.drift.toPrecision(5))).toBe(shown('client-drift')[at])
})
