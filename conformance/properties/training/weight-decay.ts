import type { Arithmetic } from '../../../reference/arithmetic/arithmetic.ts'
import { build, fromData, type NumberArray, sum } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { array, derived } from '../../../spec/language/operation.ts'
import { integer } from '../../../spec/language/parameter.ts'
import {
  decayedLoss,
  decayedLossGradient,
  remedy,
  ridge,
} from '../../../spec/training/weight-decay.ts'
import { agreement, agreementTwice } from '../../kit/agreement.ts'
import { changed, plain, scalar } from '../../kit/arrays.ts'
import { atMost } from '../../kit/claims.ts'
import { inner } from '../../kit/inner.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { withParameters } from '../../kit/spaces.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  averages,
  decaysBySamples,
  decaysHalf,
  gradientForgetsDecay,
  gradientForgetsFactor,
  gradientSignOfTargets,
  growsWithDecay,
  memorizes,
  penaltyWhole,
  shrinksLeastSquares,
} from './weight-decay-faults.ts'

/** Features that are orthogonal and of length 2. */
const signs = fromData([4, 3], [1, 1, 1, -1, 1, -1, 1, -1, -1, -1, -1, 1])

/** Xᵀy. */
function transposed<T>(arithmetic: Arithmetic<T>, X: NumberArray<T>, y: NumberArray<T>) {
  const { multiply } = arithmetic
  return build([X.shape[1]!], (d) => sum(arithmetic, y.shape, (n) => multiply(X.at(n, d), y.at(n))))
}

export const weightDecayProperties = properties(
  remedy,
  agreementTwice(decayedLoss, { name: 'loss', kills: [penaltyWhole, averages] }),
  agreementTwice(decayedLossGradient, {
    name: 'gradient',
    kills: [gradientForgetsDecay, gradientSignOfTargets, gradientForgetsFactor],
  }),
  agreement(ridge, 'integers', {
    kills: [memorizes, decaysBySamples, decaysHalf, shrinksLeastSquares],
  }),
  agreement(ridge, 'reals', { kills: [memorizes, decaysBySamples, decaysHalf] }),
  law('orthogonal', {
    of: {
      dimensions: { N: derived(() => 4, 'samples'), D: derived(() => 3, 'features') },
      inputs: { targets: array('what the model is to give', 'N') },
      parameters: { exponent: integer({ min: 2, upTo: 6, max: 6 }) },
    },
    asks: [ridge],
    title: 'orthogonal features of length 2: Xᵀy / (4 + λ)',
    kills: [decaysBySamples, decaysHalf, shrinksLeastSquares],
    share: 0.3,
    async holds({ exact, inputs: { targets }, measure, parameters }) {
      const sum4 = 2 ** parameters.exponent
      const { weights } = await measure(ridge, { x: signs, targets }, { decay: sum4 - 4 })
      const expected = changed(transposed(number, signs, plain(targets)), (v) => v / sum4)
      return [{ label: 'weights', expected: exact(expected), actual: weights }]
    },
  }),
  law('gradient-vanishes', {
    of: ridge,
    title: 'at the trained weights the decay holds the balance of the error: Xᵀ(y − Xw) = λw',
    kills: [memorizes, decaysBySamples, decaysHalf, shrinksLeastSquares],
    share: 0.4,
    async holds({ arithmetic, array, inputs, measure, parameters: { decay }, sizes: { N, D } }) {
      const { exact, multiply, subtract } = arithmetic
      const { weights: w } = await measure(ridge, inputs, { decay })
      const [X, y] = [array('x'), array('targets')]
      const answered = (n: number) => sum(arithmetic, [D], (d) => multiply(X.at(n, d), w.at(d)))
      const miss = build([N], (n) => subtract(y.at(n), answered(n)))
      return [
        {
          label: 'Xᵀ(y − Xw) = λw',
          expected: build([D], (d) => multiply(exact(decay), w.at(d))),
          actual: transposed(arithmetic, X, miss),
        },
      ]
    },
  }),
  law('smallest', {
    of: decayedLoss,
    asks: [ridge, decayedLoss],
    title: 'no other weights have a smaller loss',
    kills: [memorizes, penaltyWhole],
    share: 0.4,
    async holds({ arithmetic, array, inputs, measure, parameters: { decay } }) {
      const { add, exact, multiply } = arithmetic
      const { x, targets } = inputs
      const trained = await measure(ridge, { x, targets }, { decay })
      const other = await measure(decayedLoss, inputs, { decay })
      const penalty = multiply(exact(decay / 2), trained.norm.at())
      const smallest = add(trained.trainingError.at(), penalty)
      const [w, y] = [array('weights'), array('targets')]
      const own = multiply(exact(decay / 2), inner(arithmetic, w, w))
      const whole = add(other.trainingError.at(), own)
      const atZero = multiply(exact(0.5), inner(arithmetic, y, y))
      return [
        atMost(arithmetic, 'E(w_λ) ≤ E(w)', smallest, other.loss.at()),
        atMost(arithmetic, 'E(w_λ) ≤ E(0)', smallest, atZero),
        { label: 'E = error + ½ λ ‖w‖²', expected: scalar(whole), actual: other.loss },
      ]
    },
  }),
  law('monotone', {
    of: withParameters(ridge, { more: integer({ min: 1, upTo: 4 }) }),
    asks: [ridge],
    title: 'with more decay the training error does not fall and the weights do not grow',
    kills: [growsWithDecay],
    share: 0.4,
    async holds({ arithmetic, inputs, measure, parameters: { decay, more } }) {
      const one = await measure(ridge, inputs, { decay })
      const other = await measure(ridge, inputs, { decay: decay + more })
      return [
        atMost(arithmetic, 'error', one.trainingError.at(), other.trainingError.at()),
        atMost(arithmetic, '‖w‖²', other.norm.at(), one.norm.at()),
      ]
    },
  }),
  law('tends-to-zero', {
    of: ridge,
    title: 'λ‖w‖ is at most ‖Xᵀy‖',
    kills: [memorizes],
    share: 0.4,
    async holds({ arithmetic, array, inputs, measure }) {
      const decay = 64
      const { norm } = await measure(ridge, inputs, { decay })
      const b = transposed(arithmetic, array('x'), array('targets'))
      const left = arithmetic.multiply(arithmetic.exact(decay ** 2), norm.at())
      return [atMost(arithmetic, 'λ²‖w‖² ≤ ‖Xᵀy‖²', left, inner(arithmetic, b, b))]
    },
  }),
  worked('E-96', {
    of: ridge,
    title: 'decay keeps the model from memorizing its sample',
    kills: [memorizes],
    inputs: { x: tensor([1, 1], [1]), targets: tensor([1], [1]) },
    parameters: { decay: 1 },
    notes: { weights: [1] },
    gives: { weights: [0.5] },
  }),
)
