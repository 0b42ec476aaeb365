import { elementwise } from '../../../reference/arithmetic/array.ts'
import {
  clusterClause,
  clusterRate,
  clusterStep,
  linearCodebook,
} from '../../../spec/compression/cluster.ts'
import { free } from '../../../spec/language/operation.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreement, agreementTwice } from '../../kit/agreement.ts'
import { changed, numbers, plain, row, scalar } from '../../kit/arrays.ts'
import { atMost } from '../../kit/claims.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { repeated } from '../../kit/repeated.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  acceptsMoreValues,
  addsDistances,
  beginsAtLeast,
  codesOfOneMore,
  comparesSigned,
  cutsLogarithm,
  dividesByOneLess,
  emptiesToZero,
  forgetsAfter,
  forgetsCodebook,
  idealIsStored,
  lastOfTies,
  leavesEnd,
  middlesOfBins,
  naturalLogarithm,
  symmetric,
  takesMeanDistance,
  takesMedian,
  takesMiddle,
} from './cluster-faults.ts'
import { leastSquares } from './cluster-optimum.ts'

/** More weights than values, so that some distance remains. */
const fewValues = {
  ...linearCodebook,
  dimensions: { ...linearCodebook.dimensions, P: free(6, 12, 'weights') },
  parameters: { values: integer({ min: 1, upTo: 3, max: 3 }) },
}

export const clusterProperties = properties(
  clusterClause,
  agreementTwice(
    clusterStep,
    {
      kills: [
        takesMiddle,
        takesMedian,
        dividesByOneLess,
        lastOfTies,
        emptiesToZero,
        forgetsAfter,
        addsDistances,
        takesMeanDistance,
        comparesSigned,
      ],
    },
    { kills: [takesMiddle, takesMedian, emptiesToZero, comparesSigned] },
  ),
  agreementTwice(linearCodebook, {
    name: 'linear',
    kills: [leavesEnd, middlesOfBins, symmetric, beginsAtLeast],
  }),
  repeated(clusterStep, {
    times: 4,
    carry: ['codebook'],
    share: 0.3,
    kills: [takesMiddle, takesMedian, emptiesToZero],
  }),
  law('descends', {
    of: fewValues,
    asks: [clusterStep, linearCodebook],
    title:
      'from equal distances on, no half of three rounds makes the sum larger, nor less than any codebook could',
    kills: [takesMiddle, takesMeanDistance, dividesByOneLess],
    values: 'reals',
    share: 0.5,
    async holds({ arithmetic, inputs, measure, parameters }) {
      const { weights } = inputs
      const least = leastSquares(Array.from(weights.data), parameters.values)
      const comparisons = []
      let { codebook } = await measure(linearCodebook, { weights }, parameters)
      let last: (typeof codebook.data)[number] | undefined
      for (let round = 0; round < 3; round++) {
        const given = { weights, codebook: numbers(arithmetic, codebook) }
        const after = await measure(clusterStep, given, parameters)
        const [old, fresh] = [after.before.at(), after.after.at()]
        const best = arithmetic.exact(least)
        comparisons.push(
          atMost(arithmetic, `round ${round}: the least ≤ after ≤ before`, best, fresh, old),
          ...(last === undefined
            ? []
            : [atMost(arithmetic, `round ${round}: nearest values`, old, last)]),
        )
        last = fresh
        codebook = after.codebook
      }
      return comparisons
    },
  }),
  law('own-values', {
    of: {
      dimensions: { P: clusterStep.dimensions.P },
      inputs: { weights: clusterStep.inputs.weights },
      parameters: {},
    },
    asks: [clusterStep],
    title: 'weights that are the values themselves have no distance, and stay',
    kills: [comparesSigned, lastOfTies],
    values: 'reals',
    share: 0.3,
    async holds({ answer, exact, inputs: { weights }, sizes: { P } }) {
      // From 2^-40 on, no two different numbers are so near that the square of their difference underflows.
      const apart = changed(weights, (v) => (Math.abs(v) < 2 ** -40 ? 0 : v))
      const own = apart.data
      const given = { weights: apart, codebook: apart }
      const after = await answer(clusterStep, given, { values: P! })
      return [
        {
          label: 'codes',
          expected: exact(row(...own.map((w) => own.indexOf(w)))),
          actual: after.codes,
        },
        { label: 'before', expected: exact(scalar(0)), actual: after.before },
      ]
    },
  }),
  law('moved', {
    of: clusterStep,
    title: 'a shift and a factor of weights and values are those of new values, and codes stay',
    kills: [emptiesToZero],
    share: 0.5,
    async holds({ arithmetic, inputs: { weights, codebook }, measure, parameters }) {
      const { add, exact, multiply } = arithmetic
      const moved = (x: typeof weights) => changed(x, (value) => 4 * value + 12)
      const here = await measure(clusterStep, { weights, codebook }, parameters)
      const there = await measure(
        clusterStep,
        { weights: moved(weights), codebook: moved(codebook) },
        parameters,
      )
      return [
        { label: 'codes', expected: here.codes, actual: there.codes },
        {
          label: 'codebook',
          expected: elementwise(here.codebook, (c) => add(multiply(exact(4), c), exact(12))),
          actual: there.codebook,
        },
      ]
    },
  }),
  law('within-range', {
    of: clusterStep,
    title: 'no weight is further from its mean than 1 − 1/m of the range of its m weights',
    kills: [dividesByOneLess, comparesSigned],
    values: 'reals',
    async holds({ arithmetic, inputs, measure, parameters, sizes: { K } }) {
      const { abs, exact, maximum, subtract } = arithmetic
      const { codes, codebook } = await measure(clusterStep, inputs, parameters)
      const all = plain(inputs.weights).data
      const codeOf = numbers(arithmetic, codes).data
      const clusters = Array.from({ length: K! }, (_, k) => all.filter((_, i) => codeOf[i] === k))
      return clusters.flatMap((members, k) => {
        if (members.length === 0) return []
        const range = Math.max(...members) - Math.min(...members)
        const furthest = maximum(members.map((w) => abs(subtract(exact(w), codebook.at(k)))))
        const most = exact((1 - 1 / members.length) * range)
        return [atMost(arithmetic, `cluster ${k}`, furthest, most)]
      })
    },
  }),
  worked('by-hand', {
    of: clusterStep,
    title:
      'a tie, an empty cluster, and the mean of 0, 0, 0 and 1, which is furthest from the last',
    kills: [lastOfTies, emptiesToZero, takesMiddle, takesMedian, dividesByOneLess],
    cases: [
      {
        says: 'a round',
        inputs: { weights: tensor([3], [0, 2, 10]), codebook: tensor([2], [0, 10]) },
        parameters: { values: 2 },
        gives: { codes: [0, 0, 1], codebook: [1, 10], before: [4], after: [2] },
      },
      {
        says: 'halfway',
        inputs: { weights: tensor([3], [1, 2, 3]), codebook: tensor([2], [1, 3]) },
        parameters: { values: 2 },
        gives: { codes: [0, 0, 1], codebook: [1.5, 3], before: [1], after: [0.5] },
      },
      {
        says: 'an empty cluster',
        inputs: { weights: tensor([4], [0, 0, 0, 1]), codebook: tensor([2], [0, 64]) },
        parameters: { values: 2 },
        gives: { codes: [0, 0, 0, 0], codebook: [0.25, 64], before: [1], after: [0.75] },
      },
    ],
  }),
  worked('many-values', {
    of: clusterStep,
    title: 'of 600 values, which more than a byte counts, each weight has the one that it is',
    kills: [comparesSigned],
    inputs: {
      weights: tensor([4], [0, 255, 256, 599]),
      codebook: tensor(
        [600],
        Array.from({ length: 600 }, (_, k) => k),
      ),
    },
    parameters: { values: 600 },
    gives: { codes: [0, 255, 256, 599], before: [0], after: [0] },
  }),
  worked('linear-by-hand', {
    of: linearCodebook,
    title: 'three values from 0 to 4 are 0, 2 and 4, and a single one is 2',
    kills: [leavesEnd, middlesOfBins, symmetric, beginsAtLeast],
    cases: [
      {
        inputs: { weights: tensor([3], [4, 0, 1]) },
        parameters: { values: 3 },
        gives: { codebook: [0, 2, 4] },
      },
      {
        inputs: { weights: tensor([3], [4, 0, 1]) },
        parameters: { values: 1 },
        gives: { codebook: [2] },
      },
    ],
  }),
  agreement(clusterRate, 'reals', {
    name: 'rate',
    kills: [codesOfOneMore, cutsLogarithm, forgetsCodebook, naturalLogarithm, idealIsStored],
  }),
  law('whole-bits', {
    of: clusterRate,
    title: 'codes of that many bits are enough, of one bit less they are not',
    kills: [codesOfOneMore, cutsLogarithm],
    values: 'reals',
    share: 0.3,
    async holds({ arithmetic, measure, parameters }) {
      const { codeBits, rate, ideal } = await measure(clusterRate, {}, parameters)
      const bits = arithmetic.toNumber(codeBits.at())
      const { exact } = arithmetic
      return [
        atMost(arithmetic, 'values ≤ 2^bits', exact(parameters.values), exact(2 ** bits)),
        atMost(
          arithmetic,
          '2^(bits − 1) < values',
          exact(Math.ceil(2 ** (bits - 1)) + (bits === 0 ? 0 : 1)),
          exact(parameters.values),
        ),
        atMost(arithmetic, 'rate ≤ ideal', rate.at(), ideal.at()),
      ]
    },
  }),
  worked('rate-by-hand', {
    of: clusterRate,
    title: 'sixteen weights of 32 bits with four values: 512 bits become 160',
    kills: [codesOfOneMore, forgetsCodebook],
    parameters: { weights: 16, bits: 32, values: 4 },
    gives: { codeBits: [2], stored: [160] },
  }),
  rejection('rejected', clusterRate, invalidities(clusterRate), {
    title: 'more values than weights are rejected',
    kills: [acceptsMoreValues],
    share: 0.3,
  }),
)
