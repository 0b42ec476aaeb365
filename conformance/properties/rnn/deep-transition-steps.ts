import { derived } from '../../../spec/language/operation.ts'
import { choice } from '../../../spec/language/parameter.ts'
import { deepTransition, deepTransitionGradient } from '../../../spec/rnn/deep-transition.ts'
import { activation } from '../../../spec/rnn/forward.ts'
import type { Fault } from '../../engine/fault.ts'
import type { Argument } from '../../engine/property.ts'
import { memberAt } from '../../kit/along.ts'
import { stepwise } from '../../kit/stepwise.ts'
import { ownStep, statesBefore } from '../../kit/through-time.ts'
import { countedInputs, eachLayer, ofLayers, sumsOverTime } from './deep-transition-sums.ts'

type Arguments = Readonly<Record<string, Argument>>

/** Cases of fifty steps. */
const long = {
  usual: [],
  dimensions: { ...deepTransition.dimensions, T: derived(() => 50, 'steps') },
  parameters: { activation, direction: choice('forward') },
}

const ofStep = ({ x, U, W, A, S, b, padded }: Arguments, t: number) => ({
  x: ownStep(x!, t),
  padded: ownStep(padded!, t),
  U: U!,
  W: W!,
  A: A!,
  S: S!,
  b: b!,
})

/** Each of fifty steps, from the state that was returned before it. */
export const eachStepOfTransition = (kills: readonly Fault[]) =>
  stepwise(deepTransition, {
    title: 'each of fifty steps follows from the state that was returned before it',
    within: { ...deepTransition, ...long },
    states: 'h',
    step: deepTransition,
    carry: { h0: 'h0' },
    ask: ({ t, before: { h0 }, inputs, parameters }) => ({
      inputs: { ...ofStep(inputs, t), h0: h0! },
      parameters,
    }),
    gives: ({ h }) => ({ h: memberAt(h!, 0, 0) }),
    kills,
    share: 0.06,
  })

/** Each of fifty steps back, from what was returned of the step that comes after it, through all layers. */
export const eachStepBackOfTransition = (kills: readonly Fault[]) =>
  stepwise(deepTransitionGradient, {
    name: 'stepwise-back',
    title:
      'each of fifty steps back follows from what was returned of the next one, layer by layer, and each sum over time from all of them',
    within: { ...deepTransitionGradient, ...long },
    states: ['back', 'delta'],
    step: deepTransitionGradient,
    carry: { dLast: 'dLast' },
    enters: { dLast: 'back' },
    backwards: true,
    ask: ({ t, before: { dLast }, inputs, parameters, answers }) => ({
      inputs: {
        ...ofStep(inputs, t),
        h0: memberAt(statesBefore(answers.h!, inputs.h0!, 'forward'), 0, t),
        dh: ownStep(inputs.dh!, t),
        dLast: dLast!,
      },
      parameters,
      answered: ['h0'],
    }),
    gives: ({ dH0, delta }) => ({
      back: dH0!,
      delta: memberAt(delta!, 0, 0),
    }),
    totals: sumsOverTime(
      ({ inputs: { x, h0, padded }, answers }) => ({
        deltas: eachLayer(answers.delta!),
        given: [
          countedInputs(x!, padded!),
          statesBefore(answers.h!, h0!, 'forward'),
          ...eachLayer(answers.inner!),
        ],
      }),
      'U',
      ({ weights, biases, back }, { inputs: { A, b } }) => {
        const [L, H] = b!.shape as [number, number]
        const layers = Array.from({ length: L }, (_, l) => l)
        return {
          dx: back,
          dU: weights(0, 0),
          dW: weights(0, 1),
          dA: ofLayers(
            A!.shape.slice(1),
            layers.slice(1).map((l) => weights(l, l + 1)),
          ),
          dS: weights(L - 1, 1),
          db: ofLayers([H], layers.map(biases)),
        }
      },
    ),
    kills,
    share: 0.06,
  })
