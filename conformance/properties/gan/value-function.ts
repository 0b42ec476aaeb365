import {
  expectedValue,
  expectedValueGradient,
  value,
  valueFunction,
  valueGradient,
} from '../../../spec/gan/value-function.ts'
import { array, free, whole } from '../../../spec/language/operation.ts'
import type { Argument } from '../../engine/property.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, filled, joined, plain, row, scalar } from '../../kit/arrays.ts'
import { between } from '../../kit/between.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { about, worked } from '../../kit/worked.ts'
import {
  addsEpsilon,
  addsUp,
  addsWeighted,
  ascendsGenerated,
  averagesTogether,
  byProbability,
  climbsBoth,
  countsBits,
  cutsLogarithms,
  exchangesWeights,
  forgetsUpstream,
  givesLoss,
  gradientOfLoss,
  gradientOfSums,
  gradientUndivided,
  gradientUnweighted,
  halves,
  logOfSigmoid,
  nothingTimesInfinity,
  stopsAtCertain,
  swaps,
  takesGeneratedForReal,
  takesNegative,
  weighsAlike,
  weighsByData,
} from './value-function-faults.ts'

/** Points with a logit each, and how many samples of each kind lie there. */
const counted = {
  dimensions: { N: free(1, 4, 'points'), One: free(1, 1, 'sample more of each kind') },
  inputs: {
    logits: array('the logit at each point', 'N'),
    data: whole([0, 3], 'how many real samples are there', 'N'),
    generated: whole([0, 3], 'how many generated ones', 'N'),
    first: array('the logit of one more sample of each kind', 'One'),
  },
  parameters: {},
}

/** Each logit as often as it is counted, behind one more. */
const repeated = (first: Argument, logits: Argument, counts: Argument) => {
  const each = Array.from(logits.data as ArrayLike<number>, (a, n) =>
    Array.from({ length: counts.data[n]! }, () => a),
  )
  return row(first.data[0]!, ...each.flat())
}

export const valueFunctionProperties = properties(
  valueFunction,
  ...agreementTwice(
    value,
    {
      kills: [
        addsUp,
        averagesTogether,
        halves,
        givesLoss,
        countsBits,
        takesGeneratedForReal,
        swaps,
      ],
    },
    {
      kills: [logOfSigmoid, addsEpsilon, cutsLogarithms, averagesTogether],
    },
  ),
  ...agreementTwice(
    valueGradient,
    {
      name: 'gradient',
      kills: [gradientOfLoss, gradientOfSums, ascendsGenerated, byProbability],
      share: 0.6,
    },
    { kills: [stopsAtCertain, byProbability] },
  ),
  ...agreementTwice(
    expectedValue,
    {
      name: 'expected',
      kills: [weighsAlike, weighsByData, exchangesWeights, addsWeighted],
      share: 0.6,
    },
    { kills: [nothingTimesInfinity, weighsByData, addsWeighted] },
  ),
  ...agreementTwice(expectedValueGradient, {
    name: 'expected-gradient',
    kills: [climbsBoth, gradientUnweighted, gradientUndivided, forgetsUpstream],
    share: 0.5,
  }),
  equivariance('exchanged', {
    of: value,
    values: 'reals',
    title: 'data and generated samples exchanged, with the opposite logits, have the same value',
    kills: [takesGeneratedForReal],
    share: 0.3,
    inputs: ({ real, generated }) => ({
      real: changed(generated, (a) => -a),
      generated: changed(real, (a) => -a),
    }),
    outputs: ({ value, onReal, onGenerated }) => ({
      value,
      onReal: onGenerated,
      onGenerated: onReal,
    }),
  }),
  law('batches', {
    of: counted,
    asks: [value, expectedValue],
    values: 'reals',
    title:
      'the value of batches is that of the points in them, weighted by how often they are there',
    kills: [averagesTogether, addsUp, weighsByData, exchangesWeights],
    share: 0.3,
    async holds({ inputs: { logits, data, generated, first }, measure }) {
      const batches = {
        real: repeated(first, logits, data),
        generated: repeated(first, logits, generated),
      }
      const points = {
        logits: joined(0, plain(first), plain(logits)),
        data: joined(0, row(1), plain(data)),
        generated: joined(0, row(1), plain(generated)),
      }
      const ofBatches = await measure(value, batches, {})
      const ofPoints = await measure(expectedValue, points, {})
      return [{ label: 'value', expected: ofPoints.value, actual: ofBatches.value }]
    },
  }),
  law('no-opinion', {
    of: value,
    title: 'it is −ln 4 where the discriminator has no opinion, whatever the batches are',
    kills: [countsBits, halves, givesLoss],
    share: 0.2,
    async holds({ arithmetic, inputs: { real, generated }, measure }) {
      const { exact, log, negate } = arithmetic
      const undecided = { real: filled(real.shape, 0), generated: filled(generated.shape, 0) }
      const { value: found } = await measure(value, undecided, {})
      return [{ label: '−ln 4', expected: scalar(negate(log(exact(4)))), actual: found }]
    },
  }),
  law('never-positive', {
    of: value,
    values: 'reals',
    title: 'it is never above 0',
    kills: [givesLoss],
    share: 0.2,
    async holds({ arithmetic, exact, inputs, measure }) {
      const { value: found } = await measure(value, inputs, {})
      return [between(arithmetic, 'V ≤ 0', found, null, exact(scalar(0)))]
    },
  }),
  law('concave', {
    of: {
      ...expectedValue,
      inputs: { ...expectedValue.inputs, step: array('from the first logits to others', 'N') },
    },
    asks: [expectedValue],
    title: 'half way between two discriminators it is at least the mean of their values',
    kills: [takesNegative],
    share: 0.3,
    async holds({ arithmetic, inputs: { step, ...inputs }, measure }) {
      const { add, exact, multiply } = arithmetic
      const at = async (steps: number) => {
        const logits = changed(inputs.logits, (a, n) => a + steps * step.data[n]!)
        return (await measure(expectedValue, { ...inputs, logits }, {})).value
      }
      const [one, middle, other] = [await at(0), await at(1), await at(2)]
      const mean = scalar(multiply(exact(0.5), add(one.at(), other.at())))
      return [between(arithmetic, 'V half way', middle, mean, null)]
    },
  }),
  equivariance('points-exchanged', {
    of: expectedValue,
    values: 'reals',
    title: 'both distributions exchanged, with the opposite logits, have the same value',
    kills: [weighsByData, addsWeighted],
    share: 0.2,
    inputs: ({ logits, data, generated }) => ({
      logits: changed(logits, (a) => -a),
      data: generated,
      generated: data,
    }),
  }),
  worked('by-hand', {
    of: value,
    title: 'certain by 10,000 costs nothing where it is right, and 10,000 where it is not',
    kills: [addsUp, averagesTogether, cutsLogarithms, logOfSigmoid],
    cases: [
      {
        says: 'right',
        inputs: { real: tensor([1], [1e4]), generated: tensor([1], [-1e4]) },
        gives: { value: [0], onReal: [0], onGenerated: [0] },
      },
      {
        says: 'wrong',
        inputs: { real: tensor([2], [-1e4, 1e4]), generated: tensor([1], [1e4]) },
        gives: { value: [-15000], onReal: [-5000], onGenerated: [-10000] },
      },
      {
        says: 'no opinion of one, three to one of another',
        inputs: { real: tensor([2], [0, 1.0986123]), generated: tensor([1], [0]) },
        gives: {
          value: [about('-1.183562')],
          onReal: [about('-0.490415')],
          onGenerated: [about('-0.693147')],
        },
      },
    ],
  }),
  worked('gradient-by-hand', {
    of: valueGradient,
    title:
      'whoever is certain and right is left alone; whoever is certain and wrong is pulled by its share',
    kills: [gradientOfSums, gradientOfLoss, ascendsGenerated],
    inputs: {
      real: tensor([4], [1e4, -1e4, 0, 0]),
      generated: tensor([2], [1e4, -1e4]),
      dValue: tensor([], [8]),
    },
    gives: { dReal: [0, 2, 1, 1], dGenerated: [-4, 0] },
  }),
)
