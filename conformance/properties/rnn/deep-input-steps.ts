import { derived } from '../../../spec/language/operation.ts'
import { choice } from '../../../spec/language/parameter.ts'
import { deepInput, deepInputGradient } from '../../../spec/rnn/deep-input.ts'
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
  dimensions: { ...deepInput.dimensions, T: derived(() => 50, 'steps') },
  parameters: { activation, direction: choice('forward') },
}

const ofStep = ({ x, padded, F, A, wayBias, U, W, b }: Arguments, t: number) => ({
  x: ownStep(x!, t),
  padded: ownStep(padded!, t),
  ...{ F: F!, A: A!, wayBias: wayBias!, U: U!, W: W!, b: b! },
})

/** Each of fifty steps, from the state that was returned before it. */
export const eachStepOfDeepInput = (kills: readonly Fault[]) =>
  stepwise(deepInput, {
    title: 'each of fifty steps follows from the state that was returned before it',
    within: { ...deepInput, ...long },
    states: 'h',
    step: deepInput,
    carry: { h0: 'h0' },
    ask: ({ t, before: { h0 }, inputs, parameters }) => ({
      inputs: { ...ofStep(inputs, t), h0: h0! },
      parameters,
    }),
    gives: ({ h }) => ({ h: memberAt(h!, 0, 0) }),
    kills,
    share: 0.06,
  })

/** Each of fifty steps back, from what was returned of the step behind it, and sums over time of all of them. */
export const eachStepBackOfDeepInput = (kills: readonly Fault[]) =>
  stepwise(deepInputGradient, {
    name: 'stepwise-back',
    title:
      'each of fifty steps back follows from what was returned of the next one, layer by layer, and each sum over time from all of them',
    within: { ...deepInputGradient, ...long },
    states: ['back', 'delta', 'innerDelta', 'inner'],
    step: deepInputGradient,
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
    gives: ({ dH0, delta, innerDelta, inner }) => ({
      back: dH0!,
      delta: memberAt(delta!, 0, 0),
      innerDelta: memberAt(innerDelta!, 0, 0),
      inner: memberAt(inner!, 0, 0),
    }),
    totals: sumsOverTime(
      ({ inputs: { x, h0, padded }, answers }) => ({
        deltas: [...eachLayer(answers.innerDelta!), answers.delta!],
        given: [
          countedInputs(x!, padded!),
          ...eachLayer(answers.inner!),
          statesBefore(answers.h!, h0!, 'forward'),
        ],
      }),
      'F',
      ({ weights, biases, back }, { inputs: { wayBias } }) => {
        const [L, M] = wayBias!.shape as [number, number]
        const layers = Array.from({ length: L }, (_, l) => l)
        return {
          dx: back,
          dF: weights(0, 0),
          dA: ofLayers(
            [M, M],
            layers.slice(1).map((l) => weights(l, l)),
          ),
          dWayBias: ofLayers([M], layers.map(biases)),
          dU: weights(L, L),
          dW: weights(L, L + 1),
          db: biases(L),
        }
      },
    ),
    kills,
    share: 0.06,
  })
