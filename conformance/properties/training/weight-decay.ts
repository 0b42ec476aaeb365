import { build, fromData, sum } from '../../../reference/arithmetic/array.ts'
import { array, derived } from '../../../spec/language/operation.ts'
import { integer } from '../../../spec/language/parameter.ts'
import {
  decayedLoss,
  decayedLossGradient,
  remedy,
  ridge,
} from '../../../spec/training/weight-decay.ts'
import { agreement } from '../../kit/agreement.ts'
import { atMost } from '../../kit/claims.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
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

const orthogonal = {
  dimensions: { N: derived(() => 4, 'samples'), D: derived(() => 3, 'features') },
  inputs: { targets: array('what the model is to give', 'N') },
  parameters: { exponent: integer({ min: 2, upTo: 6, max: 6 }) },
}
const signs = tensor([4, 3], [1, 1, 1, -1, 1, -1, 1, -1, -1, -1, -1, 1])

export const weightDecayProperties = properties(
  remedy,
  agreement(decayedLoss, 'integers', { name: 'loss-exact', kills: [penaltyWhole, averages] }),
  agreement(decayedLoss, 'reals', { name: 'loss-bounded', kills: [penaltyWhole, averages] }),
  agreement(decayedLossGradient, 'integers', {
    name: 'gradient-exact',
    kills: [gradientForgetsDecay, gradientSignOfTargets, gradientForgetsFactor],
  }),
  agreement(decayedLossGradient, 'reals', {
    name: 'gradient-bounded',
    kills: [gradientForgetsDecay, gradientSignOfTargets, gradientForgetsFactor],
  }),
  agreement(ridge, 'integers', {
    kills: [memorizes, decaysBySamples, decaysHalf, shrinksLeastSquares],
  }),
  agreement(ridge, 'reals', { kills: [memorizes, decaysBySamples, decaysHalf] }),
  law('orthogonal', {
    of: orthogonal,
    asks: [ridge],
    title: 'orthogonal features of length 2: Xᵀy / (4 + λ)',
    kills: [decaysBySamples, decaysHalf, shrinksLeastSquares],
    share: 0.3,
    async holds({ measure, exact, inputs, parameters }) {
      const sum4 = 2 ** parameters.exponent
      const { targets } = inputs
      const { weights } = await measure(ridge, { x: signs, targets }, { decay: sum4 - 4 })
      const expected = build([3], (d) => {
        let total = 0
        for (let n = 0; n < 4; n++) total += signs.data[3 * n + d]! * targets.data[n]!
        return total / sum4
      })
      return [{ label: 'weights', expected: exact(expected), actual: weights }]
    },
  }),
  law('gradient-vanishes', {
    of: ridge,
    title: 'at the trained weights the decay holds the balance of the error: Xᵀ(y − Xw) = λw',
    kills: [memorizes, decaysBySamples, decaysHalf, shrinksLeastSquares],
    share: 0.4,
    async holds({ arithmetic, array, inputs, measure, parameters, sizes }) {
      const { exact, multiply, subtract } = arithmetic
      const { N, D } = sizes as Record<'N' | 'D', number>
      const { weights } = await measure(ridge, inputs, parameters)
      const [X, y] = [array('x'), array('targets')]
      const miss = build([N], (n) =>
        subtract(
          y.at(n),
          sum(arithmetic, [D], (d) => multiply(X.at(n, d), weights.at(d))),
        ),
      )
      return [
        {
          label: 'Xᵀ(y − Xw) = λw',
          expected: build([D], (d) => multiply(exact(parameters.decay), weights.at(d))),
          actual: build([D], (d) => sum(arithmetic, [N], (n) => multiply(X.at(n, d), miss.at(n)))),
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
    async holds({ arithmetic, array, inputs, measure, parameters }) {
      const { add, exact, multiply } = arithmetic
      const { x, targets } = inputs
      const trained = await measure(ridge, { x, targets }, { decay: parameters.decay })
      const other = await measure(decayedLoss, inputs, parameters)
      const penalty = multiply(exact(parameters.decay / 2), trained.norm.at())
      const smallest = add(trained.trainingError.at(), penalty)
      const own = array('weights')
      const length = sum(arithmetic, own.shape, (d) => multiply(own.at(d), own.at(d)))
      const whole = add(other.trainingError.at(), multiply(exact(parameters.decay / 2), length))
      const y = array('targets')
      const squares = sum(arithmetic, y.shape, (n) => multiply(y.at(n), y.at(n)))
      return [
        atMost(arithmetic, 'E(w_λ) ≤ E(w)', smallest, other.loss.at()),
        atMost(arithmetic, 'E(w_λ) ≤ E(0)', smallest, multiply(exact(0.5), squares)),
        { label: 'E = error + ½ λ ‖w‖²', expected: fromData([], [whole]), actual: other.loss },
      ]
    },
  }),
  law('monotone', {
    of: { ...ridge, parameters: { ...ridge.parameters, more: integer({ min: 1, upTo: 4 }) } },
    asks: [ridge],
    title: 'with more decay the training error does not fall and the weights do not grow',
    kills: [growsWithDecay],
    share: 0.4,
    async holds({ arithmetic, inputs, measure, parameters }) {
      const [lambda, mu] = [parameters.decay, parameters.decay + parameters.more]
      const less = await measure(ridge, inputs, { decay: lambda })
      const more = await measure(ridge, inputs, { decay: mu })
      return [
        atMost(arithmetic, 'error', less.trainingError.at(), more.trainingError.at()),
        atMost(arithmetic, '‖w‖²', more.norm.at(), less.norm.at()),
      ]
    },
  }),
  law('tends-to-zero', {
    of: ridge,
    title: 'λ‖w‖ is at most ‖Xᵀy‖',
    kills: [memorizes],
    share: 0.4,
    async holds({ arithmetic, array, inputs, measure, sizes }) {
      const { exact, multiply } = arithmetic
      const decay = 64
      const { norm } = await measure(ridge, inputs, { decay })
      const [X, y] = [array('x'), array('targets')]
      const right = sum(arithmetic, [sizes.D!], (d) => {
        const b = sum(arithmetic, [sizes.N!], (n) => multiply(X.at(n, d), y.at(n)))
        return multiply(b, b)
      })
      const left = multiply(exact(decay * decay), norm.at())
      return [atMost(arithmetic, 'λ²‖w‖² ≤ ‖Xᵀy‖²', left, right)]
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
