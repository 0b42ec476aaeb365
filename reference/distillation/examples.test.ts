import { describe, expect, test } from 'vitest'
import { fromData, type NumberArray } from '../arithmetic/array.ts'
import { number } from '../arithmetic/number.ts'
import {
  crossEntropy,
  crossEntropyGradient,
  probabilityCrossEntropy,
  probabilityCrossEntropyGradient,
} from './cross-entropy.ts'
import {
  ensemble,
  ensembleCrossEntropy,
  ensembleCrossEntropyGradient,
  ensembleGradient,
} from './ensemble-average.ts'
import { scoreLoss, scoreLossGradient } from './logit-imitation.ts'
import { divergence, divergenceGradient } from './loss.ts'
import { pseudoLabels } from './pseudo-label.ts'
import {
  logSoftmax,
  logSoftmaxGradient,
  logSumExp,
  logSumExpGradient,
  softmax,
  softmaxGradient,
} from './softmax.ts'
import { distillationLoss, distillationLossGradient } from './temperature.ts'

const row = (...data: readonly number[]) => fromData([1, data.length], data)
const data = ({ data }: NumberArray<number>) => data

/** A handful of functions that are an ulp off each. */
const near = (value: number) => expect.closeTo(value, 14)

describe('two classes', () => {
  const z = row(0, 2 * Math.log(3))
  const equal = row(0, 0)
  const dy = row(4, 0)

  test('a quarter and three quarters', () => {
    expect(data(softmax(number, { z }, { temperature: 2 }).y)).toEqual([near(1 / 4), near(3 / 4)])
    const { y } = logSoftmax(number, { z }, { temperature: 2 })
    expect(data(y)).toEqual([near(-Math.log(4)), near(Math.log(3 / 4))])
  })

  test('their smooth maximum', () => {
    const { y } = logSumExp(number, { z: equal }, { temperature: 2 })
    expect(data(y)).toEqual([2 * Math.LN2])
  })

  test('and the gradients', () => {
    expect(data(softmaxGradient(number, { z: equal, dy }, { temperature: 1 }).dz)).toEqual([1, -1])
    const ofLogs = logSoftmaxGradient(number, { z: equal, dy }, { temperature: 1 })
    expect(data(ofLogs.dz)).toEqual([2, -2])
    const smooth = { z: equal, dy: fromData([1], [4]) }
    expect(data(logSumExpGradient(number, smooth, { temperature: 2 }).dz)).toEqual([2, 2])
  })
})

describe('a student that agrees with its teacher', () => {
  const given = { z: row(0, 0), v: row(0, 0), targets: row(1, 0) }
  const parameters = { temperature: 2, share: 0.5, divergence: 'cross-entropy' } as const

  test('loses the entropy of both, or what it lacks of the targets', () => {
    const { loss } = distillationLoss(number, given, parameters)
    expect(data(loss)).toEqual([near(2.5 * Math.LN2)])
    const divergence = distillationLoss(number, given, { ...parameters, divergence: 'kl' })
    expect(data(divergence.loss)).toEqual([near(0.5 * Math.LN2)])
  })

  test('is moved to the targets alone', () => {
    const inputs = { ...given, dLoss: fromData([], [4]) }
    const { dz, dv, dTargets } = distillationLossGradient(number, inputs, parameters)
    expect([data(dz), data(dv).map(Math.abs)]).toEqual([
      [-1, 1],
      [0, 0],
    ])
    expect(data(dTargets)).toEqual([near(2 * Math.LN2), near(2 * Math.LN2)])
  })
})

describe('cross-entropy', () => {
  const counted = fromData([1], [1])
  const sum = { reduction: 'sum' } as const

  test('of scores, with a class that counts three times', () => {
    const given = { z: row(0, 0), targets: row(1, 0), weights: fromData([2], [3, 1]), counted }
    expect(data(crossEntropy(number, given, sum).loss)).toEqual([near(3 * Math.LN2)])
    const d = crossEntropyGradient(number, { ...given, dLoss: fromData([], [2]) }, sum)
    expect(data(d.dz)).toEqual([-3, 3])
    expect(data(d.dTargets)).toEqual([near(6 * Math.LN2), near(2 * Math.LN2)])
    expect(data(d.dWeights)).toEqual([near(2 * Math.LN2), 0])
  })

  test('of probabilities', () => {
    const given = { q: row(0, 0.5), targets: row(1, 2), weights: fromData([2], [1, 1]), counted }
    const parameters = { ...sum, epsilon: 0.5 }
    expect(data(probabilityCrossEntropy(number, given, parameters).loss)).toEqual([Math.LN2])
    const inputs = { ...given, dLoss: fromData([], [1]) }
    const d = probabilityCrossEntropyGradient(number, inputs, parameters)
    expect([data(d.dq), data(d.dTargets).map((v) => v + 0)]).toEqual([
      [-2, -2],
      [Math.LN2, 0],
    ])
    expect(data(d.dWeights).map((v) => v + 0)).toEqual([Math.LN2, 0])
  })
})

test.each([
  ['cross-entropy', Math.LN2],
  ['kl', 0],
  ['squares', 0],
  ['jensen-shannon', 0],
] as const)('equal scores of two classes: %s is %d', (measure, value) => {
  const given = { z: row(0, 0), v: row(0, 0) }
  expect(data(divergence(number, given, { measure }).divergence)).toEqual([value])
  const inputs = { ...given, dDivergence: fromData([1], [1]) }
  const { dz, dv } = divergenceGradient(number, inputs, { measure })
  expect([...data(dz), ...data(dv)].map(Math.abs)).toEqual([0, 0, 0, 0])
})

test('a score that is 2 off', () => {
  const given = { z: row(3, 1), v: row(1, 1) }
  expect(data(scoreLoss(number, given, {}).loss)).toEqual([2])
  const { dz, dv } = scoreLossGradient(number, { ...given, dLoss: fromData([], [2]) }, {})
  expect([data(dz), data(dv).map((v) => v + 0)]).toEqual([
    [4, 0],
    [-4, 0],
  ])
})

describe('an ensemble of two', () => {
  test('is a quarter off where one member is right', () => {
    const given = { predictions: fromData([2, 1, 1], [1, 0]), targets: row(1) }
    const answer = ensemble(number, given, {})
    expect(Object.values(answer).map(data)).toEqual([[0.5], [0.25], [0, 1], [0.25]])
  })

  test('moves both members as far, and their target as far as both together', () => {
    const given = { predictions: fromData([2, 1, 1], [1, 0]), targets: row(1) }
    const zeros = {
      dAverage: row(0),
      dErrors: fromData([2, 1], [0, 0]),
      dAmbiguity: fromData([1], [0]),
    }
    const answer = ensembleGradient(number, { ...given, ...zeros, dError: fromData([1], [1]) }, {})
    expect(Object.values(answer).map(data)).toEqual([[-0.5, -0.5], [1]])
  })

  test('of equal members shares its gradient', () => {
    const given = { z: fromData([2, 1, 2], [0, 0, 0, 0]), targets: row(1, 0) }
    const slopes = { dLoss: fromData([1], [1]), dLosses: fromData([2, 1], [0, 0]) }
    const { dz, dTargets } = ensembleCrossEntropyGradient(number, { ...given, ...slopes }, {})
    expect(data(dz)).toEqual([-0.25, 0.25, -0.25, 0.25])
    expect(data(dTargets)).toEqual([Math.LN2, Math.LN2])
  })

  test('of equal members is as surprised as each', () => {
    const given = { z: fromData([2, 1, 2], [0, 0, 0, 0]), targets: row(1, 0) }
    const { loss, losses } = ensembleCrossEntropy(number, given, {})
    expect([...data(loss), ...data(losses)]).toEqual(new Array(3).fill(Math.LN2))
  })
})

test('labels of two members', () => {
  const given = { predictions: fromData([2, 1, 2], [1, 3, 2, 4]) }
  expect(data(pseudoLabels(number, given, { kind: 'soft' }).targets)).toEqual([1.5, 3.5])
  expect(data(pseudoLabels(number, given, { kind: 'hard' }).targets)).toEqual([0, 1])
})
