import { build } from '../../../reference/arithmetic/array.ts'
import { lrnAcross } from '../../../spec/cnn/lrn.ts'
import {
  lrnAcrossGradient,
  lrnGradient,
  lrnWithinGradient,
} from '../../../spec/cnn/lrn-gradient.ts'
import { agreement } from '../../kit/agreement.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import {
  acrossForward,
  acrossGradientDirect,
  acrossGradientOwnGroup,
  acrossGradientSign,
  acrossWrapsAround,
  withinGradientDirect,
  withinGradientForgetsTwo,
  withinGradientOwnWindow,
} from './lrn-faults.ts'

export const lrnGradientProperties = properties(
  lrnGradient,
  agreement(lrnWithinGradient, 'integers', {
    name: 'within-exact',
    title: 'cnn.lrnWithinGradient equals the reference on small integers, within the derived bound',
    kills: [withinGradientDirect, withinGradientOwnWindow, withinGradientForgetsTwo],
  }),
  agreement(lrnWithinGradient, 'reals', {
    name: 'within-bounded',
    kills: [withinGradientDirect, withinGradientOwnWindow, withinGradientForgetsTwo],
  }),
  agreement(lrnAcrossGradient, 'integers', {
    name: 'across-exact',
    title: 'cnn.lrnAcrossGradient equals the reference on small integers, within the derived bound',
    kills: [acrossGradientDirect, acrossGradientOwnGroup, acrossGradientSign],
  }),
  agreement(lrnAcrossGradient, 'reals', {
    name: 'across-bounded',
    kills: [acrossGradientDirect, acrossGradientOwnGroup, acrossGradientSign],
  }),
  law('euler', {
    of: lrnAcrossGradient,
    asks: [lrnAcross, lrnAcrossGradient],
    values: 'reals',
    title: 'along the features themselves: Σ x · dx = Σ dy · y (1 − 2β (s − κ) / s)',
    kills: [acrossGradientDirect, acrossGradientSign, acrossForward, acrossWrapsAround],
    async holds({ arithmetic, array, inputs, measure, parameters }) {
      const { add, divide, exact, multiply, subtract, total } = arithmetic
      const { radius, kappa, alpha, beta } = parameters
      const { dx } = await measure(lrnAcrossGradient, inputs, parameters)
      const { y } = await measure(lrnAcross, { x: inputs.x }, parameters)
      const [x, dy] = [array('x'), array('dy')]
      const K = x.shape[3]!
      const right = build(x.shape, (n, i, j, k) => {
        const squares = []
        for (let q = Math.max(0, k - radius); q <= Math.min(K - 1, k + radius); q++) {
          squares.push(multiply(x.at(n, i, j, q), x.at(n, i, j, q)))
        }
        const above = multiply(exact(alpha), total(squares))
        const share = divide(above, add(exact(kappa), above))
        const slope = subtract(exact(1), multiply(multiply(exact(2), exact(beta)), share))
        return multiply(multiply(dy.at(n, i, j, k), y.at(n, i, j, k)), slope)
      })
      const left = build(x.shape, (...at) => multiply(x.at(...at), dx.at(...at)))
      return [
        {
          label: 'Σ x · dx',
          expected: build([], () => total(right.data)),
          actual: build([], () => total(left.data)),
        },
      ]
    },
  }),
)
