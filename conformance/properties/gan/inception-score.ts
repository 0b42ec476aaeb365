import { build } from '../../../reference/arithmetic/array.ts'
import { inceptionScore, inceptionScoreClause } from '../../../spec/gan/inception-score.ts'
import { free, nonnegative, someInEachRow } from '../../../spec/language/operation.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { filled, joined, part, permuted, plain, row, scalar } from '../../kit/arrays.ts'
import { between } from '../../kit/between.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { about, worked } from '../../kit/worked.ts'
import {
  asTheyAre,
  comparesActivations,
  comparesWithAll,
  dropsRest,
  inBits,
  leavesBackground,
  longPieces,
  meanOfLogarithms,
  noExponential,
  oneSampleLess,
  sampleSpread,
  scoreOfAll,
  softmaxAgain,
  undefinedAtZero,
} from './inception-score-faults.ts'

/** A set of samples in one split. */
const oneSet = {
  dimensions: { N: free(1, 8, 'generated samples'), C: free(1, 5, 'classes') },
  inputs: {
    probabilities: someInEachRow(nonnegative('what a classifier has for each class', 'N', 'C')),
  },
  parameters: {},
} as const

const inOne = { splits: 1 } as const

export const inceptionScoreProperties = properties(
  inceptionScoreClause,
  ...agreementTwice(
    inceptionScore,
    {
      kills: [
        dropsRest,
        longPieces,
        inBits,
        noExponential,
        meanOfLogarithms,
        scoreOfAll,
        sampleSpread,
        softmaxAgain,
        asTheyAre,
        comparesWithAll,
        undefinedAtZero,
        comparesActivations,
        leavesBackground,
        oneSampleLess,
      ],
      share: 0.6,
    },
    { kills: [dropsRest, longPieces, inBits, sampleSpread, asTheyAre, comparesWithAll] },
  ),
  law('range', {
    of: oneSet,
    asks: [inceptionScore],
    values: 'reals',
    title: 'the score is from 1 to the number of classes, and of samples',
    kills: [noExponential, inBits, comparesActivations, asTheyAre],
    share: 0.3,
    async holds({ arithmetic, exact, inputs, measure, sizes: { N, C } }) {
      const { score } = await measure(inceptionScore, inputs, inOne)
      const most = exact(scalar(Math.min(N!, C!)))
      const low = exact(scalar(1))
      return [between(arithmetic, 'score', scalar(score.at(0)), low, most)]
    },
  }),
  law('alike', {
    of: inceptionScore,
    values: 'reals',
    title: 'samples that are all alike score 1 in every split, with no deviation',
    kills: [noExponential, comparesActivations, undefinedAtZero],
    share: 0.3,
    async holds({ exact, inputs, measure, parameters, sizes: { N, C } }) {
      const given = plain(inputs.probabilities)
      const probabilities = build([N!, C!], (_, c) => given.at(0, c))
      const answer = await measure(inceptionScore, { probabilities }, parameters)
      return [
        { label: 'scores', expected: exact(filled([parameters.splits], 1)), actual: answer.scores },
        { label: 'score', expected: exact(row(1, 0)), actual: answer.score },
      ]
    },
  }),
  law('certain', {
    of: {
      dimensions: { C: free(1, 8, 'classes') },
      inputs: {},
      parameters: {
        times: integer({ min: 1, upTo: 3 }),
        splits: integer({ min: 1, upTo: 3 }),
      },
    },
    asks: [inceptionScore],
    title: 'samples of one class each, of every class as many, score the number of classes',
    kills: [inBits, softmaxAgain, undefinedAtZero],
    share: 0.3,
    async holds({ exact, measure, parameters: { times, splits }, sizes: { C } }) {
      const probabilities = build([times * splits * C!, C!], (n, c) => (n % C! === c ? 1 : 0))
      const { scores, score } = await measure(inceptionScore, { probabilities }, { splits })
      return [
        { label: 'scores', expected: exact(filled([splits], C!)), actual: scores },
        { label: 'score', expected: exact(row(C!, 0)), actual: score },
      ]
    },
  }),
  equivariance('order', {
    of: inceptionScore,
    within: { ...oneSet, parameters: { by: integer({ min: 1, upTo: 7 }) } },
    always: inOne,
    values: 'reals',
    title: 'samples and classes in another order have the same score',
    kills: [leavesBackground],
    share: 0.3,
    inputs: ({ probabilities: p }, { parameters: { by }, sizes: { N, C } }) => ({
      probabilities: permuted(p, (n, c) => [(n + by) % N!, (c + by) % C!]),
    }),
  }),
  equivariance('scaled', {
    of: inceptionScore,
    title: 'rows times powers of two of their own have the same scores',
    kills: [asTheyAre],
    share: 0.3,
    inputs: ({ probabilities: p }) => ({
      probabilities: build(p.shape, (n, c) => p.at(n, c) * 2 ** (n % 5)),
    }),
  }),
  law('twice', {
    of: oneSet,
    asks: [inceptionScore],
    values: 'reals',
    title: 'a set that is there twice scores what it scores once, in one split or in two',
    kills: [oneSampleLess],
    share: 0.3,
    async holds({ inputs, measure }) {
      const set = plain(inputs.probabilities)
      const probabilities = joined(0, set, set)
      const { score } = await measure(inceptionScore, inputs, inOne)
      const whole = await measure(inceptionScore, { probabilities }, inOne)
      const halves = await measure(inceptionScore, { probabilities }, { splits: 2 })
      return [
        { label: 'of both', expected: score, actual: whole.score },
        { label: 'mean of each', expected: score, actual: halves.score },
      ]
    },
  }),
  law('splits', {
    of: inceptionScore,
    values: 'reals',
    title: 'the score of a split is that of its samples alone, the first ⌊N / S⌋ among them',
    kills: [dropsRest, longPieces, comparesWithAll],
    share: 0.3,
    async holds({ inputs, measure, parameters: { splits: S }, sizes: { N, C } }) {
      const given = plain(inputs.probabilities)
      const { scores } = await measure(inceptionScore, inputs, { splits: S })
      const alone = []
      for (let s = 0; s < S; s++) {
        const [first, end] = [Math.floor((s * N!) / S), Math.floor(((s + 1) * N!) / S)]
        const probabilities = part(given, [end - first, C!], [first])
        alone.push((await measure(inceptionScore, { probabilities }, inOne)).scores.at(0))
      }
      return [{ label: 'scores', expected: row(...alone), actual: scores }]
    },
  }),
  worked('by-hand', {
    of: inceptionScore,
    title: 'quarters, and splits of one and two samples, by hand',
    kills: [inBits, longPieces, dropsRest, sampleSpread, scoreOfAll],
    cases: [
      {
        says: '¾ ln 3/2 − ¼ ln 2 = 0.130812',
        inputs: { probabilities: tensor([2, 2], [3, 1, 1, 3]) },
        parameters: { splits: 1 },
        gives: { score: [about('1.139753'), 0] },
      },
      {
        says: 'one sample, then two of two classes',
        inputs: { probabilities: tensor([3, 2], [1, 0, 1, 0, 0, 1]) },
        parameters: { splits: 2 },
        gives: { scores: [1, 2], score: [1.5, 0.5] },
      },
      {
        says: 'one class alone',
        inputs: { probabilities: tensor([3, 4], [0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0]) },
        parameters: { splits: 1 },
        gives: { scores: [1], score: [1, 0] },
      },
    ],
  }),
  worked('E-58', {
    of: inceptionScore,
    title: 'two certain samples of two classes score 2, whatever real samples there are',
    kills: [comparesActivations],
    inputs: { probabilities: tensor([2, 2], [1, 0, 0, 1]) },
    parameters: { splits: 1 },
    notes: { score: [0, 0] },
    gives: { score: [2, 0] },
  }),
)
