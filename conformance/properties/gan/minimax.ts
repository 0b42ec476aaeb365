import { sum } from '../../../reference/arithmetic/array.ts'
import { shares } from '../../../reference/gan/optimal-discriminator.ts'
import { jensenShannon } from '../../../spec/gan/jsd-equivalence.ts'
import { bestReplies, globalOptimum, minimax } from '../../../spec/gan/minimax.ts'
import { optimalDiscriminator } from '../../../spec/gan/optimal-discriminator.ts'
import { expectedValue } from '../../../spec/gan/value-function.ts'
import type { Argument } from '../../engine/property.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, filled, scalar } from '../../kit/arrays.ts'
import { between } from '../../kit/between.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { about, worked } from '../../kit/worked.ts'
import {
  argminOfOne,
  discriminatorAsItIs,
  generatorAlone,
  repliesInData,
  repliesWithLeast,
  spreads,
} from './minimax-faults.ts'
import {
  dataAlone,
  givesDensity,
  givesRatio,
  valueBelow,
  valueInBits,
  valueIsDivergence,
} from './optimal-discriminator-faults.ts'
import { addsWeighted, takesNegative, weighsByData } from './value-function-faults.ts'

/** Logits between −4 and 4, of which values are not far from that of the game. */
const near = (logits: Argument) => changed(logits, (a) => a % 4)

export const minimaxProperties = properties(
  minimax,
  ...agreementTwice(bestReplies, {
    kills: [
      repliesWithLeast,
      repliesInData,
      spreads,
      generatorAlone,
      discriminatorAsItIs,
      argminOfOne,
    ],
    share: 0.6,
  }),
  law('weak-duality', {
    of: bestReplies,
    asks: [bestReplies, expectedValue],
    values: 'reals',
    title:
      'the value of a pair, and that of the game, lie between what both players can make of it',
    kills: [repliesWithLeast, generatorAlone, discriminatorAsItIs, takesNegative, addsWeighted],
    share: 0.5,
    async holds({ arithmetic, inputs, measure }) {
      const { exact, log, negate } = arithmetic
      const given = { ...inputs, logits: near(inputs.logits) }
      const { least, largest } = await measure(bestReplies, given, {})
      const { value } = await measure(expectedValue, given, {})
      const ofGame = scalar(negate(log(exact(4))))
      return [
        between(arithmetic, 'least ≤ V ≤ largest', value, least, largest),
        between(arithmetic, 'least ≤ −ln 4', least, null, ofGame),
        between(arithmetic, '−ln 4 ≤ largest', largest, ofGame, null),
      ]
    },
  }),
  law('saddle', {
    of: bestReplies,
    title: 'both are −ln 4 at a discriminator without opinion and the distribution of the data',
    kills: [discriminatorAsItIs, generatorAlone],
    share: 0.3,
    async holds({ arithmetic, inputs: { logits, data, generated }, measure }) {
      const { exact, log, negate } = arithmetic
      const undecided = filled(logits.shape, 0)
      const expected = scalar(negate(log(exact(4))))
      const least = await measure(bestReplies, { logits: undecided, data, generated }, {})
      const largest = await measure(bestReplies, { logits, data, generated: data }, {})
      return [
        { label: 'least at D = ½', expected, actual: least.least },
        { label: 'largest at p = q', expected, actual: largest.largest },
      ]
    },
  }),
  law('reply', {
    of: bestReplies,
    asks: [bestReplies, expectedValue],
    title: 'the generator reaches its least with the point that is most certainly real',
    kills: [repliesWithLeast, repliesInData, spreads, weighsByData],
    share: 0.3,
    async holds({ inputs: { logits, data, generated }, measure }) {
      const { least } = await measure(bestReplies, { logits, data, generated }, {})
      const most = Array.from(logits.data).indexOf(Math.max(...logits.data))
      const reply = changed(logits, (_, n) => (n === most ? 1 : 0))
      const { value } = await measure(expectedValue, { logits, data, generated: reply }, {})
      return [{ label: 'least', expected: value, actual: least }]
    },
  }),
  worked('E-53', {
    of: bestReplies,
    title: 'the best generator against one discriminator is open to another one: −0.9548',
    kills: [argminOfOne],
    inputs: {
      logits: tensor([2], [1.0986123, 0]),
      data: tensor([2], [1, 1]),
      generated: tensor([2], [1, 0]),
    },
    notes: { largest: [-1.386294] },
    gives: { least: [about('-1.876709')], largest: [about('-0.954771')] },
  }),
)

export const globalOptimumProperties = properties(
  globalOptimum,
  ...agreementTwice(optimalDiscriminator, {
    kills: [valueInBits, valueIsDivergence, dataAlone, givesRatio],
    share: 0.2,
    name: 'best',
  }),
  law('never-below', {
    of: optimalDiscriminator,
    asks: [optimalDiscriminator, jensenShannon],
    values: 'reals',
    title: 'a generator costs at least the square of how far it is from the data, above −ln 4',
    kills: [valueInBits, valueBelow],
    share: 0.4,
    async holds({ arithmetic, array, inputs, measure }) {
      const { abs, add, exact, log, multiply, negate, subtract } = arithmetic
      const { value } = await measure(optimalDiscriminator, inputs, {})
      const { divergence } = await measure(jensenShannon, inputs, {})
      const [p, q] = [shares(arithmetic, array('data')), shares(arithmetic, array('generated'))]
      const distance = multiply(
        exact(0.5),
        sum(arithmetic, p.shape, (n) => abs(subtract(p.at(n), q.at(n)))),
      )
      const square = multiply(distance, distance)
      const least = scalar(add(negate(log(exact(4))), square))
      const twice = scalar(multiply(exact(2), divergence.at()))
      return [
        between(arithmetic, 'C(G) ≥ −ln 4 + TV²', value, least, null),
        between(arithmetic, '2 JSD ≥ TV²', twice, scalar(square), null),
      ]
    },
  }),
  law('equilibrium', {
    of: expectedValue,
    asks: [expectedValue],
    title:
      'against the data no discriminator gains; against none with an opinion no generator does',
    kills: [takesNegative, addsWeighted],
    share: 0.3,
    async holds({ arithmetic, inputs: { logits, data, generated }, measure }) {
      const { exact, log, negate } = arithmetic
      const ofGame = scalar(negate(log(exact(4))))
      const alone = { logits: near(logits), data, generated: data }
      const discriminator = await measure(expectedValue, alone, {})
      const undecided = filled(logits.shape, 0)
      const generator = await measure(expectedValue, { logits: undecided, data, generated }, {})
      return [
        between(arithmetic, 'V(p, D) ≤ −ln 4', discriminator.value, null, ofGame),
        { label: 'V(q, ½) = −ln 4', expected: ofGame, actual: generator.value },
      ]
    },
  }),
  law('solved', {
    of: optimalDiscriminator,
    asks: [optimalDiscriminator, jensenShannon],
    title: 'with the distribution of the data the discriminator is ½ and the value −ln 4',
    kills: [givesDensity, givesRatio, valueIsDivergence],
    share: 0.3,
    async holds({ arithmetic, exact, inputs: { data }, measure }) {
      const { log, negate } = arithmetic
      const alike = { data, generated: changed(data, (p) => 4 * p) }
      const { probability, value } = await measure(optimalDiscriminator, alike, {})
      const { divergence } = await measure(jensenShannon, alike, {})
      return [
        { label: 'D*', expected: exact(filled(data.shape, 0.5)), actual: probability },
        { label: 'C(G)', expected: scalar(negate(log(arithmetic.exact(4)))), actual: value },
        { label: 'JSD', expected: exact(scalar(0)), actual: divergence },
      ]
    },
  }),
)
