import { build, fromData, type NumberArray, sum } from '../../../reference/arithmetic/array.ts'
import { array, free } from '../../../spec/language/operation.ts'
import { choice, integer } from '../../../spec/language/parameter.ts'
import { direction } from '../../../spec/rnn/forward.ts'
import { loss, lossGradient, lossOfSequence, stepLoss, totalLoss } from '../../../spec/rnn/loss.ts'
import { network } from '../../../spec/rnn/network.ts'
import { agreement, agreementTwice } from '../../kit/agreement.ts'
import {
  changed,
  filled,
  joined,
  numbers,
  part,
  plain,
  row,
  scalar,
  zeros,
} from '../../kit/arrays.ts'
import { atMost } from '../../kit/claims.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { withParameters } from '../../kit/spaces.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  averagesClasses,
  averagesSteps,
  countsPadding,
  everyStepAlike,
  firstElementOnly,
  gradientAtPadding,
  hardTargets,
  lastStepOnly,
  logOfSoftmax,
  noGradientOfSum,
  targetsAreConstant,
} from './loss-faults.ts'
import { scoresAsInputs } from './network-faults.ts'

const stepProperties = properties(
  stepLoss,
  agreementTwice(loss, {
    kills: [firstElementOnly, hardTargets, averagesClasses, countsPadding],
    share: 0.3,
  }),
  agreementTwice(lossGradient, {
    name: 'gradient',
    kills: [noGradientOfSum, everyStepAlike, targetsAreConstant, gradientAtPadding],
    share: 0.15,
  }),
  law('linear', {
    of: { ...loss, inputs: { ...loss.inputs, more: array('other targets', 'T', 'N', 'O') } },
    asks: [loss],
    title: 'the loss at a sum of targets, whatever they add up to, is the sum of the losses',
    kills: [hardTargets],
    share: 0.2,
    async holds({ arithmetic, inputs: { more, ...inputs }, measure }) {
      const ask = async (y: typeof inputs.y | NumberArray<number>) =>
        (await measure(loss, { ...inputs, y }, {})).steps
      const [one, other] = [await ask(inputs.y), await ask(more)]
      const both = await ask(changed(inputs.y, (v, at) => v + more.data[at]!))
      const expected = build(one.shape, (...at) => arithmetic.add(one.at(...at), other.at(...at)))
      return [{ label: 'steps', expected, actual: both }]
    },
  }),
  law('entropy', {
    of: loss,
    title: 'no scores lose less than the entropy of targets that add up to 1, and equal ones ln O',
    kills: [firstElementOnly, averagesClasses],
    share: 0.2,
    async holds({ arithmetic, exact, inputs, measure, sizes }) {
      const { T, N, O } = sizes as Readonly<Record<'T' | 'N' | 'O', number>>
      const { log, multiply } = arithmetic
      // ½, ¼, … and the last one twice: each is a power of 2, and their sum is 1.
      const halvings = (k: number) => Math.min(k + 1, O - 1)
      const shares = build([T, N, O], (_t, _n, k) => 2 ** -halvings(k))
      const given = { y: shares, padded: zeros([T, N]) }
      const any = await measure(loss, { ...given, o: inputs.o }, {})
      const equal = await measure(loss, { ...given, o: filled([T, N, O], 512) }, {})
      const bits = Array.from({ length: O }, (_, k) => halvings(k) * 2 ** -halvings(k))
      const entropy = multiply(
        arithmetic.exact(bits.reduce((all, v) => all + v, 0)),
        log(arithmetic.exact(2)),
      )
      return [
        ...any.steps.data.map((E) => atMost(arithmetic, 'H(y) ≤ E', entropy, E)),
        {
          label: 'of equal scores',
          expected: build([T, N], () => log(arithmetic.exact(O))),
          actual: equal.steps,
        },
        {
          label: 'all together',
          expected: exact(scalar(0)),
          actual: scalar(
            arithmetic.subtract(
              equal.E.at(),
              sum(arithmetic, [T, N], (t, n) => equal.steps.at(t, n)),
            ),
          ),
        },
      ]
    },
  }),
  law('no-such-class', {
    of: withParameters(loss, { place: integer({ min: 0, upTo: 5, max: 5 }) }),
    asks: [loss],
    title: 'a class with the score −∞ and the target 0 counts for nothing',
    kills: [logOfSoftmax],
    share: 0.2,
    async holds({ answer, expected, inputs, parameters, sizes }) {
      const { T, N, O } = sizes as Readonly<Record<'T' | 'N' | 'O', number>>
      const at = parameters.place % (O + 1)
      const wider = (given: NumberArray<number>, value: number) =>
        build([T, N, O + 1], (t, n, k) => (k === at ? value : given.at(t, n, k < at ? k : k - 1)))
      const o = wider(plain(inputs.o), Number.NEGATIVE_INFINITY)
      const { steps } = await answer(loss, { ...inputs, o, y: wider(plain(inputs.y), 0) }, {})
      return [{ label: 'steps', expected: expected(loss, inputs, {}).steps, actual: steps }]
    },
  }),
  worked('E-37', {
    of: loss,
    title: 'the loss of a step is one number, a sum over the classes, also off the simplex',
    kills: [firstElementOnly, averagesClasses],
    cases: [
      {
        inputs: {
          o: tensor([1, 1, 2], [0, 0]),
          y: tensor([1, 1, 2], [1, 1]),
          padded: tensor([1, 1], [0]),
        },
        notes: { steps: [Math.LN2, Math.LN2] },
        gives: { steps: [2 * Math.LN2], E: [2 * Math.LN2] },
      },
      {
        inputs: {
          o: tensor([1, 1, 2], [0, 0]),
          y: tensor([1, 1, 2], [3, -1]),
          padded: tensor([1, 1], [0]),
        },
        gives: { steps: [2 * Math.LN2] },
      },
    ],
  }),
  worked('far-apart', {
    of: loss,
    title: 'scores of ±10,000 lose 20,000 or nothing',
    kills: [logOfSoftmax],
    inputs: {
      o: tensor([2, 1, 2], [10_000, -10_000, 10_000, -10_000]),
      y: tensor([2, 1, 2], [0, 1, 1, 0]),
      padded: tensor([2, 1], [0, 0]),
    },
    gives: { steps: [20_000, 0], E: [20_000] },
  }),
)

/** Some steps of sequences, from one of them on. */
const steps = <T>(of: NumberArray<T>, from: number, to: number) =>
  part(of, of.shape.with(0, to - from), [from])

const totalProperties = properties(
  totalLoss,
  agreement(loss, 'integers', { kills: [averagesSteps, lastStepOnly], share: 0.3 }),
  law('parts', {
    of: { ...loss, usual: [], dimensions: { ...loss.dimensions, T: free(2, 5, 'time steps') } },
    asks: [loss],
    title: 'the loss of a sequence is the sum of those of its two parts',
    kills: [averagesSteps, lastStepOnly],
    share: 0.3,
    async holds({ arithmetic, inputs, measure, sizes: { T } }) {
      const t = Math.floor(T! / 2)
      const [o, y, padded] = [plain(inputs.o), plain(inputs.y), plain(inputs.padded)]
      const ask = async (from: number, to: number) => {
        const some = <A>(of: NumberArray<A>) => steps(of, from, to)
        return (await measure(loss, { o: some(o), y: some(y), padded: some(padded) }, {})).E.at()
      }
      const whole = await ask(0, T!)
      const both = arithmetic.add(await ask(0, t), await ask(t, T!))
      return [{ label: 'E', expected: row(both), actual: row(whole) }]
    },
  }),
  law('nothing-more', {
    of: loss,
    title: 'a further step adds nothing where it is predicted with certainty, or is padding',
    kills: [averagesSteps, lastStepOnly, countsPadding],
    share: 0.3,
    async holds({ inputs, measure, sizes }) {
      const { T, N, O } = sizes as Readonly<Record<'T' | 'N' | 'O', number>>
      const [o, y, padded] = [plain(inputs.o), plain(inputs.y), plain(inputs.padded)]
      const more = {
        o: joined(
          0,
          o,
          build([2, N, O], (t, _n, k) => (k === 0 && t === 0 ? 1000 : 0)),
        ),
        y: joined(
          0,
          y,
          build([2, N, O], (_t, _n, k) => (k === 0 ? 1 : 5)),
        ),
        padded: joined(
          0,
          padded,
          build([2, N], (t) => t),
        ),
      }
      const certain = changed(more.y, (v, at) =>
        at >= T * N * O && at < (T + 1) * N * O && at % O > 0 ? 0 : v,
      )
      const { E } = await measure(loss, inputs, {})
      const longer = await measure(loss, { ...more, y: certain }, {})
      return [{ label: 'E', expected: E, actual: longer.E }]
    },
  }),
  worked('three-steps', {
    of: loss,
    title: 'three steps of ln 2 each lose 3 ln 2',
    kills: [averagesSteps, lastStepOnly],
    inputs: {
      o: tensor([3, 1, 2], [1, 1, 2, 2, 3, 3]),
      y: tensor([3, 1, 2], [1, 0, 0, 1, 1, 0]),
      padded: tensor([3, 1], [0, 0, 0]),
    },
    gives: { E: [3 * Math.LN2] },
  }),
)

/** Few steps of few units without tanh: all states of small whole numbers are exact, in one piece or in several. */
const graph = {
  ...network,
  usual: [],
  dimensions: {
    ...network.dimensions,
    T: free(1, 3, 'time steps'),
    H: free(1, 2, 'units of the state'),
    O: free(1, 2, 'classes'),
  },
  parameters: { activation: choice('relu', 'linear'), direction },
  inputs: { ...network.inputs, y: array('what should come out of every step', 'T', 'N', 'O') },
}

const graphProperties = properties(
  lossOfSequence,
  law('unfolded', {
    of: graph,
    asks: [network, loss],
    title: 'step by step, each from the state before, it has the losses of the whole sequence',
    kills: [scoresAsInputs],
    share: 0.1,
    needsStates: true,
    async holds({ arithmetic, inputs: { y, ...inputs }, measure, parameters, sizes: { T } }) {
      const inOrder = Array.from({ length: T! }, (_, t) => t)
      const order = parameters.direction === 'forward' ? inOrder : inOrder.toReversed()
      const [x, padded, targets] = [plain(inputs.x), plain(inputs.padded), plain(y)]
      const whole = await measure(network, inputs, parameters)
      const recursive = await measure(
        loss,
        { o: numbers(arithmetic, whole.o), y, padded: inputs.padded },
        {},
      )
      let h0 = plain(inputs.h0)
      const each: (typeof recursive.steps)[] = []
      for (const t of order) {
        const own = { x: steps(x, t, t + 1), padded: steps(padded, t, t + 1) }
        const one = await measure(network, { ...inputs, ...own, h0 }, parameters)
        h0 = fromData(h0.shape, numbers(arithmetic, one.h).data)
        const question = {
          o: numbers(arithmetic, one.o),
          y: steps(targets, t, t + 1),
          padded: own.padded,
        }
        each[t] = (await measure(loss, question, {})).steps
      }
      return [
        { label: 'losses of the steps', expected: joined(0, ...each), actual: recursive.steps },
      ]
    },
  }),
)

export const lossProperties = [...stepProperties, ...totalProperties, ...graphProperties]
