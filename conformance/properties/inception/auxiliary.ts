import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
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
import { invalidities } from '../../arbitraries/invalid.ts'
import type { Argument, Bench } from '../../engine/property.ts'
import { agreement } from '../../kit/agreement.ts'
import { changed, filled, numbers, part, scalar } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import {
  acceptsAnyWeight,
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

/** Other weights for the auxiliary classifiers, which are all but the last of three. */
function auxiliary(heads: Argument, change: (weight: number) => number) {
  return changed(heads, (v, at) => (at < (heads.data.length / 3) * 2 ? change(v) : v))
}

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
      const main = array('main')
      const none = await measure(totalLoss, inputs, { weight: 0 })
      const whole = await measure(totalLoss, inputs, parameters)
      const rest = await measure(totalLoss, { ...inputs, main: scalar(0) }, parameters)
      const difference = arithmetic.subtract(whole.loss.at(), rest.loss.at())
      return [
        { label: 'w = 0', expected: main, actual: none.loss },
        { label: 'E − w Σ E_a = E_main', expected: main, actual: scalar(difference) },
      ]
    },
  }),
  law('of-the-network', {
    of: trainingLoss,
    asks: [totalLoss, trainingLoss],
    title: 'the loss of the network is the loss of its three losses',
    kills: [favoursFirst, averagesAll, onlyFirstAuxiliary],
    async holds({ arithmetic, inputs, measure, parameters }) {
      const { exact, multiply, subtract, total } = arithmetic
      const { weight } = parameters
      const { loss, losses } = await measure(trainingLoss, inputs, parameters)
      const rounded = numbers(arithmetic, losses)
      const asked = { main: scalar(rounded.at(2)), auxiliary: part(rounded, [2]) }
      const whole = await measure(totalLoss, asked, { weight })
      // What the rounding of the three losses adds: E is at most 1 + 2w times as far off as they are.
      const off = (s: number) => subtract(losses.at(s), exact(rounded.at(s)))
      const shares = [off(2), ...[off(0), off(1)].map((e) => multiply(exact(weight), e))]
      const expected = scalar(total([whole.loss.at(), ...shares]))
      return [{ label: 'loss', expected, actual: loss }]
    },
  }),
  rejection('rejected', totalLoss, invalidities(totalLoss), {
    title: 'an auxiliary loss that counts as much as the main one is rejected',
    kills: [acceptsAnyWeight],
  }),
)

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
    async holds<T>({ answer, inputs, parameters }: Bench<T, typeof trainingGradient>) {
      const whole = await answer(trainingGradient, inputs, parameters)
      const main = await answer(trainingGradient, inputs, { ...parameters, weight: 0 })
      const heads = auxiliary(inputs.heads, (v) => v + 1)
      const others = await answer(trainingGradient, { ...inputs, heads }, parameters)
      const last = (stages: NumberArray<T>) => part(stages, stages.shape.with(0, 1), [2])
      return [whole, others].flatMap((it) => [
        { label: 'last stage', expected: last(main.dTrunk), actual: last(it.dTrunk) },
        { label: 'main classifier', expected: last(main.dHeads), actual: last(it.dHeads) },
      ])
    },
  }),
  law('affine-in-the-weight', {
    of: { ...trainingGradient, parameters: inference.parameters },
    asks: [trainingGradient],
    title: 'below the taps the auxiliary losses add a gradient that grows with their weight',
    kills: [gradientUnweighted],
    async holds({ arithmetic, inputs, measure, parameters }) {
      const { add, multiply, exact, subtract } = arithmetic
      // Weights that halve without rounding, so that sums of gradients stay exact on whole numbers.
      const ask = (weight: number) => measure(trainingGradient, inputs, { ...parameters, weight })
      const [none, quarter, half] = [await ask(0), await ask(0.25), await ask(0.5)]
      return (['dx', 'dTrunk', 'dHeads'] as const).map((name) => {
        const [g0, g1] = [none[name], quarter[name]]
        const twice = (...at: number[]) => multiply(exact(2), subtract(g1.at(...at), g0.at(...at)))
        return {
          label: `${name}: g(½) − g(0) = 2 (g(¼) − g(0))`,
          expected: build(g0.shape, (...at) => add(twice(...at), g0.at(...at))),
          actual: half[name],
        }
      })
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
      const { exact, multiply, subtract } = arithmetic
      const ones = filled([3, 1, 1], 1)
      const asked = { x: inputs.x, targets: inputs.target, trunk: ones, heads: ones }
      const g = await answer(trainingGradient, asked, { activation: 'linear', weight: 0.5 })
      const x = array('x').at(0, 0)
      const miss = subtract(x, array('target').at(0, 0))
      const by = (factor: number) => multiply(exact(factor), miss)
      return [
        { label: 'dx', expected: build([1, 1], () => by(2)), actual: g.dx },
        {
          label: 'dTrunk',
          expected: build([3, 1, 1], (s) => multiply(by([2, 1.5, 1][s]!), x)),
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
      const { z } = await answer(inference, inputs, parameters)
      const ask = (value: number) =>
        answer(inference, { ...inputs, heads: auxiliary(inputs.heads, () => value) }, parameters)
      return [
        { label: 'others', expected: z, actual: (await ask(3)).z },
        { label: 'none', expected: z, actual: (await ask(0)).z },
      ]
    },
  }),
)

export const auxiliaryProperties = [
  ...lossProperties,
  ...gradientProperties,
  ...inferenceProperties,
]
