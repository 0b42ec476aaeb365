import { build } from '../../../reference/arithmetic/array.ts'
import { parameterCount, variants } from '../../../spec/lstm/param-count.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreement } from '../../kit/agreement.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { worked } from '../../kit/worked.ts'
import {
  acceptsNoUnits,
  candidatePeeps,
  countsCoupled,
  leavesOutCandidate,
  leavesOutPeepholes,
  oneBias,
  peepsByMatrices,
  peepsOfCoupled,
  wrapsAround,
} from './param-count-faults.ts'

export const parameterCountProperties = properties(
  variants,
  agreement(parameterCount, 'integers', {
    kills: [
      peepsByMatrices,
      candidatePeeps,
      leavesOutCandidate,
      countsCoupled,
      peepsOfCoupled,
      oneBias,
      leavesOutPeepholes,
      wrapsAround,
    ],
  }),
  law('parts', {
    of: parameterCount,
    title: 'all of them are those of the four parts',
    kills: [leavesOutCandidate, leavesOutPeepholes],
    share: 0.5,
    async holds({ arithmetic, measure, parameters }) {
      const { all, ...parts } = await measure(parameterCount, {}, parameters)
      const sum = arithmetic.total(Object.values(parts).map((part) => part.at()))
      return [{ label: 'all', expected: build([], () => sum), actual: all }]
    },
  }),
  law('coupling', {
    of: parameterCount,
    title: 'a forget gate that is 1 minus the input gate saves a quarter, and a third of peepholes',
    kills: [countsCoupled, peepsOfCoupled, candidatePeeps],
    share: 0.5,
    async holds({ arithmetic: { exact, multiply }, measure, parameters }) {
      const apart = await measure(parameterCount, {}, { ...parameters, coupled: false })
      const joined = await measure(parameterCount, {}, { ...parameters, coupled: true })
      const times = (factor: number, count: typeof apart.into) =>
        build([], () => multiply(exact(factor), count.at()))
      return [
        { label: '4 into', expected: times(3, apart.into), actual: times(4, joined.into) },
        { label: '4 between', expected: times(3, apart.between), actual: times(4, joined.between) },
        {
          label: '3 peepholes',
          expected: times(2, apart.peepholes),
          actual: times(3, joined.peepholes),
        },
      ]
    },
  }),
  worked('by-hand', {
    of: parameterCount,
    title: 'two inputs and three units; a layer of Keras and one of PyTorch; and more than 2^31',
    kills: [
      peepsByMatrices,
      candidatePeeps,
      leavesOutCandidate,
      countsCoupled,
      oneBias,
      wrapsAround,
    ],
    cases: [
      {
        parameters: { inputs: 2, units: 3, biases: 'one', peepholes: true, coupled: false },
        gives: { into: [24], between: [36], peepholes: [9], biases: [12], all: [81] },
      },
      {
        parameters: { inputs: 2, units: 3, biases: 'two', peepholes: true, coupled: true },
        gives: { into: [18], between: [27], peepholes: [6], biases: [18], all: [69] },
      },
      {
        parameters: { inputs: 64, units: 128, biases: 'one', peepholes: false, coupled: false },
        gives: { all: [4 * (128 * (64 + 128) + 128)] },
      },
      {
        parameters: { inputs: 10, units: 20, biases: 'two', peepholes: false, coupled: false },
        gives: { all: [4 * 20 * 10 + 4 * 20 * 20 + 2 * 4 * 20] },
      },
      {
        parameters: {
          inputs: 65536,
          units: 65536,
          biases: 'none',
          peepholes: false,
          coupled: true,
        },
        gives: { between: [3 * 2 ** 32], all: [6 * 2 ** 32] },
      },
    ],
  }),
  rejection('rejected', parameterCount, invalidities(parameterCount), {
    title: 'layers without inputs or units are rejected',
    kills: [acceptsNoUnits],
    share: 0.3,
  }),
)
