import { fromData, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { derived, type Operation } from '../../../spec/language/operation.ts'
import { choice } from '../../../spec/language/parameter.ts'
import {
  feedback,
  outputRecurrent,
  outputRecurrentGradient,
} from '../../../spec/rnn/output-recurrent.ts'
import { scoresGradient } from '../../../spec/rnn/scores.ts'
import type { Fault } from '../../engine/fault.ts'
import type { Argument } from '../../engine/property.ts'
import { memberAt } from '../../kit/along.ts'
import { joined, part, plain, zeros } from '../../kit/arrays.ts'
import type { Totals, Whole } from '../../kit/chain.ts'
import { stepwise } from '../../kit/stepwise.ts'
import { asSamples, ownStep, statesBefore } from '../../kit/through-time.ts'

type Arguments = Readonly<Record<string, Argument>>

/** Cases of fifty steps of tanh. */
const long = {
  usual: [],
  dimensions: { ...outputRecurrent.dimensions, T: derived(() => 50, 'steps') },
  parameters: { activation: choice('tanh'), feedback },
} as const

const weightsOf = ({ U, W, b, V, c }: Arguments) => ({ U: U!, W: W!, b: b!, V: V!, c: c! })

/** What came back before each step: an output that was returned, or what should have come out. */
const before = ({ inputs, parameters, answers }: Whole) =>
  statesBefore(parameters.feedback === 'own' ? answers.o! : plain(inputs.y!), inputs.o0!, 'forward')

/** State and output of each step, from the output that was returned before it. */
const eachState = (of: Operation, kills: readonly Fault[]) =>
  stepwise(of, {
    name: of === outputRecurrent ? 'stepwise' : 'gradient-states',
    title: `each of fifty steps${of === outputRecurrent ? '' : ', of a gradient,'} follows from what was returned of the one before it`,
    within: { ...of, ...long },
    states: ['h', 'o'],
    step: outputRecurrent,
    carry: { o0: 'o0' },
    enters: { o0: 'o' },
    ask: ({ t, before: { o0 }, inputs, parameters }) => {
      const { x, y } = inputs
      const forced = parameters.feedback === 'target' && t > 0
      const own = { x: ownStep(x!, t), y: ownStep(y!, t) }
      const given = forced ? memberAt(plain(y!), 0, t - 1) : o0!
      return { inputs: { ...weightsOf(inputs), ...own, o0: given }, parameters }
    },
    gives: ({ h, o }) => ({ h: memberAt(h!, 0, 0), o: memberAt(o!, 0, 0) }),
    kills,
    share: 0.05,
  })

export const eachStep = (kills: readonly Fault[]) => eachState(outputRecurrent, kills)

export const eachStateOfGradient = (kills: readonly Fault[]) =>
  eachState(outputRecurrentGradient, kills)

/** What comes back to each output from the step behind it: nothing where targets come back. */
function fromBehind({ parameters, answers: { back } }: Whole) {
  const [, N, O] = back!.shape as [number, number, number]
  const all = parameters.feedback === 'own' ? back! : zeros(back!.shape)
  return statesBefore(all, zeros([N, O]), 'reverse')
}

/**
 * A step back from what arrives at its outputs from outside and from the step behind it: two parts of one sum, for
 * which every output stands twice, the second one without a way into the state.
 */
function twice(weights: ReturnType<typeof weightsOf>, arriving: readonly NumberArray<number>[]) {
  const [W, V, c] = [plain(weights.W), plain(weights.V), plain(weights.c)]
  return {
    ...weights,
    W: joined(1, W, zeros(W.shape)),
    V: joined(0, V, V),
    c: joined(0, c, c),
    do: joined(2, ...arriving),
  }
}

/** Of every output that stands twice, the first one. */
const once = <T>(both: NumberArray<T>): NumberArray<T> => {
  const [N, outputs] = both.shape as [number, number]
  return part(both, [N, outputs / 2])
}

/** Sums over time of a single step without activation, of which all steps are sequences, and what it sends back. */
const sumsOverTime: Totals = {
  of: outputRecurrentGradient,
  ask: (whole) => {
    const { inputs, parameters, answers } = whole
    const [T, N, O] = answers.o!.shape as [number, number, number]
    return {
      inputs: {
        ...weightsOf(inputs),
        x: asSamples(inputs.x!),
        o0: memberAt(asSamples(before(whole)), 0, 0),
        y: zeros([1, T * N, O]),
        dh: asSamples(answers.delta!),
        do: zeros([1, T * N, O]),
      },
      parameters: { ...parameters, activation: 'linear' },
      answered: ['o0', 'dh'],
    }
  },
  gives: ({ dx, dU, dW, db, dO0 }, { inputs: { x, o0 } }) => ({
    dx: fromData(x!.shape, dx!.data),
    dU: dU!,
    dW: dW!,
    db: db!,
    dO0: part(dO0!, o0!.shape),
  }),
}

/** Sums over time of the scores, of what arrives at them from outside and from the step behind, one after the other. */
const sumsOfScores: Totals = {
  of: scoresGradient,
  ask: (whole) => {
    const { inputs, answers } = whole
    const h = asSamples(answers.h!)
    const arriving = [asSamples(inputs.do!), asSamples(fromBehind(whole))]
    return {
      inputs: { h: joined(1, h, h), V: inputs.V!, do: joined(1, ...arriving) },
      parameters: {},
      answered: ['h', 'do'],
    }
  },
  gives: ({ dV, dc }) => ({ dV: dV!, dc: dc! }),
}

/** Each step back, from what was returned of the step behind it. */
export const eachStepBack = (kills: readonly Fault[]) =>
  stepwise(outputRecurrentGradient, {
    name: 'gradient-stepwise',
    title:
      'each of fifty steps back follows from what was returned of the next one, and each sum over time from all of them',
    within: { ...outputRecurrentGradient, ...long },
    states: ['back', 'delta'],
    step: outputRecurrentGradient,
    carry: {},
    backwards: true,
    ask: ({ t, ...whole }) => {
      const { inputs, parameters } = whole
      const arriving = [ownStep(inputs.do!, t), ownStep(fromBehind(whole), t)]
      const o0 = memberAt(before(whole), 0, t)
      const twofold = { o0: joined(1, o0, o0), y: joined(2, ...arriving) }
      return {
        inputs: {
          ...twice(weightsOf(inputs), arriving),
          ...twofold,
          x: ownStep(inputs.x!, t),
          dh: ownStep(inputs.dh!, t),
        },
        parameters,
        answered: ['o0', 'do'],
      }
    },
    gives: ({ dO0, delta }) => ({ back: once(dO0!), delta: memberAt(delta!, 0, 0) }),
    totals: [sumsOverTime, sumsOfScores],
    kills,
    share: 0.1,
  })
