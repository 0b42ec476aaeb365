import { build, fromData, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  auxGradient,
  auxInference,
  auxLoss,
  inference,
  totalLoss,
  trainingGradient,
  trainingLoss,
} from '../../../spec/inception/auxiliary.ts'
import { array, derived } from '../../../spec/language/operation.ts'
import { choice } from '../../../spec/language/parameter.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreement } from '../../kit/agreement.ts'
import { lenient } from '../../kit/faults.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { tensor } from '../../kit/tensor.ts'
import {
  addsAuxiliary,
  averagesAll,
  countsAllFully,
  favoursFirst,
  firstClassifier,
  forgetsHalf,
  gradientIgnoresSlope,
  gradientReachesAbove,
  gradientStopsAtTap,
  gradientUnweighted,
  gradientWithoutAuxiliary,
  interpolates,
  onlyFirstAuxiliary,
  tapsInput,
  votes,
} from './auxiliary-faults.ts'

const activation = choice('linear', 'tanh')

const acceptsAnyWeight = lenient(
  totalLoss,
  'lets an auxiliary loss count as much as the main one',
  ({ main }) => ({
    loss: main!,
  }),
)

const lossProperties = properties(
  auxLoss,
  agreement(totalLoss, 'integers', { kills: [averagesAll, countsAllFully, onlyFirstAuxiliary] }),
  agreement(totalLoss, 'reals', { kills: [interpolates, countsAllFully] }),
  agreement(trainingLoss, 'integers', {
    name: 'network-exact',
    kills: [forgetsHalf, favoursFirst, tapsInput],
  }),
  agreement(trainingLoss, 'reals', { name: 'network-bounded', kills: [forgetsHalf, tapsInput] }),
  law('main-alone', {
    of: totalLoss,
    values: 'reals',
    title: 'with weight 0 it is the main loss; one more of the main loss is one more of the loss',
    kills: [averagesAll, countsAllFully],
    async holds({ arithmetic, array, inputs, measure, parameters }) {
      const none = await measure(totalLoss, inputs, { weight: 0 })
      const nothing = { ...inputs, main: tensor([], [0]) }
      const whole = await measure(totalLoss, inputs, parameters)
      const rest = await measure(totalLoss, nothing, parameters)
      const main = array('main')
      return [
        { label: 'w = 0', expected: main, actual: none.loss },
        {
          label: 'E − w Σ E_a = E_main',
          expected: main,
          actual: build([], () => arithmetic.subtract(whole.loss.at(), rest.loss.at())),
        },
      ]
    },
  }),
  law('of-the-network', {
    of: trainingLoss,
    asks: [totalLoss, trainingLoss],
    title: 'the loss of the network is the loss of its three losses',
    kills: [favoursFirst, averagesAll, onlyFirstAuxiliary],
    async holds({ arithmetic, inputs, measure, parameters }) {
      const { weight } = parameters
      const { loss, losses } = await measure(trainingLoss, inputs, parameters)
      const rounded = losses.data.map(arithmetic.toNumber)
      const total = await measure(
        totalLoss,
        { main: fromData([], [rounded[2]!]), auxiliary: fromData([2], rounded.slice(0, 2)) },
        { weight },
      )
      // What the rounding of the three losses adds: E is at most 1 + 2w times as far off as they are.
      const off = losses.data.map((e, s) => arithmetic.subtract(e, arithmetic.exact(rounded[s]!)))
      const shares = [
        off[2]!,
        ...[off[0]!, off[1]!].map((e) => arithmetic.multiply(arithmetic.exact(weight), e)),
      ]
      return [
        {
          label: 'loss',
          expected: build([], () => arithmetic.total([total.loss.at(), ...shares])),
          actual: loss,
        },
      ]
    },
  }),
  rejection('rejected', totalLoss, invalidities(totalLoss), {
    title: 'an auxiliary loss that counts as much as the main one is rejected',
    kills: [acceptsAnyWeight],
  }),
)

/** Weights that halve without rounding, so that sums of gradients stay exact on whole numbers. */
const dyadic = { ...trainingGradient, parameters: { activation } }

const gradientProperties = properties(
  auxGradient,
  agreement(trainingGradient, 'integers', {
    kills: [
      gradientWithoutAuxiliary,
      gradientUnweighted,
      gradientReachesAbove,
      gradientStopsAtTap,
      gradientIgnoresSlope,
    ],
  }),
  agreement(trainingGradient, 'reals', {
    kills: [gradientWithoutAuxiliary, gradientIgnoresSlope],
  }),
  law('above-the-taps', {
    of: trainingGradient,
    title: 'the last stage and classifier get the same gradient whatever the auxiliary losses',
    kills: [gradientReachesAbove],
    async holds({ answer, inputs, parameters }) {
      const whole = await answer(trainingGradient, inputs, parameters)
      const main = await answer(trainingGradient, inputs, { ...parameters, weight: 0 })
      const { heads } = inputs
      const half = (heads.data.length / 3) * 2
      const others = fromData(
        heads.shape,
        Array.from(heads.data, (v, k) => (k < half ? v + 1 : v)),
      )
      const changed = await answer(trainingGradient, { ...inputs, heads: others }, parameters)
      const last = (stages: typeof whole.dTrunk) =>
        build(stages.shape.slice(1), (i, j) => stages.at(2, i, j))
      return [whole, changed].flatMap((it) => [
        { label: 'last stage', expected: last(main.dTrunk), actual: last(it.dTrunk) },
        { label: 'main classifier', expected: last(main.dHeads), actual: last(it.dHeads) },
      ])
    },
  }),
  law('affine-in-the-weight', {
    of: dyadic,
    asks: [trainingGradient],
    title: 'below the taps the auxiliary losses add a gradient that grows with their weight',
    kills: [gradientUnweighted],
    async holds({ arithmetic, inputs, measure, parameters }) {
      const ask = (weight: number) => measure(trainingGradient, inputs, { ...parameters, weight })
      const [none, quarter, half] = [await ask(0), await ask(0.25), await ask(0.5)]
      const { add, multiply, exact, subtract } = arithmetic
      type Gradient = (typeof none)['dx']
      const compare = (label: string, g0: Gradient, g1: Gradient, g2: Gradient) => ({
        label: `${label}: g(½) − g(0) = 2 (g(¼) − g(0))`,
        expected: build(g0.shape, (...at) =>
          add(multiply(exact(2), subtract(g1.at(...at), g0.at(...at))), g0.at(...at)),
        ),
        actual: g2,
      })
      return [
        compare('dx', none.dx, quarter.dx, half.dx),
        compare('dTrunk', none.dTrunk, quarter.dTrunk, half.dTrunk),
        compare('dHeads', none.dHeads, quarter.dHeads, half.dHeads),
      ]
    },
  }),
  law('scalar-chain', {
    of: {
      dimensions: { N: derived(() => 1, 'sample'), D: derived(() => 1, 'unit') },
      inputs: { x: array('sample', 'N', 'D'), target: array('target', 'N', 'D') },
      parameters: {},
    },
    asks: [trainingGradient],
    title: 'with all weights 1 each stage gets one main and half of each auxiliary gradient above',
    kills: [gradientWithoutAuxiliary, gradientReachesAbove, gradientStopsAtTap],
    async holds({ answer, arithmetic, array, inputs }) {
      const ones = tensor([3, 1, 1], [1, 1, 1])
      const { x, target } = inputs
      const g = await answer(
        trainingGradient,
        { x, trunk: ones, heads: ones, targets: target },
        { activation: 'linear', weight: 0.5 },
      )
      const { exact, multiply, subtract } = arithmetic
      const miss = subtract(array('x').at(0, 0), array('target').at(0, 0))
      const by = (factor: number) => multiply(exact(factor), miss)
      const times = (factor: number) => multiply(by(factor), array('x').at(0, 0))
      return [
        { label: 'dx', expected: build([1, 1], () => by(2)), actual: g.dx },
        {
          label: 'dTrunk',
          expected: fromData([3, 1, 1], [times(2), times(1.5), times(1)]),
          actual: g.dTrunk,
        },
      ]
    },
  }),
)

const inferenceProperties = properties(
  auxInference,
  agreement(inference, 'integers', { kills: [votes, firstClassifier, addsAuxiliary] }),
  agreement(inference, 'reals', { kills: [votes, addsAuxiliary] }),
  law('independent', {
    of: inference,
    values: 'reals',
    title: 'other auxiliary classifiers, or none, leave the answer as it is, to the bit',
    kills: [votes, firstClassifier, addsAuxiliary],
    async holds({ answer, inputs, parameters }) {
      const { heads } = inputs
      const auxiliary = (heads.data.length / 3) * 2
      const change = (to: (value: number) => number): NumberArray<number> =>
        fromData(
          heads.shape,
          Array.from(heads.data, (v, k) => (k < auxiliary ? to(v) : v)),
        )
      const { z } = await answer(inference, inputs, parameters)
      const ask = (to: (value: number) => number) =>
        answer(inference, { ...inputs, heads: change(to) }, parameters)
      return [
        { label: 'others', expected: z, actual: (await ask(() => 3)).z },
        { label: 'none', expected: z, actual: (await ask(() => 0)).z },
      ]
    },
  }),
)

export const auxiliaryProperties = [
  ...lossProperties,
  ...gradientProperties,
  ...inferenceProperties,
]
