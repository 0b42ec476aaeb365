import { build, elementwise, type NumberArray, sum } from '../../../reference/arithmetic/array.ts'
import {
  crossEntropy,
  crossEntropyClause,
  crossEntropyGradient,
  probabilityCrossEntropy,
  probabilityCrossEntropyGradient,
} from '../../../spec/distillation/cross-entropy.ts'
import { dimensions, logSoftmax } from '../../../spec/distillation/softmax.ts'
import { array } from '../../../spec/language/operation.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, filled, plain, scalar, zeros } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  addsNothing,
  averagesClasses,
  countsEverySample,
  derivesLogarithm,
  dividesByAll,
  forgetsSign,
  gradientCountsAll,
  gradientOnTheSimplex,
  ignoresWeights,
  nothingIsUndefined,
  probabilityTargetsFall,
  probabilityWeightsMean,
  takesProbabilities,
  takesTheLargest,
  targetsWithoutWeights,
  weightsAreConstant,
} from './cross-entropy-faults.ts'

/** Rows of an array where the sample counts, and others elsewhere. */
const replaced = (
  x: NumberArray<number>,
  counted: NumberArray<number>,
  other: (v: number) => number,
) => build(x.shape, (n, c) => (counted.at(n) === 1 ? x.at(n, c) : other(x.at(n, c))))

export const crossEntropyProperties = properties(
  crossEntropyClause,
  agreementTwice(crossEntropy, {
    name: 'scores',
    kills: [
      ignoresWeights,
      countsEverySample,
      takesTheLargest,
      averagesClasses,
      takesProbabilities,
    ],
    share: 0.4,
  }),
  agreementTwice(crossEntropyGradient, {
    name: 'scores-gradient',
    kills: [gradientOnTheSimplex, targetsWithoutWeights, weightsAreConstant, gradientCountsAll],
    share: 0.4,
  }),
  agreementTwice(probabilityCrossEntropy, {
    name: 'probabilities',
    kills: [addsNothing, forgetsSign],
    share: 0.4,
  }),
  agreementTwice(probabilityCrossEntropyGradient, {
    name: 'probabilities-gradient',
    kills: [derivesLogarithm, probabilityTargetsFall, probabilityWeightsMean],
    share: 0.4,
  }),
  equivariance('ignored', {
    of: crossEntropy,
    title: 'the scores and the targets of samples that are ignored change nothing',
    kills: [countsEverySample],
    share: 0.3,
    inputs: ({ z, targets, counted }) => ({
      z: replaced(z, counted, (v) => 1 - 2 * v),
      targets: replaced(targets, counted, (v) => v + 3),
    }),
  }),
  law('mean-of-those-that-count', {
    of: crossEntropy,
    title: 'the sum is the mean times the number of samples that count, and 0 where none does',
    kills: [dividesByAll, nothingIsUndefined],
    share: 0.3,
    async holds({ arithmetic, exact, inputs, measure }) {
      const count = plain(inputs.counted).data.reduce((total, bit) => total + bit, 0)
      const mean = await measure(crossEntropy, inputs, { reduction: 'mean' })
      const whole = await measure(crossEntropy, inputs, { reduction: 'sum' })
      const none = { ...inputs, counted: zeros(inputs.counted.shape) }
      const nothing = await measure(crossEntropy, none, { reduction: 'mean' })
      const { multiply } = arithmetic
      return [
        {
          label: 'sum = count × mean',
          expected: whole.loss,
          actual: elementwise(mean.loss, (v) => multiply(arithmetic.exact(count), v)),
        },
        { label: 'nothing counts', expected: exact(scalar(0)), actual: nothing.loss },
      ]
    },
  }),
  law('linear', {
    of: {
      ...crossEntropy,
      inputs: { ...crossEntropy.inputs, more: array('other targets', 'N', 'C') },
    },
    asks: [crossEntropy],
    title: 'the loss at a sum of targets, on the simplex or off it, is the sum of the losses',
    kills: [takesTheLargest],
    share: 0.3,
    async holds({ arithmetic, inputs: { more, ...inputs }, measure, parameters }) {
      const both = changed(inputs.targets, (t, i) => t + more.data[i]!)
      const ask = async (targets: NumberArray<number>) =>
        (await measure(crossEntropy, { ...inputs, targets }, parameters)).loss
      const [one, other] = [await ask(plain(inputs.targets)), await ask(plain(more))]
      return [
        {
          label: 'E(t + t′) = E(t) + E(t′)',
          expected: scalar(arithmetic.add(one.at(), other.at())),
          actual: await ask(both),
        },
      ]
    },
  }),
  law('hard', {
    of: {
      dimensions,
      inputs: { z: crossEntropy.inputs.z },
      parameters: { right: integer({ min: 0, upTo: 5, max: 5 }) },
    },
    asks: [crossEntropy, logSoftmax],
    title: 'with a hard target the loss is how improbable its class is',
    kills: [averagesClasses, takesProbabilities],
    share: 0.3,
    async holds({ arithmetic, inputs: { z }, measure, parameters, sizes: { N, C } }) {
      const right = (n: number) => (n + parameters.right) % C!
      const given = {
        z,
        targets: build([N!, C!], (n, c) => (c === right(n) ? 1 : 0)),
        weights: filled([C!], 1),
        counted: filled([N!], 1),
      }
      const { loss } = await measure(crossEntropy, given, { reduction: 'sum' })
      const { y } = await measure(logSoftmax, { z }, { temperature: 1 })
      const whole = sum(arithmetic, [N!], (n) => y.at(n, right(n)))
      return [{ label: '−Σ ln y', expected: scalar(arithmetic.negate(whole)), actual: loss }]
    },
  }),
  law('equal-scores', {
    of: crossEntropy,
    title: 'with equal scores, large ones, every class is as surprising: ln C',
    kills: [averagesClasses, ignoresWeights],
    share: 0.3,
    async holds({ arithmetic, array, inputs, measure, sizes: { N, C } }) {
      const { exact, log, multiply } = arithmetic
      const z = filled([N!, C!], 512)
      const { loss } = await measure(crossEntropy, { ...inputs, z }, { reduction: 'sum' })
      const [t, w, k] = [array('targets'), array('weights'), array('counted')]
      const whole = sum(arithmetic, [N!, C!], (n, c) =>
        multiply(k.at(n), multiply(w.at(c), t.at(n, c))),
      )
      const expected = scalar(multiply(log(exact(C!)), whole))
      return [{ label: 'ln C Σ w t', expected, actual: loss }]
    },
  }),
  law('gradients-give-the-loss', {
    of: crossEntropyGradient,
    asks: [crossEntropy, crossEntropyGradient],
    title: 'the loss is linear in targets and in weights: both times their gradients give it',
    kills: [targetsWithoutWeights, weightsAreConstant],
    share: 0.3,
    async holds({ arithmetic, array, inputs, measure, parameters, sizes: { N, C } }) {
      const { multiply } = arithmetic
      const { dLoss, ...before } = inputs
      const { loss } = await measure(crossEntropy, before, parameters)
      const d = await measure(crossEntropyGradient, inputs, parameters)
      const expected = scalar(multiply(array('dLoss').at(), loss.at()))
      const [t, w] = [array('targets'), array('weights')]
      const byTargets = sum(arithmetic, [N!, C!], (n, c) =>
        multiply(t.at(n, c), d.dTargets.at(n, c)),
      )
      const byWeights = sum(arithmetic, [C!], (c) => multiply(w.at(c), d.dWeights.at(c)))
      return [
        { label: '⟨t, dt⟩ = g E', expected, actual: scalar(byTargets) },
        { label: '⟨w, dw⟩ = g E', expected, actual: scalar(byWeights) },
      ]
    },
  }),
  worked('by-hand', {
    of: crossEntropy,
    title: 'two classes, by hand: a weight of 3, an ignored sample, and scores 20,000 apart',
    kills: [ignoresWeights, dividesByAll],
    cases: [
      {
        inputs: {
          z: tensor([2, 2], [0, 0, 9, -9]),
          targets: tensor([2, 2], [1, 0, 0, 1]),
          weights: tensor([2], [3, 1]),
          counted: tensor([2], [1, 0]),
        },
        parameters: { reduction: 'mean' },
        gives: { loss: [3 * Math.LN2] },
      },
      {
        inputs: {
          z: tensor([1, 2], [10_000, -10_000]),
          targets: tensor([1, 2], [0, 1]),
          weights: tensor([2], [1, 1]),
          counted: tensor([1], [1]),
        },
        parameters: { reduction: 'sum' },
        gives: { loss: [20_000] },
      },
    ],
  }),
)
