import { build, type NumberArray, sum } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { formats, type Precision } from '../../../reference/arithmetic/precision.ts'
import type { AccuracyProfile } from '../../../reference/arithmetic/profile.ts'
import { roundingsOfSvd } from '../../../reference/layers/svd-accuracy.ts'
import type { Bench, Property } from '../../engine/property.ts'
import type { Definition } from '../../kit/definition.ts'

type Matrix = NumberArray<number>

/** By how much a product may be off: what its factors are rounded by, and itself, and the doubles here. */
function roundingOf({ precision, profile }: Bench<unknown, never>['judgedBy']): number {
  const { bits, operandBits } = formats[precision]
  const operands = operandBits === bits ? 0 : 2 ** (1 - operandBits) + 2 ** (-2 * operandBits)
  return operands + profile.rounding * 2 ** (1 - bits) + 2 ** -52
}

/**
 * What rounding explains of a decomposition: of a sum or product of numbers of size 1, and the same for the
 * sums by which it is judged here, in doubles, over r values and max(m, k) elements.
 */
export function shareOfRounding(judgedBy: Bench<unknown, never>['judgedBy'], W: Matrix): number {
  const [m, k] = W.shape as [number, number]
  const evaluated = (Math.max(m, k) + 3) * Math.min(m, k) * 2 ** -52
  return roundingsOfSvd(m, k) * roundingOf(judgedBy) + evaluated
}

/** By what share of its norm a decomposition may miss a matrix: what rounding explains, and what is stated beside it. */
export const shareMissed = (judgedBy: Bench<unknown, never>['judgedBy'], W: Matrix): number =>
  shareOfRounding(judgedBy, W) + (judgedBy.profile.decomposition ?? 0)

/** What is flushed to zero on the way to a decomposition. */
export const flushed = ({ precision }: Bench<unknown, never>['judgedBy'], W: Matrix): number =>
  roundingsOfSvd(...(W.shape as [number, number])) * formats[precision].minNormal

/** The Frobenius norm; large squares are kept from overflowing. */
export const frobenius = (A: Matrix): number => Math.hypot(...A.data)

/** W − U diag(S) Vᵀ. */
export const residual = (W: Matrix, U: Matrix, S: Matrix, V: Matrix): Matrix =>
  build(W.shape, (i, j) => {
    const product = sum(number, S.shape, (l) => U.at(i, l) * S.at(l) * V.at(j, l))
    return W.at(i, j) - product
  })

/** UᵀU. */
export const gram = (U: Matrix): Matrix =>
  build([U.shape[1]!, U.shape[1]!], (a, b) =>
    sum(number, [U.shape[0]!], (i) => U.at(i, a) * U.at(i, b)),
  )

/** Where even eight columns leave no digit, nothing can be said of a decomposition. */
function saysNothingIn(precision: Precision): string | null {
  return roundingsOfSvd(8, 8) * 2 ** -formats[precision].operandBits < 0.1
    ? null
    : `${precision} has no digits for the rotations of a decomposition`
}

/**
 * Where an accuracy is stated, errors below it go unnoticed: of the norm of a matrix of up to 64 values, which is up
 * to 8 times the largest of them, and in a law of two answers twice as much.
 */
const statedFloor = ({ decomposition = 0 }: AccuracyProfile): number =>
  Math.min(1, 2 * 8 * decomposition)

/** A property that says nothing in formats of a few digits, and less where a profile states an accuracy. */
export const withDigits =
  (define: Definition): Definition =>
  (clause): Property => ({ ...define(clause), saysNothingIn, statedFloor })

/**
 * The relative errors of the values that the residual would have shown: where all are off alike it changes by
 * as much of the norm, where one is by as much of that value.
 */
export function floorOf(noticed: number, norm: number, values: readonly number[]) {
  const half = values.toSorted((a, b) => b - a)[(values.length - 1) >> 1]!
  const share = (size: number) => (size > 0 ? noticed / size : Number.POSITIVE_INFINITY)
  return { all: share(norm), one: share(half) }
}
