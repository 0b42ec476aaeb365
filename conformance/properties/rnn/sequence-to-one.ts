import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  sequenceToOneGradient as gradientReference,
  sequenceToOne as reference,
} from '../../../reference/rnn/sequence-to-one.ts'
import { choice } from '../../../spec/language/parameter.ts'
import { direction, forwardGradient } from '../../../spec/rnn/forward.ts'
import { network } from '../../../spec/rnn/network.ts'
import {
  sequenceToOne,
  sequenceToOneClause,
  sequenceToOneGradient,
} from '../../../spec/rnn/sequence-to-one.ts'
import { agreement } from '../../kit/agreement.ts'
import { memberAt } from '../../kit/along.ts'
import { plain, zeros } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { whateverPads } from '../../kit/whatever-pads.ts'
import { worked } from '../../kit/worked.ts'
import {
  averagesSequences,
  averagesStates,
  countsPadding,
  everyStepCounts,
  lastInTime,
  recurrentForOutput,
  stopsAtLast,
  transposesOutput,
} from './sequence-to-one-faults.ts'
import {
  anotherLastState,
  backSlips,
  droppedStep,
  otherStates,
} from './sequence-to-one-step-faults.ts'
import { eachStateOfGradient, eachStepBack } from './sequence-to-one-steps.ts'

/** Of many units of any size, scores are larger than a softmax can tell apart. */
const behindTanh = { parameters: { activation: choice('tanh'), direction } }

const one = (...data: readonly number[]) => tensor([data.length, 1, 1], data)

export const sequenceToOneProperties = properties(
  sequenceToOneClause,
  whateverPads(sequenceToOne, reference),
  whateverPads(sequenceToOneGradient, gradientReference),
  agreement(sequenceToOne, 'integers', {
    kills: [lastInTime, averagesStates, countsPadding, recurrentForOutput],
    share: 0.5,
  }),
  agreement(sequenceToOne, 'reals', {
    within: behindTanh,
    kills: [averagesStates, countsPadding],
    share: 0.3,
  }),
  agreement(sequenceToOneGradient, 'integers', {
    name: 'gradient-exact',
    kills: [everyStepCounts, stopsAtLast, transposesOutput, averagesSequences],
    share: 0.4,
  }),
  agreement(sequenceToOneGradient, 'reals', {
    name: 'gradient-bounded',
    kills: [everyStepCounts, stopsAtLast],
    share: 0.2,
  }),
  eachStateOfGradient('forward', [otherStates]),
  eachStateOfGradient('reverse', [otherStates]),
  eachStepBack('forward', [backSlips, droppedStep, anotherLastState]),
  eachStepBack('reverse', [backSlips, droppedStep, anotherLastState]),
  law('last-output', {
    of: sequenceToOne,
    asks: [sequenceToOne, network],
    title: 'it is the output of the step that is done last, of a network with one at every step',
    kills: [averagesStates, lastInTime],
    share: 0.3,
    async holds({ inputs, measure, parameters, sizes: { T } }) {
      const { o } = await measure(sequenceToOne, inputs, parameters)
      const all = await measure(network, inputs, parameters)
      const last = parameters.direction === 'forward' ? T! - 1 : 0
      return [{ label: 'o', expected: memberAt(all.o, 0, last), actual: o }]
    },
  }),
  law('last-term', {
    of: { ...sequenceToOneGradient, usual: [] },
    asks: [sequenceToOneGradient, forwardGradient],
    title:
      'the gradients through time are those of the layer where a gradient arrives at its last state only',
    kills: [everyStepCounts, stopsAtLast],
    share: 0.2,
    async holds({ inputs, measure, parameters, sizes }) {
      const { T, N, H, O } = sizes as Readonly<Record<'T' | 'N' | 'H' | 'O', number>>
      const { V, c: _, do: given, ...layer } = inputs
      const [weights, dO] = [plain(V), plain(given)]
      const dLast = build([N, H], (n, i) => {
        let sum = 0
        for (let k = 0; k < O; k++) sum += weights.at(k, i) * dO.at(n, k)
        return sum
      })
      const whole = await measure(sequenceToOneGradient, inputs, parameters)
      const question = { ...layer, dh: zeros([T, N, H]), dLast }
      const right = await measure(forwardGradient, question, parameters)
      const names = ['dx', 'dU', 'dW', 'db', 'dH0'] as const
      // A derivative by an array that is left out may be missing.
      const there = names.filter((name) => name in right && name in whole)
      return there.map((name) => ({
        label: name,
        expected: right[name],
        actual: whole[name],
      }))
    },
  }),
  equivariance('padding-behind', {
    of: sequenceToOne,
    title: 'padding behind a sequence changes nothing',
    kills: [countsPadding],
    share: 0.2,
    inputs: ({ x, padded }, { sizes: { T } }) => {
      const longer = <A>(of: NumberArray<A>, more: A) =>
        build(of.shape.with(0, T! + 1), (t, ...at) => (t < T! ? of.at(t, ...at) : more))
      return { x: longer(x, 7), padded: longer(padded, 1) }
    },
  }),
  worked('by-hand', {
    of: sequenceToOneGradient,
    title: 'two steps of one unit, and what goes back through them',
    kills: [everyStepCounts, stopsAtLast],
    inputs: {
      x: one(1, 1),
      U: tensor([1, 1], [1]),
      W: tensor([1, 1], [2]),
      b: tensor([1], [0]),
      h0: tensor([1, 1], [0]),
      padded: tensor([2, 1], [0, 0]),
      V: tensor([1, 1], [3]),
      c: tensor([1], [0]),
      do: tensor([1, 1], [1]),
    },
    parameters: { activation: 'linear', direction: 'forward' },
    gives: { dx: [6, 3], dU: [9], dW: [3], dH0: [12], dV: [3], dc: [1] },
  }),
)
