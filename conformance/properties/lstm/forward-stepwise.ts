import { fromData, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { derived, free } from '../../../spec/language/operation.ts'
import { boolean, choice } from '../../../spec/language/parameter.ts'
import { forward, forwardGradient } from '../../../spec/lstm/forward.ts'
import type { Fault } from '../../engine/fault.ts'
import type { Argument } from '../../engine/property.ts'
import { memberAt } from '../../kit/along.ts'
import { plain } from '../../kit/arrays.ts'
import { stepwise } from '../../kit/stepwise.ts'
import { inWords, opposite, ownStep, statesBefore, type Way } from '../../kit/through-time.ts'

type Arguments = Readonly<Record<string, Argument>>
type Arrays = Readonly<Record<string, NumberArray<number>>>

/** Cases of so many steps in one direction. */
const long = (T: number, way: Way) => ({
  usual: [],
  dimensions: {
    ...forward.dimensions,
    T: derived(() => T, 'steps'),
    N: free(1, 2, 'sequences'),
  },
  parameters: { direction: choice(way), coupled: boolean },
})

const ofStep = ({ x, padded, ...others }: Arguments, t: number) => ({
  ...others,
  x: ownStep(x!, t),
  padded: ownStep(padded!, t),
})

/** The states and cells that a layer or its gradient returns, each from the one before it. */
const states = {
  states: ['h', 'c'],
  step: forward,
  carry: { h0: 'h0', c0: 'c0' },
  enters: { h0: 'h', c0: 'c' },
  gives: <T>({ h, c }: Readonly<Record<string, NumberArray<T>>>) => ({
    h: memberAt(h!, 0, 0),
    c: memberAt(c!, 0, 0),
  }),
} as const

/** Each of many steps, from the state and the cell that were returned before it. */
export const eachStep = (T: number, way: Way, kills: readonly Fault[], share: number) =>
  stepwise(forward, {
    ...states,
    name: `stepwise-${way}`,
    title: `each of ${T} steps follows from the state and the cell that were returned before it, ${inWords(way)}`,
    within: { ...forward, ...long(T, way) },
    backwards: way === 'reverse',
    ask: ({ t, before: { h0, c0 }, inputs, parameters }) => ({
      inputs: { ...ofStep(inputs, t), h0: h0!, c0: c0! },
      parameters,
    }),
    kills,
    share,
  })

/** The states and cells that a gradient says it is computed with. */
export const eachStateOfGradient = (way: Way, kills: readonly Fault[]) =>
  stepwise(forwardGradient, {
    ...states,
    name: `states-${way}`,
    title: `each of fifty states of a gradient follows from the one before it, ${inWords(way)}`,
    within: { ...forwardGradient, ...long(50, way) },
    backwards: way === 'reverse',
    ask: ({ t, before: { h0, c0 }, inputs: { x, U, W, b, padded, P }, parameters }) => {
      const given = { x: x!, U: U!, W: W!, b: b!, padded: padded!, P: P! }
      return { inputs: { ...ofStep(given, t), h0: h0!, c0: c0! }, parameters }
    },
    kills,
    share: 0.04,
  })

/** What comes back to each step from the one that is done after it. */
const behind = (back: NumberArray<number>, last: Argument, way: Way) =>
  statesBefore(back, last, opposite(way))

/**
 * Each of many steps back, from what was returned of the step that is done after it; and the sums over
 * time, as those of a single step of which all steps are sequences.
 */
export const eachStepBack = (T: number, way: Way, kills: readonly Fault[]) =>
  stepwise(forwardGradient, {
    name: `stepwise-${way}`,
    title: `each of ${T} steps back follows from what was returned of the next one, ${inWords(way)}, and each sum over time from all of them`,
    within: { ...forwardGradient, ...long(T, way) },
    states: ['back', 'backCell', 'delta'],
    step: forwardGradient,
    carry: { dLast: 'dLast', dLastCell: 'dLastCell' },
    enters: { dLast: 'back', dLastCell: 'backCell' },
    backwards: way === 'forward',
    ask: ({ t, before: { dLast, dLastCell }, inputs, parameters, answers: { h, c } }) => ({
      inputs: {
        ...ofStep(inputs, t),
        h0: memberAt(statesBefore(h!, inputs.h0!, way), 0, t),
        c0: memberAt(statesBefore(c!, inputs.c0!, way), 0, t),
        dh: ownStep(inputs.dh!, t),
        dc: ownStep(inputs.dc!, t),
        dLast: dLast!,
        dLastCell: dLastCell!,
      },
      parameters,
      answered: ['h0', 'c0'],
    }),
    gives: ({ dH0, dC0, delta }) => ({
      back: dH0!,
      backCell: dC0!,
      delta: memberAt(delta!, 0, 0),
    }),
    totals: {
      of: forwardGradient,
      ask: ({ inputs, parameters: { coupled }, answers: { h, c, back, backCell } }) => {
        const { x, U, W, b, P, padded, h0, c0, dh, dc, dLast, dLastCell } =
          inputs as Required<Arrays>
        const samples = (array: Argument, ...front: readonly number[]) => {
          const [T, N, ...axes] = array.shape as [number, number, ...number[]]
          return fromData([...front, T * N, ...axes], plain(array).data)
        }
        return {
          inputs: {
            x: samples(x!, 1),
            U: U!,
            W: W!,
            b: b!,
            P: P!,
            padded: samples(padded!, 1),
            h0: samples(statesBefore(h!, h0!, way)),
            c0: samples(statesBefore(c!, c0!, way)),
            dh: samples(dh!, 1),
            dc: samples(dc!, 1),
            dLast: samples(behind(back!, dLast!, way)),
            dLastCell: samples(behind(backCell!, dLastCell!, way)),
          },
          parameters: { direction: 'forward', coupled },
          answered: ['h0', 'c0', 'dLast', 'dLastCell'],
        }
      },
      gives: ({ dx, dU, dW, db, dP }, { inputs: { x } }) => ({
        dx: fromData(x!.shape, dx!.data),
        dU: dU!,
        dW: dW!,
        db: db!,
        dP: dP!,
      }),
    },
    kills,
    share: Math.max(0.02, 2 / T),
  })
