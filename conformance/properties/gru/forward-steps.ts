import { build, fromData, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { forward, forwardGradient, reset } from '../../../spec/gru/forward.ts'
import { derived, free, type Operation } from '../../../spec/language/operation.ts'
import { choice } from '../../../spec/language/parameter.ts'
import type { Fault } from '../../engine/fault.ts'
import type { Argument } from '../../engine/property.ts'
import { memberAt } from '../../kit/along.ts'
import { plain } from '../../kit/arrays.ts'
import { stepwise } from '../../kit/stepwise.ts'
import { inWords, ownStep, statesBefore, type Way } from '../../kit/through-time.ts'

type Arguments = Readonly<Record<string, Argument>>
type Arrays = Readonly<Record<string, NumberArray<number>>>

/** Cases of so many steps in one direction, of few units. */
const long = (steps: number, way: Way) => ({
  usual: [],
  dimensions: {
    ...forward.dimensions,
    T: derived(() => steps, 'steps'),
    N: free(1, steps > 100 ? 1 : 2, 'sequences of a batch'),
    I: free(1, 2, 'units of the input'),
    H: free(2, steps > 100 ? 2 : 3, 'units of the state'),
  },
  parameters: { reset, direction: choice(way) },
})

/** Six cases of fifty steps, three of two hundred; twice as many of gradients, of which more are saturated. */
const shareOf = (steps: number) => (steps > 100 ? 0.03 : 0.06)

const ofStep = ({ x, U, W, b, bn, padded }: Arguments, t: number) => ({
  x: ownStep(x!, t),
  padded: ownStep(padded!, t),
  U: U!,
  W: W!,
  b: b!,
  bn: bn!,
})

/** Each of many steps, from the state that was returned before it, of the layer or of its gradient. */
const eachState = (of: Operation, steps: number, way: Way, kills: readonly Fault[]) =>
  stepwise(of, {
    name: `${of === forward ? 'stepwise' : 'states'}-${way}`,
    title: `each of ${steps} states${of === forward ? '' : ' of a gradient'} follows from the one that was returned before it, ${inWords(way)}`,
    within: { ...of, ...long(steps, way) },
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
    share: shareOf(steps),
  })

export const eachStep = (steps: number, way: Way, kills: readonly Fault[]) =>
  eachState(forward, steps, way, kills)

export const eachStateOfGradient = (steps: number, way: Way, kills: readonly Fault[]) =>
  eachState(forwardGradient, steps, way, kills)

/** What comes back to each state from the steps after it, of what was returned. */
function arriving({ back }: Arrays, dLast: Argument, way: Way): NumberArray<number> {
  const last = way === 'forward' ? back!.shape[0]! - 1 : 0
  const ahead = way === 'forward' ? 1 : -1
  const end = plain(dLast)
  return build(back!.shape, (t, n, i) => (t === last ? end.at(n, i) : back!.at(t + ahead, n, i)))
}

/**
 * Each of many steps back, from what was returned of the step that comes after it, and sums over time of
 * the states and of what came back: these are what a layer of a single step has, to which the steps are
 * sequences of a batch.
 */
export const eachStepBack = (steps: number, way: Way, kills: readonly Fault[]) =>
  stepwise(forwardGradient, {
    name: `stepwise-${way}`,
    title: `each of ${steps} steps back follows from what was returned of the next one, ${inWords(way)}, and each sum over time from all of them`,
    within: { ...forwardGradient, ...long(steps, way) },
    states: 'back',
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
    gives: ({ dH0 }) => ({ back: dH0! }),
    totals: {
      of: forwardGradient,
      ask: ({ inputs: { x, U, W, b, bn, h0, padded, dh, dLast }, parameters, answers }) => {
        const [T, N, I] = x!.shape as [number, number, number]
        const H = bn!.shape[0]!
        const sequences = (array: Argument, units: number) =>
          fromData([T * N, units], plain(array).data)
        return {
          inputs: {
            x: fromData([1, T * N, I], plain(x!).data),
            padded: fromData([1, T * N], plain(padded!).data),
            U: U!,
            W: W!,
            b: b!,
            bn: bn!,
            h0: sequences(statesBefore(answers.h!, h0!, way), H),
            dh: fromData([1, T * N, H], plain(dh!).data),
            dLast: sequences(arriving(answers, dLast!, way), H),
          },
          parameters,
          answered: ['h0', 'dLast'],
        }
      },
      gives: ({ dx, dU, dW, db, dBn }, { inputs: { x } }) => ({
        dx: fromData(x!.shape, dx!.data),
        dU: dU!,
        dW: dW!,
        db: db!,
        dBn: dBn!,
      }),
    },
    kills,
    share: 2 * shareOf(steps),
  })
