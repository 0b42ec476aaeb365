import { expect, test } from 'vitest'
import { fromData } from '../arithmetic/array.ts'
import { number } from '../arithmetic/number.ts'
import { nearly } from '../arithmetic/roundings.ts'
import { distributionDescent } from './convergence-of-pg.ts'
import { diracStability, diracSteps } from './hyperparameter-sensitivity.ts'
import { bilinearGame } from './instability.ts'
import { diracLosses } from './loss-quality-decoupling.ts'
import { pointDivergences } from './wgan-continuity.ts'
import { criticLoss, criticLossGradient, lineDistance, sampleDistance } from './wgan-critic-loss.ts'

const row = (...data: readonly number[]) => fromData([data.length], data)
const scalar = (value: number) => fromData([], [value])

test('two players, at once and in turn', () => {
  const players = { x: row(1), y: row(0) }
  const steps = (order: 'simultaneous' | 'alternating') => {
    const { x, y } = bilinearGame(number, players, { rate: 1, steps: 2, order })
    return [x.data, y.data]
  }
  expect(steps('simultaneous')).toEqual([
    [1, 0],
    [1, 2],
  ])
  expect(steps('alternating')).toEqual([
    [1, 0],
    [1, 1],
  ])
})

test('a point and a weight, and the limits of their rate', () => {
  const given = { rate: 1, penalty: 0.5, steps: 1, loss: 'saturating' } as const
  const { theta, psi } = diracSteps(number, { theta: row(0), psi: row(2) }, given)
  expect([theta.data, psi.data]).toEqual([[1], [1]])
  const asked = { rate: row(2, 1), penalty: row(0.5, 1.25) }
  const { radius, largestRate } = diracStability(number, asked, {})
  expect([radius.data, largestRate.data]).toEqual([
    [1, 0.75],
    [2, 2],
  ])
  const { nonSaturating } = diracLosses(number, { theta: row(1), psi: row(0) }, {})
  expect(nonSaturating.data).toEqual([nearly(Math.LN2)])
})

test('distances of points, samples and masses', () => {
  const { wasserstein, slope, kullbackLeibler } = pointDivergences(number, { theta: row(-0.5) }, {})
  expect([wasserstein, slope, kullbackLeibler].map(({ data }) => data[0])).toEqual([
    0.5,
    -1,
    Number.POSITIVE_INFINITY,
  ])
  const batches = { real: row(3, 1), generated: row(1, 5) }
  expect(sampleDistance(number, batches, {}).distance.at()).toBe(1)
  const masses = {
    places: row(0, 1),
    data: row(1, 3),
    generatedPlaces: row(3),
    generated: row(1),
  }
  expect(lineDistance(number, masses, {}).distance.at()).toBe(2.25)
})

test('what a critic measures, and its gradients', () => {
  const batches = { real: row(3, 1), generated: row(-1, 2) }
  const { estimate, critic, generator } = criticLoss(number, batches, {})
  expect([estimate, critic, generator].map((one) => one.at())).toEqual([1.5, -1.5, -0.5])
  const slopes = { dEstimate: scalar(0), dCritic: scalar(1), dGenerator: scalar(0) }
  const { dReal, dGenerated } = criticLossGradient(number, { ...batches, ...slopes }, {})
  expect([dReal.data, dGenerated.data]).toEqual([
    [-0.5, -0.5],
    [0.5, 0.5],
  ])
})

test('a distribution comes half way to the data, and half way again', () => {
  const given = { rate: 1, steps: 2 }
  const { generated } = distributionDescent(number, { data: row(1, 0), start: row(1, 1) }, given)
  expect(generated.data).toEqual([0.75, 0.25, 0.875, 0.125])
})
