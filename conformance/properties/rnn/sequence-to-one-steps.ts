import { build, fromData } from '../../../reference/arithmetic/array.ts'
import { derived } from '../../../spec/language/operation.ts'
import { choice } from '../../../spec/language/parameter.ts'
import { activation, forward } from '../../../spec/rnn/forward.ts'
import { network } from '../../../spec/rnn/network.ts'
import { scoresGradient } from '../../../spec/rnn/scores.ts'
import { sequenceToOneGradient } from '../../../spec/rnn/sequence-to-one.ts'
import type { Fault } from '../../engine/fault.ts'
import type { Argument } from '../../engine/property.ts'
import { memberAt } from '../../kit/along.ts'
import { plain, zeros } from '../../kit/arrays.ts'
import type { Totals } from '../../kit/chain.ts'
import { stepwise } from '../../kit/stepwise.ts'
import { inWords, ownStep, statesBefore, type Way } from '../../kit/through-time.ts'
import { ofStep, sumsOverTime } from './forward-steps.ts'

/** Cases of fifty steps in one direction. */
const long = (way: Way) => ({
  ...sequenceToOneGradient,
  usual: [],
  dimensions: { ...network.dimensions, T: derived(() => 50, 'steps') },
  parameters: { activation, direction: choice(way) },
})

/** Each state that a gradient is computed with, from the one before it. */
export const eachStateOfGradient = (way: Way, kills: readonly Fault[]) =>
  stepwise(sequenceToOneGradient, {
    name: `gradient-states-${way}`,
    title: `each of fifty states of a gradient follows from the one before it, ${inWords(way)}`,
    within: long(way),
    states: 'h',
    step: forward,
    carry: { h0: 'h0' },
    backwards: way === 'reverse',
    ask: ({ t, before: { h0 }, inputs, parameters }) => ({
      inputs: { ...ofStep(inputs, t), h0: h0! },
      parameters,
    }),
    gives: ({ h }) => ({ h: memberAt(h!, 0, 0) }),
    kills,
    share: 0.05,
  })

/** Those by the weights of the output are those of scores, of the last state alone. */
const ofLastState = (way: Way): Totals => ({
  of: scoresGradient,
  ask: ({ inputs, answers: { h } }) => ({
    inputs: {
      h: ownStep(h!, way === 'forward' ? h!.shape[0]! - 1 : 0),
      V: inputs.V!,
      do: leading(inputs.do!),
    },
    parameters: {},
    answered: ['h'],
  }),
  gives: ({ dV, dc }) => ({ dV: dV!, dc: dc! }),
})

const leading = (array: Argument) => fromData([1, ...array.shape], plain(array).data)

/**
 * Each step back, from what was returned of the step that is done after it: as if that were what arrives at the scores
 * of a network whose scores are its state.
 */
export const eachStepBack = (way: Way, kills: readonly Fault[]) =>
  stepwise(sequenceToOneGradient, {
    name: `gradient-stepwise-${way}`,
    title: `each of fifty steps back follows from what was returned of the next one, ${inWords(way)}, the first of them from the scores, and each sum over time from all of them`,
    within: long(way),
    states: ['back', 'delta'],
    step: sequenceToOneGradient,
    carry: { do: 'do' },
    enters: { do: 'back' },
    backwards: way === 'forward',
    ask: ({ t, before, inputs, parameters, answers }) => {
      const [T, , H] = answers.h!.shape as [number, number, number]
      const isLast = t === (way === 'forward' ? T - 1 : 0)
      const outputs = isLast ? { V: inputs.V!, c: inputs.c! } : { V: identity(H), c: zeros([H]) }
      const h0 = memberAt(statesBefore(answers.h!, inputs.h0!, way), 0, t)
      return {
        inputs: { ...ofStep(inputs, t), ...outputs, h0, do: before.do! },
        parameters,
        answered: ['h0'],
      }
    },
    gives: ({ back, delta }) => ({ back: memberAt(back!, 0, 0), delta: memberAt(delta!, 0, 0) }),
    totals: [sumsOverTime(way), ofLastState(way)],
    kills,
    share: 0.1,
  })

const identity = (n: number) => build([n, n], (i, j) => (i === j ? 1 : 0))
