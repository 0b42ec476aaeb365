import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import type { NumberArray } from '../arithmetic/array.ts'
import { biasGradient } from '../layers/bias.ts'
import { dense, denseInputGradient, denseWeightGradient } from '../layers/dense.ts'
import { rectify, rectifyGradient } from '../layers/rectifier.ts'
import { type Loss, meanLoss, scoreGradient } from './network-loss.ts'

/** The parameters of a network of two rectified layers and a linear head. */
export interface Network<T> {
  readonly weights1: NumberArray<T>
  readonly biases1: NumberArray<T>
  readonly weights2: NumberArray<T>
  readonly biases2: NumberArray<T>
  readonly head: NumberArray<T>
  readonly bias: NumberArray<T>
}

/** The gradients of the mean loss by everything, and the loss. */
export function backpropagate<T>(
  arithmetic: Arithmetic<T>,
  x: NumberArray<T>,
  the: Network<T>,
  t: NumberArray<T>,
  kind: Loss,
) {
  const z1 = dense(arithmetic, x, the.weights1, the.biases1)
  const h1 = rectify(arithmetic, z1)
  const z2 = dense(arithmetic, h1, the.weights2, the.biases2)
  const h2 = rectify(arithmetic, z2)
  const z = dense(arithmetic, h2, the.head, the.bias)

  const e3 = scoreGradient(arithmetic, z, t, kind)
  return {
    loss: meanLoss(arithmetic, z, t, kind),
    head: denseWeightGradient(arithmetic, h2, e3),
    bias: biasGradient(arithmetic, e3),
    /** Evaluated only where needed: below a frozen layer nobody asks on which side of 0 a response lies. */
    below: () => {
      const e2 = rectifyGradient(arithmetic, z2, denseInputGradient(arithmetic, the.head, e3))
      const lowest = () => {
        const e1 = rectifyGradient(arithmetic, z1, denseInputGradient(arithmetic, the.weights2, e2))
        return {
          weights1: denseWeightGradient(arithmetic, x, e1),
          biases1: biasGradient(arithmetic, e1),
          x: denseInputGradient(arithmetic, the.weights1, e1),
        }
      }
      return {
        weights2: denseWeightGradient(arithmetic, h1, e2),
        biases2: biasGradient(arithmetic, e2),
        below: lowest,
      }
    },
  }
}
