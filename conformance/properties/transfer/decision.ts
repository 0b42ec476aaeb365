import { build } from '../../../reference/arithmetic/array.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { extractionLayer, smallRule, strategy, table } from '../../../spec/transfer/decision.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreement } from '../../kit/agreement.ts'
import { atMost } from '../../kit/claims.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { published } from '../../kit/published.ts'
import { rejection } from '../../kit/rejection.ts'
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

const names = ['small', 'large'].flatMap((size) =>
  ['similar', 'different'].map((similarity) => ({ size, similarity })),
) as readonly { size: 'small' | 'large'; similarity: 'similar' | 'different' }[]

const tableProperties = properties(
  table,
  agreement(strategy, 'integers', {
    kills: [swapsLayers, onlyFromScratch, tunesSmall, startsCold],
  }),
  published(
    'rules',
    strategy,
    names.map((parameters, row) => ({
      parameters,
      printed: [
        {
          label: `${parameters.size}, ${parameters.similarity}`,
          output: 'suitable',
          values: [
            [1, 0, 0, 0],
            [0, 1, 0, 0],
            [0, 0, 1, 0],
            [0, 0, 1, 1],
          ][row]!,
        },
      ],
    })),
    {
      title: 'the four rules of the course notes',
      kills: [swapsLayers, onlyFromScratch, tunesSmall, startsCold],
    },
  ),
  law('total', {
    of: { dimensions: {}, inputs: {}, parameters: {} },
    asks: [strategy],
    title: 'every combination has an answer, and from scratch is in just one of them',
    kills: [startsCold],
    share: 0.01,
    async holds({ answer, arithmetic, exact }) {
      const answered = await Promise.all(
        names.map((parameters) => answer(strategy, {}, parameters)),
      )
      const answers = answered.map(({ suitable }) => suitable)
      const one = arithmetic.exact(1)
      return [
        ...answers.map((suitable, row) =>
          atMost(
            arithmetic,
            `at least one for ${names[row]!.size}, ${names[row]!.similarity}`,
            one,
            arithmetic.total(suitable.data),
          ),
        ),
        {
          label: 'from scratch',
          expected: exact(build([], () => 1)),
          actual: build([], () => arithmetic.total(answers.map((suitable) => suitable.at(3)))),
        },
      ]
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
    of: { dimensions: {}, inputs: {}, parameters: { layers: integer({ min: 1, upTo: 12 }) } },
    asks: [extractionLayer],
    title: 'from the lowest layer to the highest, never down as similarity rises',
    kills: [upsideDown, countsFromZero],
    share: 0.2,
    async holds({ answer, arithmetic, exact, parameters }) {
      const { layers } = parameters
      const levels = 5
      const answered = await Promise.all(
        Array.from({ length: levels + 1 }, (_, similarity) =>
          answer(extractionLayer, {}, { size: 'small', similarity, levels, layers }),
        ),
      )
      const chosen = answered.map(({ layer }) => layer)
      const scalar = (value: number) => exact(build([], () => value))
      return [
        { label: 'lowest', expected: scalar(1), actual: chosen[0]! },
        { label: 'highest', expected: scalar(layers), actual: chosen[levels]! },
        ...chosen
          .slice(1)
          .map((layer, s) =>
            atMost(arithmetic, `not below level ${s}`, chosen[s]!.at(), layer.at()),
          ),
      ]
    },
  }),
  law('with-the-table', {
    of: { dimensions: {}, inputs: {}, parameters: { layers: integer({ min: 2, upTo: 12 }) } },
    asks: [extractionLayer, strategy],
    title: 'the layer is the highest, the lowest or none, as the table of strategies says',
    kills: [upsideDown, extractsAlways, swapsLayers, tunesSmall],
    share: 0.2,
    async holds({ answer, arithmetic, parameters }) {
      const comparisons = []
      for (const the of names) {
        const similarity = the.similarity === 'similar' ? 1 : 0
        const asked = { size: the.size, similarity, levels: 1, layers: parameters.layers }
        const { layer } = await answer(extractionLayer, {}, asked)
        const { suitable } = await answer(strategy, {}, the)
        const highest = arithmetic.multiply(arithmetic.exact(parameters.layers), suitable.at(0))
        comparisons.push({
          label: `${the.size}, ${the.similarity}`,
          expected: build([], () => arithmetic.add(highest, suitable.at(1))),
          actual: layer,
        })
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
