import { build, fromData, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { derived, free, type Operation } from '../../../spec/language/operation.ts'
import { bidirectional, bidirectionalGradient } from '../../../spec/rnn/bidirectional.ts'
import { activation } from '../../../spec/rnn/forward.ts'
import type { Fault } from '../../engine/fault.ts'
import type { Argument } from '../../engine/property.ts'
import { memberAt } from '../../kit/along.ts'
import { plain } from '../../kit/arrays.ts'
import { stepwise } from '../../kit/stepwise.ts'
import { asSamples, ownStep } from '../../kit/through-time.ts'

type Arguments = Readonly<Record<string, Argument>>

/** Cases of fifty steps, of few units. */
const long = {
  usual: [],
  dimensions: {
    ...bidirectional.dimensions,
    T: derived(() => 50, 'steps'),
    N: free(1, 2, 'sequences of a batch'),
    I: free(1, 2, 'units of the input'),
    H: free(2, 3, 'units of the state'),
  },
  parameters: { activation },
} as const

const weightsOf = ({ U, W, b }: Arguments) => ({ U: U!, W: W!, b: b! })

const ofStep = (inputs: Arguments, t: number) => ({
  ...weightsOf(inputs),
  x: ownStep(inputs.x!, t),
  padded: ownStep(inputs.padded!, t),
})

/**
 * What enters each step of both directions, [D, T, N, H]: of the first what the step before gave, of the second what
 * the step behind did, and what is given at either end. Back in time it is the other way round, by `first`.
 */
function entering(
  both: NumberArray<number>,
  ends: Argument,
  first: 'before' | 'behind' = 'before',
) {
  const [T, N, units] = both.shape as [number, number, number]
  const H = units / 2
  const given = plain(ends)
  return build([2, T, N, H], (d, t, n, i) => {
    const from = (d === 0) === (first === 'before') ? t - 1 : t + 1
    return from < 0 || from >= T ? given.at(d, n, i) : both.at(from, n, d * H + i)
  })
}

/** What there is of both directions, side by side. */
const beside = <T>(both: NumberArray<T>) => {
  const [, N, H] = both.shape as [number, number, number]
  return build([N, 2 * H], (n, i) => both.at(Math.floor(i / H), n, i % H))
}

/** Both states after each step, each from the one that its direction returned before. */
const eachState = (of: Operation, kills: readonly Fault[]) =>
  stepwise(of, {
    name: of === bidirectional ? 'stepwise' : 'gradient-states',
    title: `each of fifty states of either direction${of === bidirectional ? '' : ', of a gradient,'} follows from the one that was returned before it`,
    within: { ...of, ...long },
    states: 'h',
    step: bidirectional,
    // Neither end of a sequence is the first step of both directions.
    carry: {},
    along: 'T',
    ask: ({ t, inputs, parameters, answers }) => ({
      inputs: { ...ofStep(inputs, t), h0: memberAt(entering(answers.h!, inputs.h0!), 1, t) },
      parameters,
      answered: ['h0'],
    }),
    gives: ({ h }) => ({ h: memberAt(h!, 0, 0) }),
    kills,
    share: 0.03,
  })

export const eachStep = (kills: readonly Fault[]) => eachState(bidirectional, kills)

export const eachStateOfGradient = (kills: readonly Fault[]) =>
  eachState(bidirectionalGradient, kills)

/**
 * Each step back of both directions, from what was returned of the step that its direction does after it; and the sums
 * over time, as those of a single step of which all steps are sequences.
 */
export const eachStepBack = (kills: readonly Fault[]) =>
  stepwise(bidirectionalGradient, {
    name: 'gradient-stepwise',
    title:
      'each of fifty steps back of either direction follows from what was returned of the next one, and each sum over time from all of them',
    within: { ...bidirectionalGradient, ...long },
    states: ['back', 'delta'],
    step: bidirectionalGradient,
    carry: {},
    along: 'T',
    ask: ({ t, inputs, parameters, answers: { h, back } }) => ({
      inputs: {
        ...ofStep(inputs, t),
        h0: memberAt(entering(h!, inputs.h0!), 1, t),
        dh: ownStep(inputs.dh!, t),
        dLast: memberAt(entering(back!, inputs.dLast!, 'behind'), 1, t),
      },
      parameters,
      answered: ['h0', 'dLast'],
    }),
    gives: ({ dH0, delta }) => ({ back: beside(dH0!), delta: memberAt(delta!, 0, 0) }),
    totals: {
      of: bidirectionalGradient,
      ask: ({ inputs, parameters, answers: { h, back } }) => ({
        inputs: {
          ...weightsOf(inputs),
          x: asSamples(inputs.x!),
          padded: asSamples(inputs.padded!),
          h0: endsOf(entering(h!, inputs.h0!)),
          dh: asSamples(inputs.dh!),
          dLast: endsOf(entering(back!, inputs.dLast!, 'behind')),
        },
        parameters,
        answered: ['h0', 'dLast'],
      }),
      gives: ({ dx, dU, dW, db }, { inputs: { x } }) => ({
        dx: fromData(x!.shape, dx!.data),
        dU: dU!,
        dW: dW!,
        db: db!,
      }),
    },
    kills,
    share: 0.1,
  })

/** What enters every step, as that of a sequence each. */
const endsOf = (entering: NumberArray<number>) => memberAt(asSamples(entering, 1), 1, 0)
