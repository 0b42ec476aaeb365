import { lossGradient } from '../../../spec/bptt/loss.ts'
import { truncated, truncatedGradient } from '../../../spec/bptt/truncated.ts'
import { free } from '../../../spec/language/operation.ts'
import { choice, integer } from '../../../spec/language/parameter.ts'
import { mapValues } from '../../base/records.ts'
import type { ArgumentsOf } from '../../engine/property.ts'
import { agreement } from '../../kit/agreement.ts'
import { moderate } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { about, worked } from '../../kit/worked.ts'
import {
  dropsRest,
  forgetsStates,
  neverTruncates,
  oneStepFarther,
  oneStepLess,
  passForEach,
  truncatesOutput,
  wholeForFirstState,
} from './truncated-faults.ts'

const moderated = (inputs: ArgumentsOf<typeof truncatedGradient>) =>
  ({ ...mapValues(inputs, moderate), y: inputs.y, dE: inputs.dE }) as typeof inputs

/** One unit without activation that keeps its state, over three steps, of which the last has a loss. */
const keeping = {
  x: tensor([3, 1, 1], [0, 0, 0]),
  U: tensor([1, 1], [0]),
  W: tensor([1, 1], [1]),
  b: tensor([1], [0]),
  h0: tensor([1, 1], [1]),
  V: tensor([2, 1], [1, -1]),
  c: tensor([2], [0, 0]),
  y: tensor([3, 1, 2], [1, 0, 1, 0, 1, 0]),
  dE: tensor([3], [0, 0, 1]),
}
/** δo = ∓σ(−2), and so −2 σ(−2) arrives at the last state: that, and what two and three steps give. */
const arriving = ['-0.238406', '-0.476812', '-0.715218'] as const

export const truncatedProperties = properties(
  truncated,
  agreement(truncatedGradient, 'integers', {
    title: 'bptt.truncatedGradient equals the reference on small integers, but for the softmax',
    kills: [
      neverTruncates,
      oneStepFarther,
      oneStepLess,
      passForEach,
      dropsRest,
      truncatesOutput,
      wholeForFirstState,
      forgetsStates,
    ],
  }),
  law('bounded', {
    of: truncatedGradient,
    values: 'reals',
    title: 'truncated gradients of moderate numbers are within the derived bound of the reference',
    kills: [neverTruncates, oneStepFarther, passForEach, forgetsStates],
    share: 0.5,
    async holds({ answer, expected, inputs, parameters }) {
      const question = moderated(inputs)
      const given = await answer(truncatedGradient, question, parameters)
      const right = expected(truncatedGradient, question, parameters)
      return (['dx', 'dU', 'dW', 'db', 'dH0', 'dV', 'dc'] as const).map((name) => ({
        label: name,
        expected: right[name],
        actual: given[name],
      }))
    },
  }),
  law('whole', {
    of: {
      ...truncatedGradient,
      usual: [],
      constraints: [],
      dimensions: { ...truncatedGradient.dimensions, T: free(1, 4, 'steps') },
      parameters: {
        activation: choice('tanh', 'relu', 'linear'),
        every: integer({ min: 1, upTo: 4, max: 4 }),
      },
    },
    asks: [truncatedGradient, lossGradient],
    title:
      'with windows as long as the sequence it is the whole gradient, however often a pass is made',
    kills: [oneStepLess, dropsRest],
    share: 0.2,
    async holds({ inputs, measure, parameters: { activation, every }, sizes: { T } }) {
      const question = moderated(inputs)
      const window = Math.max(T!, every)
      const given = await measure(truncatedGradient, question, { activation, window, every })
      const right = await measure(lossGradient, question, { activation })
      return (['dx', 'dU', 'dW', 'db', 'dH0'] as const).map((name) => ({
        label: name,
        expected: right[name],
        actual: given[name],
      }))
    },
  }),
  law('output-weights', {
    of: { ...truncatedGradient, usual: [] },
    asks: [truncatedGradient, lossGradient],
    title:
      'the gradients by the output weights are those of the whole gradient, whatever the windows are',
    kills: [truncatesOutput, dropsRest],
    share: 0.2,
    async holds({ inputs, measure, parameters }) {
      const { activation } = parameters
      const given = await measure(truncatedGradient, inputs, parameters)
      const right = await measure(lossGradient, inputs, { activation })
      return (['dV', 'dc'] as const).map((name) => ({
        label: name,
        expected: right[name],
        actual: given[name],
      }))
    },
  }),
  worked('windows', {
    of: truncatedGradient,
    title: 'each step of a window gives a share of the gradient by W that is lost without it',
    kills: [neverTruncates, oneStepFarther, oneStepLess, wholeForFirstState],
    cases: arriving.map((byWindow, before) => ({
      says: `windows of ${before + 1}`,
      inputs: keeping,
      parameters: { activation: 'linear', window: before + 1, every: 1 } as const,
      gives: {
        dW: [about(byWindow)],
        dH0: [before === 2 ? about(arriving[0]) : 0],
        dV: [about('-0.119203'), about('0.119203')],
      },
    })),
  }),
)
