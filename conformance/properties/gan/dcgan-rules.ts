import { architecture, dcganRules, published, rules } from '../../../spec/gan/dcgan-rules.ts'
import type { ParametersOf } from '../../../spec/language/operation.ts'
import { agreement } from '../../kit/agreement.ts'
import { row } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { worked } from '../../kit/worked.ts'
import {
  allowsDense,
  anySlope,
  countsGenerator,
  forbidsDense,
  forbidsLogits,
  normalizesInput,
  normalizesLast,
  normalizesOutput,
  overlooksPooling,
  overlooksUnpooling,
  rectifiesBoth,
  sigmoidImages,
  swapsNetworks,
  tellsWhether,
} from './dcgan-rules-faults.ts'

type Networks = ParametersOf<typeof dcganRules>
type Layer = Networks['generator'][number]

const { generator, discriminator } = published
const none = rules.map(() => 0)

/** The networks of the publication, with one layer of one of them changed. */
const inGenerator = (l: number, change: Partial<Layer>): Networks => ({
  generator: generator.map((layer, at) => (at === l ? { ...layer, ...change } : layer)),
  discriminator,
})
const inDiscriminator = (l: number, change: Partial<Layer>): Networks => ({
  generator,
  discriminator: discriminator.map((layer, at) => (at === l ? { ...layer, ...change } : layer)),
})

/** A layer that keeps every rule in its place: what publications have there. */
function mended(layer: Layer, network: 'generator' | 'discriminator', l: number, L: number): Layer {
  const isLast = l === L - 1
  if (network === 'generator') {
    const kind = layer.kind === 'convolution' ? layer.kind : 'transposed'
    return { ...layer, kind, normalized: !isLast, activation: isLast ? 'tanh' : 'relu' }
  }
  const activation = isLast ? 'sigmoid' : 'leaky-relu'
  return { kind: 'convolution', normalized: l > 0 && !isLast, activation, slope: 0.2 }
}

export const dcganRulesProperties = properties(
  architecture,
  agreement(dcganRules, 'integers', {
    kills: [
      normalizesOutput,
      normalizesInput,
      normalizesLast,
      overlooksPooling,
      overlooksUnpooling,
      forbidsDense,
      allowsDense,
      anySlope,
      rectifiesBoth,
      sigmoidImages,
      forbidsLogits,
      swapsNetworks,
      tellsWhether,
      countsGenerator,
    ],
  }),
  law('counted', {
    of: dcganRules,
    title: 'as many layers break a rule as are marked in both networks',
    kills: [tellsWhether, countsGenerator],
    share: 0.2,
    async holds({ answer, arithmetic, parameters }) {
      const { broken, ...marked } = await answer(dcganRules, {}, parameters)
      const all = [marked.inGenerator, marked.inDiscriminator]
      const expected = rules.map((_, r) =>
        arithmetic.total(all.flatMap(({ data }) => data.filter((_, at) => at % 5 === r))),
      )
      return [{ label: 'broken', expected: row(...expected), actual: broken }]
    },
  }),
  law('mended', {
    of: dcganRules,
    title: 'networks of any number of layers that are mended as the rules say break none',
    kills: [normalizesOutput, normalizesInput, normalizesLast, sigmoidImages],
    share: 0.2,
    async holds({ answer, exact, parameters: given }) {
      const all = (network: 'generator' | 'discriminator') =>
        given[network].map((layer, l, { length }) => mended(layer, network, l, length))
      const right = { generator: all('generator'), discriminator: all('discriminator') }
      const answers = await answer(dcganRules, {}, right)
      return Object.entries(answers).map(([label, actual]) => ({
        label,
        expected: exact(row(...actual.data.map(() => 0))),
        actual: row(...actual.data),
      }))
    },
  }),
  worked('published', {
    of: dcganRules,
    title: 'the networks of the publication break no rule, and each change names the one it breaks',
    kills: [
      normalizesOutput,
      normalizesInput,
      normalizesLast,
      overlooksPooling,
      overlooksUnpooling,
      forbidsDense,
      allowsDense,
      anySlope,
      rectifiesBoth,
      forbidsLogits,
      swapsNetworks,
    ],
    cases: [
      {
        says: 'as published',
        parameters: published,
        gives: {
          inGenerator: generator.flatMap(() => none),
          inDiscriminator: discriminator.flatMap(() => none),
          broken: none,
        },
      },
      {
        says: 'a discriminator that gives logits',
        parameters: inDiscriminator(4, { activation: 'none' }),
        gives: { broken: none },
      },
      {
        says: 'pooling in place of a convolution with strides',
        parameters: inDiscriminator(2, { kind: 'pooling' }),
        gives: { broken: none.with(0, 1) },
      },
      {
        says: 'pixels repeated in place of a transposed convolution',
        parameters: inGenerator(2, { kind: 'unpooling' }),
        gives: { broken: none.with(0, 1) },
      },
      {
        says: 'an output of the generator that is normalized',
        parameters: inGenerator(4, { normalized: true }),
        gives: { broken: none.with(1, 1) },
      },
      {
        says: 'an input of the discriminator that is normalized',
        parameters: inDiscriminator(0, { normalized: true }),
        gives: { broken: none.with(1, 1) },
      },
      {
        says: 'a dense layer before the last one of the discriminator',
        parameters: inDiscriminator(3, { kind: 'dense' }),
        gives: { broken: none.with(2, 1) },
      },
      {
        says: 'images from a sigmoid',
        parameters: inGenerator(4, { activation: 'sigmoid' }),
        gives: { broken: none.with(3, 1) },
      },
      {
        says: 'a slope of 0.01',
        parameters: inDiscriminator(1, { slope: 0.01 }),
        gives: { broken: none.with(4, 1) },
      },
      {
        says: 'a rectifier without a leak',
        parameters: inDiscriminator(1, { activation: 'relu' }),
        gives: { broken: none.with(4, 1) },
      },
    ],
  }),
)
