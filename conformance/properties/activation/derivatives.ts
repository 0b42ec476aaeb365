import { elementwise } from '../../../reference/arithmetic/array.ts'
import { derivative, derivatives } from '../../../spec/activation/derivatives.ts'
import { choice } from '../../../spec/language/parameter.ts'
import { agreement } from '../../kit/agreement.ts'
import { changed } from '../../kit/arrays.ts'
import { atMost } from '../../kit/claims.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { about, worked } from '../../kit/worked.ts'
import {
  exemptsMiddle,
  forgetsFactor,
  overflows,
  signed,
  takesOutput,
  tanhForSigmoid,
} from './derivatives-faults.ts'

const smooth = { ...derivative, usual: [], parameters: { activation: choice('sigmoid', 'tanh') } }
const alone = { ...derivative, usual: [], parameters: {} }

export const derivativesProperties = properties(
  derivatives,
  agreement(derivative, 'integers', {
    title:
      'activation.derivative equals the reference on small integers; of the rectifier to the bit',
    kills: [tanhForSigmoid, exemptsMiddle, takesOutput, signed],
  }),
  agreement(derivative, 'reals', { kills: [tanhForSigmoid, exemptsMiddle, takesOutput] }),
  equivariance('even', {
    of: derivative,
    within: smooth,
    values: 'reals',
    title: 'slopes are the same for x and −x',
    kills: [signed],
    share: 0.3,
    inputs: ({ x }) => ({ x: changed(x, (v) => -v) }),
  }),
  law('twice', {
    of: alone,
    asks: [derivative],
    values: 'reals',
    title: 'tanh′(x) = 4 σ′(2x)',
    kills: [forgetsFactor],
    share: 0.5,
    async holds({ arithmetic: { exact, multiply }, inputs: { x }, measure }) {
      const half = changed(x, (v) => v / 2)
      const ofTanh = await measure(derivative, { x: half }, { activation: 'tanh' })
      const ofSigmoid = await measure(derivative, { x }, { activation: 'sigmoid' })
      return [
        {
          label: 'tanh′(x) = 4 σ′(2x)',
          expected: elementwise(ofSigmoid.slope, (s) => multiply(exact(4), s)),
          actual: ofTanh.slope,
        },
      ]
    },
  }),
  law('largest', {
    of: smooth,
    asks: [derivative],
    values: 'reals',
    title: 'no slope is larger than that at 0, a quarter or one, and none is negative',
    kills: [exemptsMiddle, signed],
    share: 0.3,
    async holds({ arithmetic, inputs, measure, parameters }) {
      const { slope } = await measure(derivative, inputs, parameters)
      const { exact } = arithmetic
      const most = exact(parameters.activation === 'sigmoid' ? 0.25 : 1)
      return slope.data.map((s, p) =>
        atMost(arithmetic, `0 ≤ slope ${p} ≤ ${arithmetic.toNumber(most)}`, exact(0), s, most),
      )
    },
  }),
  worked('saturated', {
    of: derivative,
    title: 'where units are saturated, the slope is 0 and not NaN',
    kills: [overflows],
    cases: [
      {
        says: 'sigmoid at ±10,000',
        inputs: { x: tensor([3], [-10000, 0, 10000]) },
        parameters: { activation: 'sigmoid' },
        gives: { slope: [0, 0.25, 0] },
      },
      {
        says: 'tanh at ±10,000',
        inputs: { x: tensor([3], [-10000, 0, 10000]) },
        parameters: { activation: 'tanh' },
        gives: { slope: [0, 1, 0] },
      },
    ],
  }),
  worked('half', {
    of: derivative,
    title: 'the slope of tanh is a half at artanh √½ = 0.88137',
    kills: [forgetsFactor],
    inputs: { x: tensor([2], [0.88137, -0.88137]) },
    parameters: { activation: 'tanh' },
    gives: { slope: [about('0.50000'), about('0.50000')] },
  }),
  worked('E-39', {
    of: derivative,
    title: 'where the sigmoid is steepest it divides gradients by four',
    kills: [exemptsMiddle],
    inputs: { x: tensor([1], [0]) },
    parameters: { activation: 'sigmoid' },
    notes: { slope: [1] },
    gives: { slope: [0.25] },
  }),
)
