import { build, memberOf } from '../../../reference/arithmetic/array.ts'
import {
  krum,
  krumChoice,
  median,
  medianAggregate,
  trimmed,
  trimmedMean,
} from '../../../spec/federated/robustness.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, permuted, zeros } from '../../kit/arrays.ts'
import { atMost } from '../../kit/claims.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  amongHonest,
  attackedBy,
  honestSpace,
  mirrored,
  places,
  squaredDistance,
} from './robustness-attacked.ts'
import {
  addsDistances,
  addsKept,
  allNeighbours,
  averages,
  averagesBiases,
  choosesEachArray,
  countsItself,
  dividesByAll,
  doesNotSort,
  keepsOne,
  lastOfEqual,
  looksAtWeightsAlone,
  oneMoreNeighbour,
  sortsAsText,
  sortsMagnitudes,
  takesFarthest,
  takesLower,
  trimsByOrder,
  trimsInAll,
  trimsNothing,
  trimsOneMore,
  trimsOneSide,
} from './robustness-faults.ts'

/** Far beyond every honest model, and whole sums of its squares are exact. */
const far = 1024

const medianProperties = properties(
  median,
  agreementTwice(medianAggregate, {
    kills: [averages, takesLower, doesNotSort, sortsAsText, sortsMagnitudes, averagesBiases],
  }),
  law('majority', {
    of: honestSpace(1),
    asks: [medianAggregate],
    title: 'with more honest clients than attackers every number lies among honest ones',
    kills: [averages, averagesBiases],
    share: 0.5,
    async holds({ arithmetic, inputs: { w, b }, measure, parameters: { attackers } }) {
      const given = { w: attackedBy(w, attackers, -far), b: attackedBy(b, attackers, far) }
      const common = await measure(medianAggregate, given, {})
      return amongHonest(arithmetic, { w, b }, common)
    },
  }),
  law('half', {
    of: honestSpace(0),
    asks: [medianAggregate],
    title: 'with as many attackers as honest clients it lies halfway to what attackers send',
    kills: [averages, takesLower],
    share: 0.5,
    async holds({ exact, inputs: { w, b }, measure }) {
      const attackers = w.shape[0]!
      const given = { w: attackedBy(w, attackers, far), b: attackedBy(b, attackers, far) }
      const common = await measure(medianAggregate, given, {})
      const halfway = (honest: typeof w) => {
        const [, ...shape] = honest.shape
        const nearest = places(honest).map((numbers) => (Math.max(...numbers) + far) / 2)
        return exact(changed(zeros(shape), (_, at) => nearest[at]!))
      }
      return [
        { label: 'w', expected: halfway(w), actual: common.w },
        { label: 'b', expected: halfway(b), actual: common.b },
      ]
    },
  }),
  equivariance('opposite', {
    of: medianAggregate,
    title: 'models times −2 have −2 times the median',
    kills: [takesLower],
    share: 0.5,
    inputs: ({ w, b }) => ({ w: changed(w, (x) => -2 * x), b: changed(b, (x) => -2 * x) }),
    outputs: ({ w, b }, { arithmetic: { exact, multiply } }) => ({
      w: build(w.shape, (...at) => multiply(exact(-2), w.at(...at))),
      b: build(b.shape, (...at) => multiply(exact(-2), b.at(...at))),
    }),
  }),
  equivariance('any-order', {
    of: medianAggregate,
    title: 'the order of clients makes no difference',
    kills: [doesNotSort],
    share: 0.5,
    inputs: ({ w, b }) => ({
      w: permuted(w, (m, ...at) => [(m! + 1) % w.shape[0]!, ...at]),
      b: permuted(b, (m, ...at) => [(m! + 1) % b.shape[0]!, ...at]),
    }),
  }),
  worked('text', {
    of: medianAggregate,
    title: 'the median of 2, 10 and 9 is 9, and of two models their mean',
    kills: [sortsAsText, takesLower],
    cases: [
      {
        inputs: { w: tensor([3, 1, 1], [2, 10, 9]), b: tensor([3, 1], [-1, -2, 0]) },
        gives: { w: [9], b: [-1] },
      },
      {
        inputs: { w: tensor([2, 1, 1], [2, 10]), b: tensor([2, 1], [-1, -2]) },
        gives: { w: [6], b: [-1.5] },
      },
    ],
  }),
)

const trimmedProperties = properties(
  trimmed,
  agreementTwice(trimmedMean, {
    kills: [trimsNothing, trimsOneSide, trimsInAll, trimsOneMore, dividesByAll, trimsByOrder],
  }),
  law('as-many', {
    of: honestSpace(1),
    asks: [trimmedMean],
    title: 'with as many attackers as are left out a side every number lies among honest ones',
    kills: [trimsNothing, trimsInAll],
    share: 0.5,
    async holds({ arithmetic, inputs: { w, b }, measure, parameters: { attackers } }) {
      const given = { w: attackedBy(w, attackers, far), b: attackedBy(b, attackers, -far) }
      const common = await measure(trimmedMean, given, { trim: attackers })
      return amongHonest(arithmetic, { w, b }, common)
    },
  }),
  law('one-more', {
    of: honestSpace(1),
    asks: [trimmedMean],
    title: 'with one attacker more than are left out a side it follows by a share of 1 / (M − 2r)',
    kills: [trimsNothing, trimsOneMore, dividesByAll],
    share: 0.5,
    async holds({ arithmetic, inputs: { w, b }, measure, parameters: { attackers: trim } }) {
      const { exact, multiply, subtract } = arithmetic
      const ask = (value: number) => {
        const given = { w: attackedBy(w, trim + 1, value), b: attackedBy(b, trim + 1, value) }
        return measure(trimmedMean, given, { trim })
      }
      const [one, other] = [await ask(far), await ask(3 * far)]
      const count = exact(w.shape[0]! + 1 - trim)
      const moved = (name: 'w' | 'b') => ({
        label: `how far ${name} moves, times M − 2r`,
        expected: build(one[name].shape, () => exact(2 * far)),
        actual: build(one[name].shape, (...at) =>
          multiply(count, subtract(other[name].at(...at), one[name].at(...at))),
        ),
      })
      return [moved('w'), moved('b')]
    },
  }),
  law('median-at-the-end', {
    of: medianAggregate,
    asks: [trimmedMean, medianAggregate],
    title: 'with as much left out as there can be it is the median',
    kills: [trimsNothing, trimsInAll, trimsByOrder],
    share: 0.5,
    async holds({ inputs, measure }) {
      const trim = Math.ceil(inputs.w.shape[0]! / 2) - 1
      const most = await measure(trimmedMean, inputs, { trim })
      const middle = await measure(medianAggregate, inputs, {})
      return [
        { label: 'w', expected: middle.w, actual: most.w },
        { label: 'b', expected: middle.b, actual: most.b },
      ]
    },
  }),
  worked('four', {
    of: trimmedMean,
    title: 'of 9, 1, 2 and 4 with one left out a side the mean is 3',
    kills: [trimsOneSide, trimsByOrder, dividesByAll],
    inputs: { w: tensor([4, 1, 1], [9, 1, 2, 4]), b: tensor([4, 1], [0, 0, 0, 8]) },
    parameters: { trim: 1 },
    gives: { w: [3], b: [0] },
  }),
)

const krumProperties = properties(
  krumChoice,
  agreementTwice(krum, {
    kills: [
      looksAtWeightsAlone,
      countsItself,
      oneMoreNeighbour,
      allNeighbours,
      addsDistances,
      takesFarthest,
      choosesEachArray,
      keepsOne,
      addsKept,
      lastOfEqual,
    ],
  }),
  law('as-many', {
    of: honestSpace(3),
    asks: [krum],
    title: 'with as many attackers as expected no attacker is taken, wherever they are',
    kills: [looksAtWeightsAlone, takesFarthest],
    share: 0.5,
    async holds({ exact, inputs: { w, b }, measure, parameters: { attackers } }) {
      const given = { w: attackedBy(w, attackers, 0), b: attackedBy(b, attackers, far) }
      const { chosen } = await measure(krum, given, { attackers, kept: 1 })
      const honest = w.shape[0]!
      return [
        {
          label: 'attackers that are taken',
          expected: exact(zeros([attackers])),
          actual: build([attackers], (m) => chosen.at(honest + m)),
        },
      ]
    },
  }),
  law('one-more', {
    of: honestSpace(1),
    asks: [krum],
    title: 'of 2f + 3 models f + 1 may attack, and none of these is taken',
    kills: [countsItself],
    share: 0.5,
    async holds({ exact, inputs: { w, b }, measure, parameters: { attackers } }) {
      const f = attackers - 1
      const honest = f + 2
      const first = (array: typeof w) =>
        changed(zeros([honest, ...array.shape.slice(1)]), (_, at) => array.data[at]!)
      const given = {
        w: attackedBy(first(w), f + 1, far),
        b: attackedBy(first(b), f + 1, far),
      }
      const { chosen } = await measure(krum, given, { attackers: f, kept: 1 })
      return [
        {
          label: 'attackers that are taken',
          expected: exact(zeros([f + 1])),
          actual: build([f + 1], (m) => chosen.at(honest + m)),
        },
      ]
    },
  }),
  law('two-more', {
    of: honestSpace(0),
    asks: [krum],
    title: 'of 2f + 3 models f + 2 that send the same have the score 0, and one of them is taken',
    kills: [oneMoreNeighbour, allNeighbours, addsKept],
    share: 0.5,
    needsStates: true,
    async holds({ exact, inputs: { w, b }, measure, parameters: { attackers: honest } }) {
      const f = honest - 1
      const first = (array: typeof w) =>
        changed(zeros([honest, ...array.shape.slice(1)]), (_, at) => array.data[at]!)
      const given = { w: attackedBy(first(w), f + 2, far), b: attackedBy(first(b), f + 2, far) }
      const taken = await measure(krum, given, { attackers: f, kept: 2 })
      const attack = (array: typeof w) => exact(changed(zeros(array.shape.slice(1)), () => far))
      return [
        { label: 'w', expected: attack(w), actual: taken.w },
        { label: 'b', expected: attack(b), actual: taken.b },
        {
          label: 'scores of attackers',
          expected: exact(zeros([f + 2])),
          actual: build([f + 2], (m) => taken.scores.at(honest + m)),
        },
      ]
    },
  }),
  law('near-honest', {
    of: honestSpace(3),
    asks: [krum],
    title:
      'what is taken is about as near to an honest model as these are to each other, whoever attacks',
    kills: [takesFarthest],
    share: 0.5,
    async holds({ arithmetic, array, inputs: { w, b }, measure, parameters: { attackers } }) {
      const { exact, maximum, multiply, negate } = arithmetic
      const given = { w: mirrored(w, attackers), b: mirrored(b, attackers) }
      const taken = await measure(krum, given, { attackers, kept: 1 })
      const honest = Array.from({ length: w.shape[0]! }, (_, m) => ({
        w: memberOf(array('w'), m),
        b: memberOf(array('b'), m),
      }))
      const pairs = honest.flatMap((one, m) =>
        honest.slice(m).map((other) => squaredDistance(arithmetic, one, other)),
      )
      const nearest = negate(
        maximum(honest.map((one) => negate(squaredDistance(arithmetic, one, taken)))),
      )
      const allowed = multiply(exact(honest.length - 2), maximum(pairs))
      return [
        atMost(arithmetic, 'squared distance from the nearest honest model', nearest, allowed),
      ]
    },
  }),
  worked('three', {
    of: krum,
    title: 'of 0, 1 and 3 the first two have the score 1, and the first of them is taken',
    kills: [lastOfEqual, takesFarthest, oneMoreNeighbour],
    inputs: { w: tensor([3, 1, 1], [0, 1, 3]), b: tensor([3, 1], [0, 0, 0]) },
    parameters: { attackers: 0, kept: 1 },
    gives: { w: [0], b: [0], scores: [1, 1, 4], chosen: [1, 0, 0] },
  }),
)

export const robustnessProperties = [...medianProperties, ...trimmedProperties, ...krumProperties]
