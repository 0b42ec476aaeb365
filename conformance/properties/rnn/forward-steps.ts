import { build, fromData, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { derived, type Operation } from '../../../spec/language/operation.ts'
import { choice } from '../../../spec/language/parameter.ts'
import { activation, forward, forwardGradient } from '../../../spec/rnn/forward.ts'
import type { Fault } from '../../engine/fault.ts'
import type { Argument } from '../../engine/property.ts'
import { memberAt } from '../../kit/along.ts'
import { plain, zeros } from '../../kit/arrays.ts'
import type { Totals } from '../../kit/chain.ts'
import { stepwise } from '../../kit/stepwise.ts'
import { inWords, ownStep, statesBefore, type Way } from '../../kit/through-time.ts'

type Arguments = Readonly<Record<string, Argument>>

/** Cases of so many steps in one direction. */
const long = (steps: number, way: Way) => ({
  usual: [],
  dimensions: { ...forward.dimensions, T: derived(() => steps, 'steps') },
  parameters: { activation, direction: choice(way) },
})

export const ofStep = ({ x, U, W, b, padded }: Arguments, t: number) => ({
  x: ownStep(x!, t),
  padded: ownStep(padded!, t),
  U: U!,
  W: W!,
  b: b!,
})

/** Each of fifty steps, from the state that was returned before it, of the layer or of its gradient. */
const eachState = (of: Operation, way: Way, kills: readonly Fault[]) =>
  stepwise(of, {
    name: `${of === forward ? 'stepwise' : 'states'}-${way}`,
    title:
      of === forward
        ? `each of fifty steps follows from the state that was returned before it, ${inWords(way)}`
        : `each of fifty states of a gradient follows from the one before it, ${inWords(way)}`,
    within: { ...of, ...long(50, way) },
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
    share: of === forward ? 0.1 : 0.05,
  })

export const eachStep = (way: Way, kills: readonly Fault[]) => eachState(forward, way, kills)

export const eachStateOfGradient = (way: Way, kills: readonly Fault[]) =>
  eachState(forwardGradient, way, kills)

/**
 * Sums over time of the states and of the deltas that were returned: these are what a layer without time or
 * activation has, to which the steps are samples.
 */
export const sumsOverTime = (way: Way): Totals => ({
  of: forwardGradient,
  ask: ({ inputs: { x, U, W, b, h0, padded }, answers }) => {
    const [T, N, I] = x!.shape as [number, number, number]
    const H = b!.shape[0]!
    const samples = (array: NumberArray<number>) => fromData([T * N, H], array.data)
    const [given, isPadding] = [plain(x!), plain(padded!)]
    const counted = build([1, T * N, I], (_, s, j) => {
      const [t, n] = [Math.floor(s / N), s % N]
      return isPadding.at(t, n) === 1 ? 0 : given.at(t, n, j)
    })
    return {
      inputs: {
        x: counted,
        U: U!,
        W: W!,
        b: b!,
        h0: samples(statesBefore(answers.h!, h0!, way)),
        padded: zeros([1, T * N]),
        dh: zeros([1, T * N, H]),
        dLast: samples(answers.delta!),
      },
      parameters: { activation: 'linear', direction: 'forward' },
      answered: ['h0', 'dLast'],
    }
  },
  gives: ({ dx, dU, dW, db }, { inputs: { x } }) => ({
    dx: fromData(x!.shape, dx!.data),
    dU: dU!,
    dW: dW!,
    db: db!,
  }),
})

/** Each of many steps back, from what was returned of the step that comes after it, and each sum over time. */
export const eachStepBack = (steps: number, way: Way, kills: readonly Fault[]) =>
  stepwise(forwardGradient, {
    name: `stepwise-${way}`,
    title: `each of ${steps} steps back follows from what was returned of the next one, ${inWords(way)}, and each sum over time from all of them`,
    within: { ...forwardGradient, ...long(steps, way) },
    states: ['back', 'delta'],
    step: forwardGradient,
    carry: { dLast: 'dLast' },
    enters: { dLast: 'back' },
    backwards: way === 'forward',
    ask: ({ t, before: { dLast }, inputs, parameters, answers }) => ({
      inputs: {
        ...ofStep(inputs, t),
        h0: memberAt(statesBefore(answers.h!, inputs.h0!, way), 0, t),
        dh: ownStep(inputs.dh!, t),
        dLast: dLast!,
      },
      parameters,
      answered: ['h0'],
    }),
    gives: ({ dH0, delta }) => ({ back: dH0!, delta: memberAt(delta!, 0, 0) }),
    totals: sumsOverTime(way),
    kills,
    share: 5 / steps,
  })
