import { build } from '../../../reference/arithmetic/array.ts'
import { lengthIndependent, parameterCount } from '../../../spec/rnn/param-count.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreement } from '../../kit/agreement.ts'
import { scalar } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { worked } from '../../kit/worked.ts'
import {
  acceptsNoSteps,
  growsWithLength,
  oneMatrixForAll,
  twoBiases,
  wrapsAround,
} from './param-count-faults.ts'

export const parameterCountProperties = properties(
  lengthIndependent,
  agreement(parameterCount, 'integers', {
    kills: [growsWithLength, oneMatrixForAll, twoBiases, wrapsAround],
  }),
  equivariance('steps', {
    of: parameterCount,
    title: 'more steps need no more parameters, and one more each where they are not shared',
    kills: [growsWithLength],
    share: 0.5,
    parameters: ({ steps }) => ({ steps: 2 * steps }),
    outputs: ({ unshared }, { arithmetic: { exact, multiply } }) => ({
      unshared: scalar(multiply(exact(2), unshared.at())),
    }),
  }),
  law('blocks', {
    of: parameterCount,
    title: 'all of them are those of the three blocks and the biases',
    kills: [oneMatrixForAll, growsWithLength],
    share: 0.5,
    async holds({ arithmetic, measure, parameters }) {
      const { into, between, out, biases, shared } = await measure(parameterCount, {}, parameters)
      const all = arithmetic.total([into, between, out, biases].map((part) => part.at()))
      return [{ label: 'shared', expected: build([], () => all), actual: shared }]
    },
  }),
  worked('by-hand', {
    of: parameterCount,
    title: 'two inputs, three units, four outputs; and more than 2^31',
    kills: [growsWithLength, twoBiases, oneMatrixForAll, wrapsAround],
    cases: [
      {
        parameters: { inputs: 2, units: 3, outputs: 4, steps: 5, biases: true },
        gives: { shared: [3 * 2 + 3 * 3 + 4 * 3 + 3 + 4], unshared: [170], biases: [7] },
      },
      {
        parameters: { inputs: 65536, units: 65536, outputs: 65536, steps: 2, biases: false },
        gives: { between: [2 ** 32], shared: [3 * 2 ** 32], unshared: [6 * 2 ** 32] },
      },
    ],
  }),
  rejection('rejected', parameterCount, invalidities(parameterCount), {
    title: 'networks without units and sequences without steps are rejected',
    kills: [acceptsNoSteps],
    share: 0.3,
  }),
)
