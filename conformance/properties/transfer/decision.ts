import { integer } from '../../../spec/language/parameter.ts'
import { extractionLayer, smallRule, strategy, table } from '../../../spec/transfer/decision.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreement } from '../../kit/agreement.ts'
import { scalar } from '../../kit/arrays.ts'
import { atMost } from '../../kit/claims.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { nothing, withParameters } from '../../kit/spaces.ts'
import { worked } from '../../kit/worked.ts'
import {
  acceptsAnyLevel,
  answersAnything,
  countsFromZero,
  extractsAlways,
  onlyFromScratch,
  roundsUp,
  startsCold,
  swapsLayers,
  tunesSmall,
  upsideDown,
} from './decision-faults.ts'

/** The four kinds of task, each with what suits it: higher features, lower ones, tuning, from scratch. */
const rules = [
  { size: 'small', similarity: 'similar', suitable: [1, 0, 0, 0] },
  { size: 'small', similarity: 'different', suitable: [0, 1, 0, 0] },
  { size: 'large', similarity: 'similar', suitable: [0, 0, 1, 0] },
  { size: 'large', similarity: 'different', suitable: [0, 0, 1, 1] },
] as const

const tableProperties = properties(
  table,
  agreement(strategy, 'integers', {
    kills: [swapsLayers, onlyFromScratch, tunesSmall, startsCold],
  }),
  worked('rules', {
    of: strategy,
    title: 'the four rules of the course notes',
    kills: [swapsLayers, onlyFromScratch, tunesSmall, startsCold],
    cases: rules.map(({ suitable, ...parameters }) => ({ parameters, gives: { suitable } })),
  }),
  law('total', {
    of: nothing,
    asks: [strategy],
    title: 'every combination has an answer, and from scratch is in just one of them',
    kills: [startsCold],
    share: 0.01,
    async holds({ answer, arithmetic }) {
      const { total } = arithmetic
      const one = arithmetic.exact(1)
      const fromScratch = []
      const comparisons = []
      for (const { size, similarity } of rules) {
        const { suitable } = await answer(strategy, {}, { size, similarity })
        const label = `at least one for ${size}, ${similarity}`
        comparisons.push(atMost(arithmetic, label, one, total(suitable.data)))
        fromScratch.push(suitable.at(3))
      }
      const actual = scalar(total(fromScratch))
      return [...comparisons, { label: 'from scratch', expected: scalar(one), actual }]
    },
  }),
  rejection('rejected', strategy, invalidities(strategy), {
    title: 'other sizes and similarities are rejected',
    kills: [answersAnything],
  }),
  worked('E-59', {
    of: strategy,
    title: 'fine-tuning suits large and different data as well',
    kills: [onlyFromScratch],
    parameters: { size: 'large', similarity: 'different' },
    notes: { suitable: [0, 0, 0, 1] },
    gives: { suitable: [0, 0, 1, 1] },
  }),
)

const smallRuleProperties = properties(
  smallRule,
  agreement(extractionLayer, 'integers', {
    kills: [roundsUp, upsideDown, extractsAlways, countsFromZero],
  }),
  law('monotone', {
    of: withParameters(nothing, { layers: integer({ min: 1, upTo: 12 }) }),
    asks: [extractionLayer],
    title: 'from the lowest layer to the highest, never down as similarity rises',
    kills: [upsideDown, countsFromZero],
    share: 0.2,
    async holds({ answer, arithmetic, exact, parameters: { layers } }) {
      const small = { size: 'small', levels: 5, layers } as const
      const answers = [0, 1, 2, 3, 4, 5].map((similarity) =>
        answer(extractionLayer, {}, { ...small, similarity }),
      )
      const chosen = (await Promise.all(answers)).map(({ layer }) => layer)
      return [
        { label: 'lowest', expected: exact(scalar(1)), actual: chosen[0]! },
        { label: 'highest', expected: exact(scalar(layers)), actual: chosen[5]! },
        atMost(arithmetic, 'never down', ...chosen.map((layer) => layer.at())),
      ]
    },
  }),
  law('with-the-table', {
    of: withParameters(nothing, { layers: integer({ min: 2, upTo: 12 }) }),
    asks: [extractionLayer, strategy],
    title: 'the layer is the highest, the lowest or none, as the table of strategies says',
    kills: [upsideDown, extractsAlways, swapsLayers, tunesSmall],
    share: 0.2,
    async holds({ answer, arithmetic, parameters: { layers } }) {
      const { add, exact, multiply } = arithmetic
      const comparisons = []
      for (const { size, similarity } of rules) {
        const level = similarity === 'similar' ? 1 : 0
        const asked = { size, similarity: level, levels: 1, layers }
        const { layer } = await answer(extractionLayer, {}, asked)
        const { suitable } = await answer(strategy, {}, { size, similarity })
        const expected = scalar(add(multiply(exact(layers), suitable.at(0)), suitable.at(1)))
        comparisons.push({ label: `${size}, ${similarity}`, expected, actual: layer })
      }
      return comparisons
    },
  }),
  rejection('rejected', extractionLayer, invalidities(extractionLayer), {
    title: 'a similarity above the highest level is rejected',
    kills: [acceptsAnyLevel],
  }),
)

export const decisionProperties = [...tableProperties, ...smallRuleProperties]
