import { fromData, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { derived, free, type Operation } from '../../../spec/language/operation.ts'
import { choice } from '../../../spec/language/parameter.ts'
import { activation } from '../../../spec/rnn/forward.ts'
import { stacked, stackedGradient } from '../../../spec/rnn/stacked.ts'
import type { Fault } from '../../engine/fault.ts'
import type { Argument } from '../../engine/property.ts'
import { memberAt } from '../../kit/along.ts'
import { stepwise } from '../../kit/stepwise.ts'
import {
  asSamples,
  inWords,
  opposite,
  ownStep,
  statesBefore,
  type Way,
} from '../../kit/through-time.ts'

type Arguments = Readonly<Record<string, Argument>>

/** The axis of the steps in what there is of every layer. */
const time = 1

/** Cases of fifty steps in one direction, of few units. */
const long = (way: Way) => ({
  usual: [],
  dimensions: {
    ...stacked.dimensions,
    T: derived(() => 50, 'steps'),
    N: derived(() => 1, 'sequences of a batch'),
    I: free(1, 2, 'units of the input'),
    H: free(2, 3, 'units of the state'),
  },
  parameters: { activation, direction: choice(way) },
})

const weightsOf = ({ U, A, W, b }: Arguments) => ({ U: U!, A: A!, W: W!, b: b! })

const ofStep = (inputs: Arguments, t: number) => ({
  ...weightsOf(inputs),
  x: ownStep(inputs.x!, t),
  masks: ownStep(inputs.masks!, t, time),
  padded: ownStep(inputs.padded!, t),
})

/** The states of all layers after each step, from those that were returned before it. */
const eachState = (of: Operation, way: Way, kills: readonly Fault[]) =>
  stepwise(of, {
    name: `${of === stacked ? 'stepwise' : 'states'}-${way}`,
    title: `each of fifty states of every layer${of === stacked ? '' : ', of a gradient,'} follows from those that were returned before it, ${inWords(way)}`,
    within: { ...of, ...long(way) },
    states: 'h',
    along: 'T',
    step: stacked,
    carry: { h0: 'h0' },
    backwards: way === 'reverse',
    ask: ({ t, before: { h0 }, inputs, parameters }) => ({
      inputs: { ...ofStep(inputs, t), h0: h0! },
      parameters,
    }),
    gives: ({ h }) => ({ h: memberAt(h!, time, 0) }),
    kills,
    share: 0.03,
  })

export const eachStep = (way: Way, kills: readonly Fault[]) => eachState(stacked, way, kills)

export const eachStateOfGradient = (way: Way, kills: readonly Fault[]) =>
  eachState(stackedGradient, way, kills)

/**
 * Each step back through all layers, from what was returned of the step that is done after it; and the sums over time,
 * as those of a single step of which all steps are sequences.
 */
export const eachStepBack = (way: Way, kills: readonly Fault[]) =>
  stepwise(stackedGradient, {
    name: `gradient-stepwise-${way}`,
    title: `each of fifty steps back through all layers follows from what was returned of the next one, ${inWords(way)}, and each sum over time from all of them`,
    within: { ...stackedGradient, ...long(way) },
    states: ['back', 'delta'],
    along: 'T',
    step: stackedGradient,
    carry: { dLast: 'dLast' },
    enters: { dLast: 'back' },
    backwards: way === 'forward',
    ask: ({ t, before: { dLast }, inputs, parameters, answers }) => ({
      inputs: {
        ...ofStep(inputs, t),
        h0: memberAt(statesBefore(answers.h!, inputs.h0!, way, time), time, t),
        dh: ownStep(inputs.dh!, t, time),
        dLast: dLast!,
      },
      parameters,
      answered: ['h0'],
    }),
    gives: ({ dH0, delta }) => ({ back: dH0!, delta: memberAt(delta!, time, 0) }),
    totals: {
      of: stackedGradient,
      ask: ({ inputs, parameters, answers: { h, back } }) => ({
        inputs: {
          ...weightsOf(inputs),
          x: asSamples(inputs.x!),
          masks: asSamples(inputs.masks!, time),
          padded: asSamples(inputs.padded!),
          h0: endsOf(statesBefore(h!, inputs.h0!, way, time)),
          dh: asSamples(inputs.dh!, time),
          dLast: endsOf(statesBefore(back!, inputs.dLast!, opposite(way), time)),
        },
        parameters,
        answered: ['h0', 'dLast'],
      }),
      gives: ({ dx, dU, dA, dW, db, dMasks }, { inputs: { x, masks } }) => ({
        dx: fromData(x!.shape, dx!.data),
        dU: dU!,
        dA: dA!,
        dW: dW!,
        db: db!,
        dMasks: fromData(masks!.shape, dMasks!.data),
      }),
    },
    kills,
    share: 0.06,
  })

/** What there is before or behind every step, as that of a sequence each. */
const endsOf = (states: NumberArray<number>) => memberAt(asSamples(states, time), time, 0)
