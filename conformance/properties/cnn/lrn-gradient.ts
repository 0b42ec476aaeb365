import { build } from '../../../reference/arithmetic/array.ts'
import { lrnAcross } from '../../../spec/cnn/lrn.ts'
import {
  lrnAcrossGradient,
  lrnGradient,
  lrnWithinGradient,
} from '../../../spec/cnn/lrn-gradient.ts'
import { agreement } from '../../kit/agreement.ts'
import { scalar } from '../../kit/arrays.ts'
import { inner } from '../../kit/inner.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { near } from './lrn-cases.ts'
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
    async holds({ arithmetic, array, inputs, measure, parameters, sizes: { K } }) {
      const { add, divide, exact, multiply, subtract, total } = arithmetic
      const { radius, kappa, alpha, beta } = parameters
      const { dx } = await measure(lrnAcrossGradient, inputs, parameters)
      const { y } = await measure(lrnAcross, { x: inputs.x }, parameters)
      const [x, dy] = [array('x'), array('dy')]
      const square = (v: (typeof x.data)[number]) => multiply(v, v)
      const slope = build(x.shape, (n, i, j, k) => {
        const squares = near(k, radius, K).map((q) => square(x.at(n, i, j, q)))
        const above = multiply(exact(alpha), total(squares))
        const share = divide(above, add(exact(kappa), above))
        return subtract(exact(1), multiply(multiply(exact(2), exact(beta)), share))
      })
      const loss = build(x.shape, (...at) => multiply(dy.at(...at), y.at(...at)))
      return [
        {
          label: 'Σ x · dx',
          expected: scalar(inner(arithmetic, loss, slope)),
          actual: scalar(inner(arithmetic, x, dx)),
        },
      ]
    },
  }),
)
