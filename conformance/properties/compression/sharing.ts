import { build } from '../../../reference/arithmetic/array.ts'
import {
  expand,
  expandGradient,
  paramCount,
  priorToTraining,
  shareCounts,
  sharedStep,
  tiedGradient,
} from '../../../spec/compression/sharing.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { adjoint } from '../../kit/adjoint.ts'
import { agreement, agreementTwice } from '../../kit/agreement.ts'
import { changed, numbers, permuted, plain, scalar } from '../../kit/arrays.ts'
import { law, lawTwice } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { repeated } from '../../kit/repeated.ts'
import { withParameters } from '../../kit/spaces.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  acceptsAnyGroup,
  acceptsAnyPlace,
  countsFromOne,
  countsZeroValues,
  cutsOffLast,
  decaysByUse,
  forgetsMomentum,
  gathers,
  givesOldWeights,
  lastWins,
  letsWeightsPart,
  marksUsed,
  sharesOut,
  skipsUnused,
  stepsByMean,
  storesAll,
  storesUsed,
  takesMean,
  takesTurns,
} from './sharing-faults.ts'

const { theta, map } = expand.inputs
const { dy } = expandGradient.inputs

/** Values, a map, and derivatives by the weights of connections. */
const withDerivatives = { ...expand, inputs: { theta, map, dy } }

const countProperties = properties(
  paramCount,
  agreementTwice(expand, { kills: [countsFromOne, takesTurns, cutsOffLast] }),
  agreement(shareCounts, 'integers', {
    name: 'counts',
    kills: [countsZeroValues, sharesOut, storesUsed, storesAll, marksUsed],
  }),
  law('zeros', {
    of: shareCounts,
    asks: [expand, shareCounts],
    title: 'as many weights are 0 as the counts of values say, and each has its value',
    kills: [countsZeroValues, sharesOut],
    async holds({ answer, arithmetic, exact, inputs, parameters }) {
      const { y } = await answer(expand, inputs, parameters)
      const counts = await answer(shareCounts, inputs, parameters)
      const weights = numbers(arithmetic, y)
      return [
        {
          label: 'zeros',
          expected: exact(scalar(weights.data.filter((w) => w === 0).length)),
          actual: counts.zeros,
        },
        {
          label: 'Σ uses = connections',
          expected: counts.connections,
          actual: scalar(arithmetic.total(counts.uses.data)),
        },
      ]
    },
  }),
  law('collected', {
    of: expand,
    title: 'values that are read back from the weights are expanded to the same weights',
    kills: [takesTurns, cutsOffLast],
    async holds({ answer, arithmetic, inputs, parameters, sizes: { K } }) {
      const { y } = await answer(expand, inputs, parameters)
      const weights = numbers(arithmetic, y)
      const places = plain(inputs.map).data
      const collected = build([K!], (k) => weights.data[places.indexOf(k)] ?? 0)
      const again = await answer(expand, { ...inputs, theta: collected }, parameters)
      const used = places.map((k) => plain(inputs.theta).at(k))
      return [
        { label: 'weights', expected: y, actual: again.y },
        {
          label: 'values',
          expected: again.y,
          actual: build(y.shape, (i) => arithmetic.exact(used[i]!)),
        },
      ]
    },
  }),
  worked('by-hand', {
    of: shareCounts,
    title: 'of the values ±0 and 1, three connections have the first: three of four weights are 0',
    kills: [countsZeroValues, sharesOut],
    cases: [
      {
        says: '0 and 1',
        inputs: { theta: tensor([2], [0, 1]), map: tensor([4], [0, 0, 0, 1]) },
        parameters: { values: 2 },
        gives: { connections: [4], stored: [2], uses: [3, 1], zeros: [3] },
      },
      {
        says: '−0 and 1',
        inputs: { theta: tensor([2], [-0, 1]), map: tensor([4], [0, 0, 0, 1]) },
        parameters: { values: 2 },
        gives: { connections: [4], stored: [2], uses: [3, 1], zeros: [3] },
      },
    ],
  }),
  rejection('rejected', expand, invalidities(expand), {
    title: 'a place that is not there is rejected',
    kills: [acceptsAnyPlace],
  }),
)

const gradientProperties = properties(
  tiedGradient,
  agreementTwice(expandGradient, { kills: [takesMean, lastWins, gathers] }),
  lawTwice('adjoint', {
    of: withDerivatives,
    asks: [expand, expandGradient],
    title: 'weights times any derivatives are values times theirs',
    kills: [takesMean, lastWins, gathers],
    share: 0.5,
    holds: adjoint(expand, expandGradient, 'theta'),
  }),
  lawTwice('reordered', {
    of: withParameters(expandGradient, { first: integer({ min: 0, upTo: 7 }) }),
    asks: [expandGradient],
    title: 'connections in another order give the same derivatives',
    kills: [lastWins, gathers],
    share: 0.5,
    async holds({ inputs, measure, parameters: { values, first }, sizes: { P } }) {
      const turned = (i: number) => [(i + first) % P!]
      const other = {
        map: permuted(plain(inputs.map), (i) => turned(i!)),
        dy: permuted(plain(inputs.dy), (i) => turned(i!)),
      }
      const before = await measure(expandGradient, inputs, { values })
      const after = await measure(expandGradient, other, { values })
      return [{ label: 'dTheta', expected: before.dTheta, actual: after.dTheta }]
    },
  }),
  worked('by-hand', {
    of: expandGradient,
    title: 'three derivatives 1, 2 and 4, the first and the last of one value, and a value unused',
    kills: [takesMean, lastWins],
    inputs: { map: tensor([3], [1, 0, 1]), dy: tensor([3], [1, 2, 4]) },
    parameters: { values: 3 },
    gives: { dTheta: [2, 5, 0] },
  }),
  rejection('rejected', expandGradient, invalidities(expandGradient), {
    title: 'a place that is not there, and derivatives of other shape, are rejected',
    kills: [acceptsAnyGroup],
  }),
)

const trainingProperties = properties(
  priorToTraining,
  agreementTwice(sharedStep, {
    kills: [
      stepsByMean,
      letsWeightsPart,
      decaysByUse,
      givesOldWeights,
      forgetsMomentum,
      skipsUnused,
    ],
  }),
  repeated(sharedStep, {
    times: 12,
    carry: ['theta', 'velocity'],
    share: 0.3,
    kills: [stepsByMean, forgetsMomentum, decaysByUse],
  }),
  law('together', {
    of: sharedStep,
    values: 'reals',
    title: 'weights that share a value are equal to the bit after each of five steps',
    kills: [letsWeightsPart, givesOldWeights],
    share: 0.5,
    async holds({ answer, arithmetic, inputs, parameters }) {
      const places = plain(inputs.map).data
      const comparisons = []
      let now: Parameters<typeof answer<typeof sharedStep>>[1] = inputs
      for (let t = 0; t < 5; t++) {
        const after = await answer(sharedStep, now, parameters)
        const expected = build(after.weights.shape, (i) => after.theta.at(places[i]!))
        comparisons.push({ label: `weights after step ${t}`, expected, actual: after.weights })
        const [theta, velocity] = [after.theta, after.velocity].map((x) => numbers(arithmetic, x))
        now = { ...now, theta: theta!, velocity: velocity! }
      }
      return comparisons
    },
  }),
  law('each-alone', {
    of: sharedStep,
    title: 'each weight moves as it would alone, with the summed derivative of its group',
    kills: [stepsByMean, letsWeightsPart, decaysByUse],
    async holds({ inputs, measure, parameters, sizes: { P } }) {
      const places = plain(inputs.map).data
      const sums = changed(inputs.gradient, (_, i) =>
        places.reduce(
          (sum, k, m) => (k === places[i] ? sum + plain(inputs.gradient).at(m) : sum),
          0,
        ),
      )
      const alone = {
        theta: build([P!], (i) => plain(inputs.theta).at(places[i]!)),
        velocity: build([P!], (i) => plain(inputs.velocity).at(places[i]!)),
        map: build([P!], (i) => i),
        gradient: sums,
      }
      const together = await measure(sharedStep, inputs, parameters)
      const each = await measure(sharedStep, alone, { ...parameters, values: P! })
      return [{ label: 'weights', expected: each.theta, actual: together.weights }]
    },
  }),
  worked('by-hand', {
    of: sharedStep,
    title: 'a step of two values that three connections have',
    kills: [stepsByMean, letsWeightsPart, decaysByUse, givesOldWeights],
    inputs: {
      theta: tensor([2], [5, 7]),
      velocity: tensor([2], [2, 4]),
      map: tensor([3], [1, 0, 1]),
      gradient: tensor([3], [1, 2, 4]),
    },
    parameters: { values: 2, rate: 0.5, momentum: 0.5, decay: 1 },
    gives: { velocity: [8, 14], theta: [1, 0], weights: [0, 1, 0] },
  }),
)

export const sharingProperties = [...countProperties, ...gradientProperties, ...trainingProperties]
