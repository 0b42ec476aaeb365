import { build, elementwise, fromData } from '../../../reference/arithmetic/array.ts'
import { plus } from '../../../reference/layers/addition.ts'
import {
  discriminatorProbability,
  discriminatorProbabilityClause,
} from '../../../spec/gan/discriminator-probability.ts'
import type { Argument } from '../../engine/property.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, filled, plain } from '../../kit/arrays.ts'
import { atMost } from '../../kit/claims.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { about, worked } from '../../kit/worked.ts'
import {
  clips,
  generatedAsOne,
  givesLogits,
  halfTheLogit,
  overflows,
  takesFromOne,
} from './discriminator-probability-faults.ts'

/** The same logits, as far as their exponentials are numbers that every format holds. */
const moderate = (logits: Argument) => changed(logits, (a) => Math.min(8, Math.max(-8, a)))

export const discriminatorProbabilityProperties = properties(
  discriminatorProbabilityClause,
  ...agreementTwice(
    discriminatorProbability,
    { kills: [generatedAsOne, halfTheLogit, givesLogits] },
    { kills: [generatedAsOne, halfTheLogit, takesFromOne, clips, overflows, givesLogits] },
  ),
  law('opposite', {
    of: discriminatorProbability,
    values: 'reals',
    title: 'the opposite logit swaps both probabilities, and they add up to 1',
    kills: [overflows, givesLogits, takesFromOne],
    share: 0.5,
    async holds({ arithmetic, exact, inputs: { logits }, measure }) {
      const given = await measure(discriminatorProbability, { logits }, {})
      const opposite = { logits: changed(logits, (a) => -a) }
      const swapped = await measure(discriminatorProbability, opposite, {})
      return [
        { label: 'D(−a)', expected: given.complement, actual: swapped.probability },
        {
          label: 'D + (1 − D)',
          expected: exact(filled(logits.shape, 1)),
          actual: plus(arithmetic, given.probability, given.complement),
        },
      ]
    },
  }),
  law('odds', {
    of: discriminatorProbability,
    values: 'reals',
    title: 'the logit is the logarithm of the odds: D = eᵃ (1 − D)',
    kills: [generatedAsOne, halfTheLogit],
    share: 0.5,
    async holds({ arithmetic: { exp, multiply }, exact, inputs, measure }) {
      const logits = moderate(inputs.logits)
      const { probability, complement } = await measure(discriminatorProbability, { logits }, {})
      const odds = elementwise(exact(logits), exp)
      return [
        {
          label: 'D',
          expected: probability,
          actual: build(odds.shape, (m) => multiply(odds.at(m), complement.at(m))),
        },
      ]
    },
  }),
  law('increasing', {
    of: discriminatorProbability,
    values: 'reals',
    title: 'a larger logit has no smaller probability',
    kills: [generatedAsOne],
    share: 0.5,
    async holds({ arithmetic, inputs, measure }) {
      const sorted = plain(inputs.logits).data.toSorted((a, b) => a - b)
      const logits = fromData(inputs.logits.shape, sorted)
      const { probability } = await measure(discriminatorProbability, { logits }, {})
      return [atMost(arithmetic, 'D', ...probability.data)]
    },
  }),
  worked('by-hand', {
    of: discriminatorProbability,
    title: 'a logit of 0 says ½; of ±10,000, that there is no doubt',
    kills: [halfTheLogit, clips, overflows, givesLogits],
    cases: [
      {
        says: '0 and ln 3',
        inputs: { logits: tensor([2], [0, 1.0986123]) },
        gives: { probability: [0.5, about('0.750000')], complement: [0.5, about('0.250000')] },
      },
      {
        says: '±10,000',
        inputs: { logits: tensor([2], [10000, -10000]) },
        gives: { probability: [1, 0], complement: [0, 1] },
      },
    ],
  }),
)
