import { memberOf } from '../../../reference/arithmetic/array.ts'
import { free } from '../../../spec/language/operation.ts'
import { choice } from '../../../spec/language/parameter.ts'
import { deepInput, deepInputClause, deepInputGradient } from '../../../spec/rnn/deep-input.ts'
import { direction, forward } from '../../../spec/rnn/forward.ts'
import type { Argument } from '../../engine/property.ts'
import { agreement } from '../../kit/agreement.ts'
import { numbers, permuted, plain, zeros } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  firstBiasAlone,
  firstForLast,
  lastLayerAlone,
  lastStepAlone,
  leavesOutLast,
  noBiasOfState,
  offInOneInnerDelta,
  offInOneSum,
  offInOneUnit,
  sameBetween,
  startsAnew,
  stateForward,
  sumsPadding,
  takesPadding,
  transposesBetween,
  transposesGradient,
  wayIsLinear,
  wayRemembers,
  withoutSlopes,
} from './deep-input-faults.ts'
import { eachStepBackOfDeepInput, eachStepOfDeepInput } from './deep-input-steps.ts'

/** Few units of few layers without tanh: states of small whole numbers are exact. */
const exactly = {
  ...deepInput,
  usual: [],
  dimensions: {
    ...deepInput.dimensions,
    T: free(1, 3, 'time steps'),
    H: free(1, 2, 'units of the state'),
    M: free(1, 2, 'units of the layers on the way'),
    Further: free(0, 1, 'layers behind the first one'),
  },
  parameters: { activation: choice('relu', 'linear'), direction },
}

/** Two steps of one unit with two layers on the way. */
const twoSteps = {
  x: tensor([2, 1, 1], [1, 0]),
  F: tensor([1, 1], [2]),
  A: tensor([1, 1, 1], [-1]),
  wayBias: tensor([2, 1], [1, 0]),
  U: tensor([1, 1], [-3]),
  W: tensor([1, 1], [2]),
  b: tensor([1], [0]),
  h0: tensor([1, 1], [1]),
  padded: tensor([2, 1], [0, 0]),
}

export const deepInputProperties = properties(
  deepInputClause,
  agreement(deepInput, 'integers', {
    kills: [
      transposesBetween,
      sameBetween,
      firstBiasAlone,
      noBiasOfState,
      leavesOutLast,
      takesPadding,
      wayRemembers,
      startsAnew,
      stateForward,
      wayIsLinear,
    ],
    share: 0.6,
  }),
  agreement(deepInput, 'reals', {
    // Not what needs several layers of several units: few of so few cases have them, and the others do.
    kills: [noBiasOfState, wayRemembers, wayIsLinear],
    share: 0.3,
  }),
  agreement(deepInputGradient, 'integers', {
    name: 'gradient-exact',
    kills: [
      lastLayerAlone,
      transposesGradient,
      firstForLast,
      lastStepAlone,
      sumsPadding,
      withoutSlopes,
    ],
    share: 0.8,
  }),
  agreement(deepInputGradient, 'reals', {
    name: 'gradient-bounded',
    kills: [lastLayerAlone, firstForLast, withoutSlopes],
    share: 0.2,
  }),
  eachStepOfDeepInput([offInOneUnit, startsAnew]),
  eachStepBackOfDeepInput([offInOneInnerDelta, offInOneSum]),
  law('layer-by-layer', {
    of: exactly,
    asks: [deepInput, forward],
    title: 'the states are those of a recurrent layer over what one layer after the other gives',
    kills: [leavesOutLast, firstBiasAlone, wayIsLinear, transposesBetween],
    share: 0.3,
    needsStates: true,
    async holds({ arithmetic, inputs, measure, parameters, sizes: { N, M } }) {
      const { U, W, b, h0, padded } = inputs
      const [wayBias, A] = [plain(inputs.wayBias), plain(inputs.A)]
      const kind = { activation: parameters.activation, direction: 'forward' } as const
      const alone = { W: zeros([M!, M!]), h0: zeros([N!, M!]), padded: zeros(padded.shape) }
      const over = async (x: Argument, U: Argument, l: number): Promise<Argument> => {
        const { h } = await measure(forward, { x, U, b: memberOf(wayBias, l), ...alone }, kind)
        return numbers(arithmetic, h)
      }
      let x: Argument = await over(inputs.x, inputs.F, 0)
      for (let l = 1; l < wayBias.shape[0]!; l++) x = await over(x, memberOf(A, l - 1), l)
      const expected = await measure(forward, { x, U, W, b, h0, padded }, parameters)
      const { h, last } = await measure(deepInput, inputs, parameters)
      return [
        { label: 'h', expected: expected.h, actual: h },
        { label: 'last', expected: expected.last, actual: last },
      ]
    },
  }),
  law('no-memory', {
    of: deepInput,
    title: 'without weights from the state, steps in reverse have their states in reverse',
    kills: [wayRemembers],
    share: 0.3,
    needsStates: true,
    async holds({ inputs, measure, parameters, sizes: { T } }) {
      const given = { ...inputs, padded: zeros(inputs.padded.shape), W: zeros(inputs.W.shape) }
      const { h } = await measure(deepInput, given, parameters)
      const x = permuted(plain(inputs.x), (t, n, j) => [T! - 1 - t, n, j])
      const other = await measure(deepInput, { ...given, x }, parameters)
      return [
        {
          label: 'h',
          expected: permuted(h, (t, n, i) => [T! - 1 - t, n, i]),
          actual: other.h,
        },
      ]
    },
  }),
  worked('by-hand', {
    of: deepInput,
    title: 'one unit: 3 and −3 on the way, 9 + 2 = 11; then 1 and −1, 3 + 22 = 25',
    kills: [leavesOutLast, startsAnew, wayRemembers],
    inputs: twoSteps,
    parameters: { activation: 'linear', direction: 'forward' },
    gives: { h: [11, 25], last: [25] },
  }),
  worked('gradient-by-hand', {
    of: deepInputGradient,
    title:
      'of the same two steps: 2 and 1 arrive, −6 and −3 at the last layer, 6 and 3 at the first',
    kills: [lastLayerAlone, firstForLast, lastStepAlone],
    inputs: { ...twoSteps, dh: tensor([2, 1, 1], [0, 0]), dLast: tensor([1, 1], [1]) },
    parameters: { activation: 'linear', direction: 'forward' },
    gives: {
      dx: [12, 6],
      dF: [6],
      dA: [-21],
      dWayBias: [9, -9],
      dU: [-7],
      dW: [13],
      db: [3],
      dH0: [4],
      inner: [3, -3, 1, -1],
      innerDelta: [6, -6, 3, -3],
      delta: [2, 1],
      back: [4, 2],
    },
  }),
)
