import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { free } from '../../../spec/language/operation.ts'
import { choice } from '../../../spec/language/parameter.ts'
import { activation, forward } from '../../../spec/rnn/forward.ts'
import {
  outputRecurrent,
  outputRecurrentClause,
  outputRecurrentGradient,
} from '../../../spec/rnn/output-recurrent.ts'
import type { Argument } from '../../engine/property.ts'
import { agreement } from '../../kit/agreement.ts'
import { memberAt } from '../../kit/along.ts'
import { joined, numbers, part, plain, zeros } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  alwaysOwn,
  exchangesWeights,
  forgetsFirstOutput,
  noGradientOfTargets,
  outputWithoutBias,
  stateComesBack,
  stateForOutput,
  stepsApart,
  targetOfSameStep,
  throughTargets,
  transposesFeedback,
} from './output-recurrent-faults.ts'
import { backSlips, droppedStep, otherStates, outputSlips } from './output-recurrent-step-faults.ts'
import { eachStateOfGradient, eachStep, eachStepBack } from './output-recurrent-steps.ts'

type Sized = Readonly<Record<'T' | 'N' | 'I' | 'H' | 'O', number>>

const ownStep = (array: Argument, t: number) => part(plain(array), array.shape.with(0, 1), [t])

const fewSteps = {
  ...outputRecurrent.dimensions,
  T: free(1, 3, 'steps'),
  H: free(2, 3, 'units of the state'),
  O: free(1, 2, 'units of the output'),
}

/** M N, of whole numbers. */
const product = (M: NumberArray<number>, N: NumberArray<number>) =>
  build([M.shape[0]!, N.shape[1]!], (i, j) => {
    let sum = 0
    for (let k = 0; k < N.shape[0]!; k++) sum += M.at(i, k) * N.at(k, j)
    return sum
  })

export const outputRecurrentProperties = properties(
  outputRecurrentClause,
  agreement(outputRecurrent, 'integers', {
    kills: [alwaysOwn, targetOfSameStep, exchangesWeights, outputWithoutBias, forgetsFirstOutput],
    share: 0.4,
  }),
  agreement(outputRecurrent, 'reals', { kills: [alwaysOwn, outputWithoutBias], share: 0.4 }),
  agreement(outputRecurrentGradient, 'integers', {
    name: 'gradient-exact',
    kills: [throughTargets, stepsApart, noGradientOfTargets, transposesFeedback, stateForOutput],
    share: 0.4,
  }),
  agreement(outputRecurrentGradient, 'reals', {
    name: 'gradient-bounded',
    kills: [throughTargets, noGradientOfTargets],
    share: 0.2,
  }),
  eachStep([outputSlips]),
  eachStateOfGradient([otherStates]),
  eachStepBack([backSlips, droppedStep]),
  law('between-states', {
    of: {
      ...outputRecurrent,
      usual: [],
      dimensions: fewSteps,
      parameters: { activation: choice('relu', 'linear') },
    },
    asks: [outputRecurrent, forward],
    title: 'from the second step on it is a network with recurrent weights W V and biases b + W c',
    kills: [outputWithoutBias, stateComesBack],
    share: 0.2,
    needsStates: true,
    async holds({ arithmetic, inputs, measure, parameters: { activation }, sizes }) {
      const { T, N, H } = sizes as Sized
      const own = { activation, feedback: 'own' } as const
      const { h } = await measure(outputRecurrent, inputs, own)
      // The first step apart: there it is the output that is given, and not one of a state.
      const first = { x: ownStep(inputs.x, 0), y: ownStep(inputs.y, 0) }
      const start = await measure(outputRecurrent, { ...inputs, ...first }, own)
      const [W, V, b, c] = [plain(inputs.W), plain(inputs.V), plain(inputs.b), plain(inputs.c)]
      const column = build([c.shape[0]!, 1], (k) => c.at(k))
      const biases = product(W, column)
      if (T === 1) return [{ label: 'h of the first step', expected: start.h, actual: h }]
      const rest = {
        x: part(plain(inputs.x), [T - 1, N, inputs.x.shape[2]!], [1]),
        U: inputs.U,
        W: product(W, V),
        b: build([H], (i) => b.at(i) + biases.at(i, 0)),
        h0: memberAt(numbers(arithmetic, start.h), 0, 0),
        padded: zeros([T - 1, N]),
      }
      const between = await measure(forward, rest, { activation, direction: 'forward' })
      return [{ label: 'h', expected: joined(0, start.h, between.h), actual: h }]
    },
  }),
  law('forgotten', {
    of: {
      ...outputRecurrent,
      usual: [],
      dimensions: { ...fewSteps, T: free(2, 4, 'steps') },
      parameters: {},
    },
    asks: [outputRecurrent],
    title: 'a change of the first state that changes no output is forgotten by the next step',
    kills: [stateComesBack],
    share: 0.2,
    needsStates: true,
    async holds({ inputs, measure, sizes }) {
      const { T, N, I, H } = sizes as Sized
      const [x, U, V] = [plain(inputs.x), plain(inputs.U), plain(inputs.V)]
      // One more input, which takes from the second unit what it gives to the first; both weigh the same.
      const given = {
        ...inputs,
        V: build(V.shape, (k, i) => V.at(k, i === 1 ? 0 : i)),
        U: build([H, I + 1], (i, j) => (j < I ? U.at(i, j) : ([1, -1][i] ?? 0))),
      }
      const ask = (more: number) => {
        const wider = build([T, N, I + 1], (t, n, j) =>
          j < I ? x.at(t, n, j) : t === 0 ? more : 0,
        )
        const question = { ...given, x: wider }
        return measure(outputRecurrent, question, { activation: 'linear', feedback: 'own' })
      }
      const [before, after] = [await ask(0), await ask(4)]
      const later = <A>(h: NumberArray<A>) => part(h, h.shape.with(0, T - 1), [1])
      return [
        { label: 'o', expected: before.o, actual: after.o },
        { label: 'h from the second step on', expected: later(before.h), actual: later(after.h) },
      ]
    },
  }),
  law('apart', {
    of: {
      ...outputRecurrentGradient,
      usual: [],
      dimensions: { ...outputRecurrent.dimensions, T: free(2, 4, 'steps') },
      parameters: { activation },
    },
    asks: [outputRecurrentGradient],
    title: 'with teacher forcing no gradient of a later step reaches an earlier one',
    kills: [throughTargets],
    share: 0.2,
    async holds({ exact, inputs, measure, parameters: { activation }, sizes: { T } }) {
      const last = (array: Argument) =>
        build(array.shape, (t, n, i) => (t === T! - 1 ? plain(array).at(t, n, i) : 0))
      const question = { ...inputs, dh: last(inputs.dh), do: last(inputs.do) }
      const { dx } = await measure(outputRecurrentGradient, question, {
        activation,
        feedback: 'target',
      })
      const earlier = part(dx, dx.shape.with(0, T! - 1))
      return [
        { label: 'dx of earlier steps', expected: exact(zeros(earlier.shape)), actual: earlier },
      ]
    },
  }),
  worked('by-hand', {
    of: outputRecurrent,
    title: 'two steps of one unit, of its own and with teacher forcing',
    kills: [alwaysOwn, targetOfSameStep],
    cases: (['own', 'target'] as const).map((feedback) => ({
      inputs: {
        x: tensor([2, 1, 1], [1, 1]),
        U: tensor([1, 1], [1]),
        W: tensor([1, 1], [2]),
        b: tensor([1], [0]),
        V: tensor([1, 1], [3]),
        c: tensor([1], [0]),
        o0: tensor([1, 1], [0]),
        y: tensor([2, 1, 1], [5, 6]),
      },
      parameters: { activation: 'linear' as const, feedback },
      gives:
        feedback === 'own' ? { h: [1, 1 + 2 * 3], o: [3, 21] } : { h: [1, 1 + 2 * 5], o: [3, 33] },
    })),
  }),
)
