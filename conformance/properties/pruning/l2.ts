import { build, elementwise } from '../../../reference/arithmetic/array.ts'
import { integer } from '../../../spec/language/parameter.ts'
import {
  l2,
  l2Gradient,
  l2Minimum,
  l2Penalty,
  l2PenaltyGradient,
  l2Shrinkage,
  l2Step,
} from '../../../spec/pruning/l2.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, filled, numbers, scalar, zeros } from '../../kit/arrays.ts'
import { atMost, truths } from '../../kit/claims.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { inner } from '../../kit/inner.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { withParameters } from '../../kit/spaces.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  decaysTwice,
  decaysWithoutRate,
  firstLayerOnly,
  forgetsHalf,
  gradientForgetsFactor,
  gradientHalves,
  gradientOfSigns,
  gradientSwaps,
  growsWeights,
  leavesMinimum,
  penaltyAlone,
  sharesCurvature,
  squaresSum,
  takesMean,
  takesNorm,
  thresholdsInstead,
} from './l2-faults.ts'

const penaltyProperties = properties(
  l2,
  agreementTwice(l2Penalty, {
    kills: [forgetsHalf, firstLayerOnly, takesMean, takesNorm, squaresSum],
  }),
  equivariance('quadratic', {
    of: l2Penalty,
    title: 'twice the weights have four times the penalty',
    kills: [takesNorm],
    share: 0.5,
    inputs: ({ weights1, weights2 }) => ({
      weights1: changed(weights1, (w) => 2 * w),
      weights2: changed(weights2, (w) => 2 * w),
    }),
    outputs: ({ penalty }, { arithmetic: { exact, multiply } }) => ({
      penalty: elementwise(penalty, (p) => multiply(exact(4), p)),
    }),
  }),
  law('anywhere', {
    of: l2Penalty,
    title: 'where the squares are makes no difference: a layer turned around, signs exchanged',
    kills: [squaresSum],
    share: 0.5,
    async holds({ inputs, measure, parameters }) {
      const { penalty } = await measure(l2Penalty, inputs, parameters)
      const { data } = inputs.weights1
      const moved = changed(inputs.weights1, (_, at) => {
        const w = data[data.length - 1 - at]!
        return at % 2 === 0 ? -w : w
      })
      const other = await measure(l2Penalty, { ...inputs, weights1: moved }, parameters)
      return [{ label: 'penalty', expected: penalty, actual: other.penalty }]
    },
  }),
  law('layers-add', {
    of: l2Penalty,
    title: 'the penalty of the network is that of its layers, each with the other one all zeros',
    kills: [squaresSum, takesMean],
    share: 0.5,
    async holds({ arithmetic, inputs: { weights1, weights2 }, measure, parameters }) {
      const ask = async (given: Parameters<typeof measure<typeof l2Penalty>>[1]) =>
        (await measure(l2Penalty, given, parameters)).penalty.at()
      const both = await ask({ weights1, weights2 })
      const first = await ask({ weights1, weights2: zeros(weights2.shape) })
      const second = await ask({ weights1: zeros(weights1.shape), weights2 })
      const ones = await ask({
        weights1: filled(weights1.shape, 1),
        weights2: zeros(weights2.shape),
      })
      const count = weights1.data.length
      return [
        {
          label: 'penalty',
          expected: scalar(arithmetic.add(first, second)),
          actual: scalar(both),
        },
        {
          label: 'penalty of ones',
          expected: scalar(
            arithmetic.multiply(arithmetic.exact(count / 2), arithmetic.exact(parameters.decay)),
          ),
          actual: scalar(ones),
        },
      ]
    },
  }),
)

const gradientProperties = properties(
  l2Gradient,
  agreementTwice(l2PenaltyGradient, {
    name: 'gradient',
    kills: [gradientHalves, gradientOfSigns, gradientForgetsFactor, gradientSwaps],
  }),
  agreementTwice(l2Step, {
    name: 'step',
    kills: [growsWeights, decaysWithoutRate, decaysTwice],
  }),
  law('euler', {
    of: l2PenaltyGradient,
    asks: [l2Penalty, l2PenaltyGradient],
    title: 'weights times their gradients are twice the penalty times its own: ⟨W, dW⟩ = 2 R dR',
    kills: [gradientHalves, gradientSwaps],
    share: 0.5,
    async holds({ arithmetic, array, inputs, measure, parameters }) {
      const { add, exact, multiply } = arithmetic
      const { weights1, weights2 } = inputs
      const { penalty } = await measure(l2Penalty, { weights1, weights2 }, parameters)
      const { dWeights1, dWeights2 } = await measure(l2PenaltyGradient, inputs, parameters)
      return [
        {
          label: '⟨W, dW⟩',
          expected: scalar(multiply(multiply(exact(2), penalty.at()), array('dPenalty').at())),
          actual: scalar(
            add(
              inner(arithmetic, array('weights1'), dWeights1),
              inner(arithmetic, array('weights2'), dWeights2),
            ),
          ),
        },
      ]
    },
  }),
  law('pure-decay', {
    of: {
      dimensions: l2Step.dimensions,
      inputs: { weights: l2Step.inputs.weights },
      parameters: { steps: integer({ min: 1, upTo: 6, max: 6 }) },
    },
    asks: [l2Step],
    title: 'without a gradient of the loss, t steps with ηε = ½ leave 2^-t of each weight',
    kills: [growsWeights, decaysWithoutRate, decaysTwice],
    share: 0.3,
    async holds({ answer, arithmetic, exact, inputs, parameters: { steps } }) {
      let at = changed(inputs.weights, (w) => 64 * w)
      const gradient = zeros(at.shape)
      for (let t = 0; t < steps; t++) {
        const after = await answer(l2Step, { weights: at, gradient }, { rate: 0.25, decay: 2 })
        at = numbers(arithmetic, after.weights)
      }
      return [
        {
          label: 'weights',
          expected: exact(changed(inputs.weights, (w) => 2 ** (6 - steps) * w)),
          actual: exact(at),
        },
      ]
    },
  }),
)

const shrinkageProperties = properties(
  l2Shrinkage,
  agreementTwice(l2Minimum, {
    kills: [leavesMinimum, penaltyAlone, sharesCurvature, thresholdsInstead],
  }),
  law('balance', {
    of: l2Minimum,
    title: 'where both together are smallest the penalty balances the loss: h (w − ŵ) + ε w = 0',
    kills: [leavesMinimum, penaltyAlone, sharesCurvature, thresholdsInstead],
    share: 0.5,
    async holds({ arithmetic, array, inputs, measure, parameters }) {
      const { add, exact, multiply } = arithmetic
      const { weights } = await measure(l2Minimum, inputs, parameters)
      const [trained, curvature] = [array('trained'), array('curvature')]
      return [
        {
          label: '(h + ε) w',
          expected: build(trained.shape, (i) => multiply(curvature.at(i), trained.at(i))),
          actual: build(trained.shape, (i) =>
            multiply(add(curvature.at(i), exact(parameters.decay)), weights.at(i)),
          ),
        },
      ]
    },
  }),
  law('smaller', {
    of: withParameters(l2Minimum, { more: integer({ min: 1, upTo: 4 }) }),
    asks: [l2Minimum],
    title: 'with more decay no magnitude rises, and none reaches 0 where the loss is curved',
    kills: [sharesCurvature, penaltyAlone, thresholdsInstead],
    share: 0.5,
    async holds({ arithmetic, inputs, measure, parameters: { decay, more } }) {
      const { abs, toNumber } = arithmetic
      const { weights } = await measure(l2Minimum, inputs, { decay })
      const other = await measure(l2Minimum, inputs, { decay: decay + more })
      const { trained, curvature } = inputs
      const curved = [...trained.data.keys()].filter(
        (i) => trained.data[i] !== 0 && curvature.data[i] !== 0,
      )
      return [
        ...weights.data.map((w, i) =>
          atMost(arithmetic, `magnitude of weight ${i}`, abs(other.weights.at(i)), abs(w)),
        ),
        truths(arithmetic, 'not zero', ...curved.map((i) => toNumber(other.weights.at(i)) !== 0)),
      ]
    },
  }),
  worked('E-26', {
    of: l2Minimum,
    title: 'loss and penalty together are smallest at ½, the penalty alone at 0',
    kills: [penaltyAlone],
    inputs: { trained: tensor([1], [1]), curvature: tensor([1], [1]) },
    parameters: { decay: 1 },
    notes: { weights: [0] },
    gives: { weights: [0.5] },
  }),
)

export const l2Properties = [...penaltyProperties, ...gradientProperties, ...shrinkageProperties]
