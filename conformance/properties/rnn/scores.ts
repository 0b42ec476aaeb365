import { build, elementwise } from '../../../reference/arithmetic/array.ts'
import { array } from '../../../spec/language/operation.ts'
import { network } from '../../../spec/rnn/network.ts'
import { outputFromMemory, scores, scoresGradient } from '../../../spec/rnn/scores.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, plain, zeros } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import { recurrentForOutput } from './network-faults.ts'
import {
  averagesOutput,
  averagesStates,
  lastStepOfV,
  noOutputBias,
  rectifiesScores,
  remembersScores,
  stateBefore,
  stateBeforeForV,
  transposesOutput,
  untransposedBack,
} from './scores-faults.ts'

export const scoresProperties = properties(
  outputFromMemory,
  agreementTwice(scores, {
    kills: [stateBefore, transposesOutput, noOutputBias, remembersScores],
    share: 0.5,
  }),
  agreementTwice(scoresGradient, {
    name: 'gradient',
    kills: [lastStepOfV, averagesOutput, stateBeforeForV, untransposedBack],
    share: 0.5,
  }),
  law('whatever-came-before', {
    of: scores,
    title: 'equal states have equal scores, at whatever step of whatever sequence',
    kills: [stateBefore, remembersScores],
    share: 0.3,
    async holds({ inputs, measure }) {
      const first = plain(inputs.h)
      const h = build(first.shape, (_t, _n, i) => first.at(0, 0, i))
      const { o } = await measure(scores, { ...inputs, h }, {})
      const expected = build(o.shape, (_t, _n, k) => o.at(0, 0, k))
      return [{ label: 'o', expected, actual: o }]
    },
  }),
  law('linear', {
    of: { ...scores, inputs: { ...scores.inputs, more: array('other states', 'T', 'N', 'H') } },
    asks: [scores],
    title: 'without biases, the scores of a sum of states are the sum of their scores',
    kills: [rectifiesScores],
    share: 0.3,
    async holds({ arithmetic, inputs: { more, ...inputs }, measure, sizes: { O } }) {
      const c = zeros([O!])
      const ask = async (h: typeof inputs.h | ReturnType<typeof plain>) =>
        (await measure(scores, { ...inputs, h, c }, {})).o
      const [one, other] = [await ask(inputs.h), await ask(more)]
      const both = await ask(changed(inputs.h, (v, at) => v + more.data[at]!))
      return [
        {
          label: 'o',
          expected: build(one.shape, (...at) => arithmetic.add(one.at(...at), other.at(...at))),
          actual: both,
        },
      ]
    },
  }),
  law('row-of-weights', {
    of: scoresGradient,
    title:
      'the gradient of one score by a state is its row of the weights, and that of its opposite the opposite',
    kills: [averagesStates],
    share: 0.2,
    async holds({ arithmetic, inputs, measure, sizes }) {
      const { T, N, H, O } = sizes as Readonly<Record<'T' | 'N' | 'H' | 'O', number>>
      // With a single score that counts, the gradient by a state is a row of the weights.
      const one = build([T, N, O], (_t, _n, k) => (k === 0 ? 1 : 0))
      const { dh } = await measure(scoresGradient, { ...inputs, do: one }, {})
      const other = changed(one, (v) => -v)
      const opposite = (await measure(scoresGradient, { ...inputs, do: other }, {})).dh
      const V = plain(inputs.V)
      const row = build([T, N, H], (_t, _n, i) => arithmetic.exact(V.at(0, i)))
      return [
        { label: 'dh of the first score', expected: row, actual: dh },
        {
          label: 'dh of its opposite',
          expected: elementwise(row, arithmetic.negate),
          actual: opposite,
        },
      ]
    },
  }),
  worked('E-35', {
    of: network,
    title: 'from the state to the output one goes through V',
    kills: [recurrentForOutput],
    inputs: {
      x: tensor([1, 1, 1], [1]),
      U: tensor([1, 1], [1]),
      W: tensor([1, 1], [3]),
      b: tensor([1], [0]),
      h0: tensor([1, 1], [0]),
      padded: tensor([1, 1], [0]),
      V: tensor([1, 1], [2]),
      c: tensor([1], [0]),
    },
    parameters: { activation: 'linear', direction: 'forward' },
    notes: { o: [3] },
    gives: { o: [2] },
  }),
)
