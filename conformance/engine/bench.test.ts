import { expect, it } from 'vitest'
import { lift } from '../../reference/arithmetic/array.ts'
import { ieee } from '../../reference/arithmetic/profile.ts'
import { references } from '../../reference/index.ts'
import type { References } from '../../reference/reference.ts'
import { conv2d } from '../../spec/cnn/conv2d.ts'
import { dense } from '../../spec/cnn/flatten.ts'
import { lrnAcross } from '../../spec/cnn/lrn.ts'
import { averagePool } from '../../spec/cnn/pool.ts'
import { trainingGradient } from '../../spec/inception/auxiliary.ts'
import { operationById } from '../../spec/index.ts'
import type { Operation } from '../../spec/language/operation.ts'
import { stack } from '../../spec/resnet/stack.ts'
import { descend } from '../../spec/training/descent.ts'
import { mapValues } from '../base/records.ts'
import { tensor } from '../kit/tensor.ts'
import { expectedAfter, expectedWithin } from './bench.ts'
import { isAffordable, mayCancel } from './deep.ts'
import { boundedBy, Expectations } from './expectations.ts'

const bounds = boundedBy('float32', ieee)
const parameters = { shortcut: 'identity', activation: 'linear' }

/** Layers of one unit that turn it round, with two bounds of what the last one gives. */
function boundsThrough(layers: number) {
  const inputs = {
    x: tensor([1], [1]),
    weights: tensor([layers, 1, 1], Array<number>(layers).fill(-1.99)),
    biases: tensor([layers, 1], Array<number>(layers).fill(0)),
  }
  const expectations = new Expectations(references as object as References)
  const { y } = expectedWithin(bounds, expectations, stack, inputs, parameters)
  const arrays = mapValues(inputs, (array) => lift(bounds, array))
  const forwards = references['resnet.stack'](bounds, arrays as never, parameters as never)
  return {
    counts: bounds.error(y!.data[0]!),
    forwards: bounds.error(forwards.y.data[0]!),
    byAdjoints: expectations.byAdjoints.has(bounds),
  }
}

it('of what is deep the smaller of both bounds counts, and it is known which', () => {
  const { counts, forwards, byAdjoints } = boundsThrough(50)
  // What comes out is 0.99^50 = 0.6: one bound is a million times as large, the other leaves it two digits.
  expect(forwards).toBeGreaterThan(1e6)
  expect(counts).toBeLessThan(1e-2)
  expect(byAdjoints).toBe(true)
})

it('of what is shallow errors are carried forwards only', () => {
  const { counts, forwards, byAdjoints } = boundsThrough(1)
  expect(counts).toBe(forwards)
  expect(byAdjoints).toBe(false)
})

it('of an output that is too large for the tape nothing else is tried', () => {
  expect([1, 25_000, 25_001].map(isAffordable)).toEqual([true, true, false])
})

it('errors may cancel where a rounding arrives on several ways, and nowhere else', () => {
  const cancels = ({ id }: Operation) =>
    mayCancel(operationById(id)!, references as object as References)
  expect([conv2d, dense, averagePool, lrnAcross].map(cancels)).toEqual([false, false, false, false])
  expect([stack, descend, trainingGradient].map(cancels)).toEqual([true, true, true])
})

/** The bounds of a dense layer without biases, of a number that was answered before. */
function boundsAfter(x: number, ...weights: readonly number[]) {
  const inputs = {
    x: tensor([1, 1], [x]),
    weights: tensor([1, weights.length], weights),
    bias: tensor([weights.length], Array<number>(weights.length).fill(0)),
  }
  const expectations = { references: references as object as References }
  const step = { inputs, parameters: {}, answered: ['x'] }
  return expectedAfter(bounds, expectations, dense, step).y!.data.map(bounds.error)
}

it('of a step in which a number overflows, or that begins with one that did, nothing is said', () => {
  expect(boundsAfter(1, 1e30, 0)[1]).toBe(0)
  const nothing = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  expect(boundsAfter(1e30, 1e30, 0)).toEqual(nothing)
  expect(boundsAfter(Number.POSITIVE_INFINITY, 1, 0)).toEqual(nothing)
})
