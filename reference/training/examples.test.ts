import { describe, expect, test } from 'vitest'
import { fromData, type NumberArray } from '../arithmetic/array.ts'
import { number } from '../arithmetic/number.ts'
import { diagnoseRate } from './classifier.ts'
import { descend, quadratic, quadraticGradient } from './descent.ts'
import { overfitGap, turningPoint } from './overfit.ts'
import { stepsToShrink } from './too-low.ts'
import { decayedLoss, decayedLossGradient, ridge } from './weight-decay.ts'

const of = (shape: readonly number[], ...data: readonly number[]) => fromData(shape, data)
const row = (...data: readonly number[]) => fromData([data.length], data)
const data = ({ data }: NumberArray<number>) => data

describe('a quadratic loss', () => {
  const bowl = { matrix: of([1, 1], 2), minimum: row(1), x: row(4) }

  test('and its gradients', () => {
    expect(data(quadratic(number, bowl, {}).loss)).toEqual([9])
    const gradient = quadraticGradient(number, { ...bowl, dLoss: of([], 1) }, {})
    expect(Object.values(gradient).map(data)).toEqual([[6], [4.5], [-6]])
  })

  test('goes down by halves', () => {
    const inputs = { matrix: of([1, 1], 1), minimum: row(0), start: row(8) }
    const { trajectory, losses } = descend(number, inputs, { rate: 0.5, steps: 2 })
    expect([data(trajectory), data(losses)]).toEqual([
      [8, 4, 2],
      [32, 8, 2],
    ])
  })
})

test('a quarter a step: three steps to less than half', () => {
  const { steps, exact } = stepsToShrink(number, {}, { rate: 0.25, curvature: 1, shrink: 0.5 })
  expect(data(steps)).toEqual([3])
  // Two logarithms within an ulp (2^-52) each, and a quotient.
  const off = exact.at() / (Math.log(0.5) / Math.log(0.75)) - 1
  expect(Math.abs(off)).toBeLessThanOrEqual(5 * 2 ** -52)
})

test.each([
  [[4, 3, 2], 2],
  [[4, 3.9, 3.8], 1],
  [[4, 2, 9], 0],
  [[4, Number.NaN, 3], 0],
  [[4, 2, 2], 3],
] as const)('the losses %j are diagnosed as %i', (losses, diagnosis) => {
  const inputs = { losses: row(...losses) }
  const parameters = { growth: 2, progress: 0.1 }
  expect(data(diagnoseRate(number, inputs, parameters).diagnosis)).toEqual([diagnosis])
})

describe('overfitting', () => {
  test('is a strong gap', () => {
    const parameters = { metric: 'accuracy', little: 0.05, strong: 0.2 } as const
    const curves = { training: row(1), validation: row(0.75) }
    const { gaps, diagnosis } = overfitGap(number, curves, parameters)
    expect([data(gaps), data(diagnosis)]).toEqual([[0.25], [2]])
  })

  test('turns validation down', () => {
    const curves = { training: row(1, 2, 3), validation: row(1, 2, 0) }
    const answer = turningPoint(number, curves, { drop: 1 })
    expect(Object.values(answer).map(data)).toEqual([[1], [1], [1, 1, 1]])
  })

  test('is less with decay', () => {
    const sample = { x: of([1, 1], 1), targets: row(1) }
    const trained = ridge(number, sample, { decay: 1 })
    expect(Object.values(trained).map(data)).toEqual([[0.5], [0.125], [0.25]])
    const at = { ...sample, weights: row(0.5) }
    const { loss, trainingError } = decayedLoss(number, at, { decay: 1 })
    expect([data(loss), data(trainingError)]).toEqual([[0.25], [0.125]])
    const gradient = decayedLossGradient(number, { ...at, dLoss: of([], 1) }, { decay: 1 })
    expect(Object.values(gradient).map(data)).toEqual([[-0.25], [0.5], [0]])
  })
})
