import { build, type NumberArray, sum } from '../../../reference/arithmetic/array.ts'
import {
  ensemble,
  ensembleAverageClause,
  ensembleCrossEntropy,
  ensembleCrossEntropyGradient,
  ensembleGradient,
} from '../../../spec/distillation/ensemble-average.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { permuted, zeros } from '../../kit/arrays.ts'
import { between } from '../../kit/between.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { about, worked } from '../../kit/worked.ts'
import {
  addsProbabilities,
  ambiguityFromTarget,
  averagesLosses,
  averagesScores,
  betterThanTheBest,
  firstCountsTwice,
  forgetsMembersLosses,
  forgetsNormalization,
  gradientKeepsMembers,
  gradientWithoutAmbiguity,
  gradientWithoutAverage,
  multipliesProbabilities,
  sharesEvenly,
  sumsMembers,
  targetsAreConstants,
  targetsOfClasses,
  unbiased,
} from './ensemble-average-faults.ts'

/** The predictions of the members in another order, the first one last. */
const turned = <T>(x: NumberArray<T>) => permuted(x, (m, ...at) => [(m! + 1) % x.shape[0]!, ...at])

export const ensembleAverageProperties = properties(
  ensembleAverageClause,
  agreementTwice(ensemble, {
    name: 'squares',
    kills: [betterThanTheBest, unbiased, sumsMembers, firstCountsTwice, ambiguityFromTarget],
    share: 0.4,
  }),
  agreementTwice(
    ensembleCrossEntropy,
    {
      name: 'logarithms',
      kills: [averagesLosses, averagesScores, addsProbabilities],
      share: 0.4,
    },
    { share: 0.25 },
  ),
  agreementTwice(ensembleGradient, {
    name: 'squares-gradient',
    kills: [
      gradientKeepsMembers,
      gradientWithoutAmbiguity,
      gradientWithoutAverage,
      targetsAreConstants,
    ],
    share: 0.4,
  }),
  agreementTwice(
    ensembleCrossEntropyGradient,
    {
      name: 'logarithms-gradient',
      kills: [sharesEvenly, forgetsMembersLosses, targetsOfClasses],
      share: 0.4,
    },
    { share: 0.25 },
  ),
  law('shift-of-scores', {
    of: ensembleCrossEntropyGradient,
    title:
      'no loss changes with a shift of all scores of a member: the last gradient makes up for the others',
    kills: [forgetsNormalization],
    share: 0.3,
    async holds({ arithmetic, inputs, measure, sizes: { T, N, C } }) {
      const { dz } = await measure(ensembleCrossEntropyGradient, inputs, {})
      const before = (m: number, n: number) => sum(arithmetic, [C! - 1], (c) => dz.at(m, n, c))
      return [
        {
          label: 'the sum of dz but for the last class',
          expected: build([T!, N!], (m, n) => arithmetic.negate(dz.at(m, n, C! - 1))),
          actual: build([T!, N!], before),
        },
      ]
    },
  }),
  law('shift-of-all', {
    of: ensembleGradient,
    title: 'predictions and targets that are shifted together leave all errors: gradients add up',
    kills: [targetsAreConstants, gradientKeepsMembers],
    share: 0.3,
    async holds({ arithmetic, array, inputs, measure, sizes: { T, N, C } }) {
      const { dPredictions, dTargets } = await measure(ensembleGradient, inputs, {})
      return [
        {
          label: 'Σ_m dPredictions + dTargets = dAverage',
          expected: array('dAverage'),
          actual: build([N!, C!], (n, c) =>
            arithmetic.add(
              sum(arithmetic, [T!], (m) => dPredictions.at(m, n, c)),
              dTargets.at(n, c),
            ),
          ),
        },
      ]
    },
  }),
  law('ambiguity-decomposition', {
    of: ensemble,
    title: 'the error of the ensemble and its ambiguity are the mean error of the members',
    kills: [betterThanTheBest, unbiased, ambiguityFromTarget],
    share: 0.4,
    async holds({ arithmetic, inputs, measure, sizes: { T, N } }) {
      const { add, divide, exact } = arithmetic
      const { error, errors, ambiguity } = await measure(ensemble, inputs, {})
      const whole = (n: number) => sum(arithmetic, [T!], (m) => errors.at(m, n))
      return [
        {
          label: 'error + ambiguity = mean of errors',
          expected: build([N!], (n) => divide(whole(n), exact(T!))),
          actual: build([N!], (n) => add(error.at(n), ambiguity.at(n))),
        },
      ]
    },
  }),
  law('jensen', {
    of: ensembleCrossEntropy,
    title:
      'the ensemble is at most as surprised as its members are on average, and never less than not at all',
    kills: [addsProbabilities, multipliesProbabilities],
    share: 0.4,
    async holds({ arithmetic, exact, inputs, measure, sizes: { T, N } }) {
      const { divide } = arithmetic
      const { loss, losses } = await measure(ensembleCrossEntropy, inputs, {})
      const whole = (n: number) => sum(arithmetic, [T!], (m) => losses.at(m, n))
      const mean = build([N!], (n) => divide(whole(n), arithmetic.exact(T!)))
      return [between(arithmetic, '0 ≤ loss ≤ mean of losses', loss, exact(zeros([N!])), mean)]
    },
  }),
  equivariance('order', {
    of: ensemble,
    title: 'members in another order predict the same, each with its own error',
    kills: [firstCountsTwice],
    share: 0.3,
    inputs: ({ predictions }) => ({ predictions: turned(predictions) }),
    outputs: ({ errors }) => ({ errors: turned(errors) }),
  }),
  worked('E-30', {
    of: ensemble,
    title: 'the best of two members has no error, their mean a quarter',
    kills: [betterThanTheBest],
    inputs: { predictions: tensor([2, 1, 1], [1, 0]), targets: tensor([1, 1], [1]) },
    parameters: {},
    notes: { error: [0] },
    gives: { error: [0.25], errors: [0, 1], ambiguity: [0.25] },
  }),
  worked('logarithms-by-hand', {
    of: ensembleCrossEntropy,
    title: 'members that give 0.99 and 0.1 to the right class: −ln 0.545, by hand',
    kills: [averagesLosses, averagesScores],
    inputs: {
      z: tensor([2, 1, 2], [Math.log(99), 0, 0, Math.log(9)]),
      targets: tensor([1, 2], [1, 0]),
    },
    parameters: {},
    gives: { loss: [about('0.607')], losses: [about('0.010'), about('2.30')] },
  }),
)
