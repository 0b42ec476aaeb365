import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { choice } from '../../../spec/language/parameter.ts'
import {
  hessianCost,
  hessianSize,
  networkCurvature,
  secondDerivatives,
} from '../../../spec/pruning/obd-network.ts'
import { mapValues } from '../../base/records.ts'
import type { Argument } from '../../engine/property.ts'
import { agreement, agreementTwice } from '../../kit/agreement.ts'
import { changed, joined, scalar } from '../../kit/arrays.ts'
import { truths } from '../../kit/claims.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { about, worked } from '../../kit/worked.ts'
import {
  alwaysApproximates,
  alwaysLinear,
  countsEachOnce,
  countsTriangle,
  diagonalOfAll,
  doesNotSquareInputs,
  forgetsBiases,
  forgetsTargets,
  halvesApproximation,
  halvesLoss,
  halvesSquare,
  neverApproximates,
  subtractsBend,
  sumsSamples,
  takesSquaredGradient,
} from './obd-network-faults.ts'

const names = ['weights1', 'bias1', 'weights2', 'bias2'] as const

/** One sample of a network of one unit each, and its parameters. */
const single = (
  x: number,
  target: number,
  [w1, b1, w2, b2]: readonly [number, number, number, number],
) => ({
  x: tensor([1, 1], [x]),
  targets: tensor([1, 1], [target]),
  weights1: tensor([1, 1], [w1]),
  bias1: tensor([1], [b1]),
  weights2: tensor([1, 1], [w2]),
  bias2: tensor([1], [b2]),
})

/** Small whole numbers as eighths: tangents of them bend and are not yet flat, and few changes are tiny. */
export const inEighths = <Inputs extends Readonly<Record<string, Argument>>>(inputs: Inputs) =>
  mapValues(inputs, (values) => changed(values, (v) => v / 8)) as {
    readonly [I in keyof Inputs]: NumberArray<number>
  }

const ofNetwork = properties(
  secondDerivatives,
  agreement(networkCurvature, 'reals', {
    kills: [
      alwaysApproximates,
      neverApproximates,
      subtractsBend,
      alwaysLinear,
      halvesLoss,
      sumsSamples,
      doesNotSquareInputs,
      takesSquaredGradient,
      forgetsBiases,
      forgetsTargets,
      halvesApproximation,
    ],
  }),
  law('second-difference', {
    of: { ...networkCurvature, parameters: { by: choice('weights2', 'bias2') } },
    asks: [networkCurvature],
    title:
      'behind linear outputs it is the second difference of the loss, which is quadratic there',
    kills: [takesSquaredGradient],
    share: 0.5,
    async holds({ arithmetic, inputs: given, measure, parameters: { by } }) {
      const inputs = inEighths(given)
      const { add, exact, multiply } = arithmetic
      const method = { method: 'exact', outputs: 'linear' } as const
      const found = await measure(networkCurvature, inputs, method)
      const at = inputs[by].data.length - 1
      const lossAt = async (step: number) => {
        const moved = changed(inputs[by], (v, k) => (k === at ? step : v))
        return (await measure(networkCurvature, { ...inputs, [by]: moved }, method)).loss.at()
      }
      const [below, middle, above] = [await lossAt(-1), await lossAt(0), await lossAt(1)]
      return [
        {
          label: `E(1) − 2 E(0) + E(−1) along the last of ${by}`,
          expected: scalar(add(add(above, below), multiply(exact(-2), middle))),
          actual: scalar(found[by].data[at]!),
        },
      ]
    },
  }),
  law('twice', {
    of: networkCurvature,
    title: 'every sample given twice changes nothing',
    kills: [sumsSamples],
    share: 0.3,
    async holds({ inputs: given, measure, parameters }) {
      const inputs = inEighths(given)
      const once = await measure(networkCurvature, inputs, parameters)
      const { x, targets } = inputs
      const doubled = { x: joined(0, x, x), targets: joined(0, targets, targets) }
      const twice = await measure(networkCurvature, { ...inputs, ...doubled }, parameters)
      return (['loss', ...names] as const).map((name) => ({
        label: name,
        expected: once[name],
        actual: twice[name],
      }))
    },
  }),
  law('approximation', {
    of: networkCurvature,
    title: 'the approximation does not depend on targets, and is never negative',
    kills: [neverApproximates],
    share: 0.5,
    async holds({ answer, arithmetic, inputs, parameters: { outputs } }) {
      const method = { method: 'levenberg-marquardt', outputs } as const
      const one = await answer(networkCurvature, inputs, method)
      const targets = changed(inputs.targets, (d) => 3 - d)
      const other = await answer(networkCurvature, { ...inputs, targets }, method)
      return names.flatMap((name) => [
        { label: name, expected: one[name], actual: other[name] },
        truths(
          arithmetic,
          `${name} not negative`,
          ...one[name].data.map((h) => arithmetic.toNumber(h) >= 0),
        ),
      ])
    },
  }),
  law('linear-outputs', {
    of: { ...networkCurvature, parameters: {} },
    asks: [networkCurvature],
    title: 'by the parameters of linear outputs the approximation is exact',
    kills: [halvesApproximation],
    share: 0.3,
    async holds({ inputs, measure }) {
      const exact = { method: 'exact', outputs: 'linear' } as const
      const approximate = { method: 'levenberg-marquardt', outputs: 'linear' } as const
      const whole = await measure(networkCurvature, inputs, exact)
      const squared = await measure(networkCurvature, inputs, approximate)
      return (['weights2', 'bias2'] as const).map((name) => ({
        label: name,
        expected: whole[name],
        actual: squared[name],
      }))
    },
  }),
  worked('by-hand', {
    of: networkCurvature,
    title: 'one unit each, by hand: at 0, where tangents are straight, and at 1, where they bend',
    kills: [alwaysApproximates, neverApproximates, subtractsBend, halvesLoss, doesNotSquareInputs],
    cases: [
      {
        says: 'x = 2, W = 0, W′ = 3, b′ = 1',
        inputs: single(2, 0, [0, 0, 3, 1]),
        parameters: { method: 'exact', outputs: 'linear' },
        gives: { loss: [1], weights1: [72], bias1: [18], weights2: [0], bias2: [2] },
      },
      {
        says: 'x = W = W′ = 1: 2 f′² + 2 tanh(1) f″, where f′ = 0.41997 and f″ = −0.63970',
        inputs: single(1, 0, [1, 0, 1, 0]),
        parameters: { method: 'exact', outputs: 'linear' },
        gives: { weights1: [about('-0.6216')], weights2: [about('1.1601')], bias2: [2] },
      },
      {
        says: 'the same without f″',
        inputs: single(1, 0, [1, 0, 1, 0]),
        parameters: { method: 'levenberg-marquardt', outputs: 'linear' },
        gives: { weights1: [about('0.3527')], weights2: [about('1.1601')], bias2: [2] },
      },
      {
        says: 'an output of tanh(1) that should be 2: 2 f′² − 2 (2 − tanh(1)) f″',
        inputs: single(0, 2, [0, 0, 0, 1]),
        parameters: { method: 'exact', outputs: 'tanh' },
        gives: { bias2: [about('1.9372')] },
      },
    ],
  }),
)

const ofSize = properties(
  hessianCost,
  agreementTwice(hessianSize, {
    kills: [countsTriangle, halvesSquare, diagonalOfAll, countsEachOnce],
  }),
  law('symmetric', {
    of: hessianSize,
    title: 'above, below and on the diagonal are all of them',
    kills: [countsTriangle, halvesSquare, diagonalOfAll, countsEachOnce],
    share: 0.5,
    async holds({ arithmetic, answer, parameters }) {
      const { multiply, exact, subtract } = arithmetic
      const { entries, distinct, diagonal } = await answer(hessianSize, {}, parameters)
      const twice = subtract(multiply(exact(2), distinct.at()), diagonal.at())
      return [
        { label: 'entries', expected: scalar(twice), actual: entries },
        {
          label: 'diagonal',
          expected: build([], () => exact(parameters.parameters)),
          actual: diagonal,
        },
      ]
    },
  }),
  worked('E-101', {
    of: hessianSize,
    title: 'of 2578 parameters there are 6,646,084, and 2578 on the diagonal',
    kills: [diagonalOfAll, countsTriangle],
    parameters: { parameters: 2578 },
    notes: { diagonal: [6_646_084] },
    gives: { entries: [6_646_084], distinct: [3_324_331], diagonal: [2578] },
  }),
)

export const obdNetworkProperties = [...ofNetwork, ...ofSize]
