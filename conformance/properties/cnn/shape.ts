import { build, fromData } from '../../../reference/arithmetic/array.ts'
import { pyramid as reference } from '../../../reference/cnn/shape.ts'
import { pyramid, pyramidClause } from '../../../spec/cnn/shape.ts'
import { integer, list, record } from '../../../spec/language/parameter.ts'
import { agreement } from '../../kit/agreement.ts'
import { faultsOf } from '../../kit/faults.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { published } from '../../kit/published.ts'

const last = (answer: number) => ({ first: build([], () => answer) })

const wrong = faultsOf(pyramid, reference)

const strictly = wrong.answer('asks every layer to be smaller', ({ parameters }) => {
  const { layers } = parameters
  return last(
    layers.findIndex((layer, l) => {
      const before = layers[l - 1]
      return before !== undefined && (layer.rows >= before.rows || layer.columns >= before.columns)
    }),
  )
})

const rowsOnly = wrong.answer(
  'looks at the rows and not at the columns',
  ({ inputs, parameters, right }) =>
    right(inputs, {
      layers: parameters.layers.map((layer) => ({ ...layer, columns: 1 })),
    }),
)

const neighboursOnly = wrong.answer(
  'compares the channels with the layer before, pooling or not',
  ({ inputs, parameters, right }) =>
    right(inputs, {
      layers: parameters.layers.map((layer) => ({ ...layer, kind: 'convolution' as const })),
    }),
)

const ignoresChannels = wrong.answer(
  'does not look at the channels',
  ({ inputs, parameters, right }) =>
    right(inputs, { layers: parameters.layers.map((layer) => ({ ...layer, channels: 1 })) }),
)

const countsFromOne = wrong.answer('counts layers from 1', ({ inputs, parameters, right }) => {
  const first = right(inputs, parameters).first.at()
  return last(first < 0 ? first : first + 1)
})

const growsOnly = wrong.answer(
  'takes the opposite: sizes are to grow, as in a decoder',
  ({ inputs, parameters, right }) => {
    const turned = right(inputs, { layers: parameters.layers.toReversed() }).first.at()
    return last(turned)
  },
)

/** Steps from layer to layer, of which a pyramid is built: how much smaller, how many channels more. */
const steps = {
  dimensions: {},
  inputs: {},
  parameters: {
    steps: list(
      record({
        rows: integer({ min: 0, upTo: 2 }),
        columns: integer({ min: 0, upTo: 2 }),
        channels: integer({ min: 0, upTo: 8 }),
      }),
      { min: 1, max: 8 },
    ),
    place: integer({ min: 0, upTo: 7 }),
  },
}

const convolution = (side: number, channels: number) =>
  ({ kind: 'convolution', rows: side, columns: side, channels }) as const
const pooling = (side: number, channels: number) =>
  ({ kind: 'pooling', rows: side, columns: side, channels }) as const

/** Blocks of equal convolutions, each block followed by pooling to half the size. */
const blocks = (...all: readonly (readonly [side: number, channels: number, count: number])[]) =>
  all.flatMap(([side, channels, count]) => [
    ...Array.from({ length: count }, () => convolution(side, channels)),
    pooling(side / 2, channels),
  ])

export const shapeProperties = properties(
  pyramidClause,
  agreement(pyramid, 'integers', {
    kills: [strictly, rowsOnly, neighboursOnly, ignoresChannels, countsFromOne, growsOnly],
  }),
  law('built', {
    of: steps,
    asks: [pyramid],
    title: 'layers that shrink and gain channels are a pyramid; one that grows breaks it there',
    kills: [strictly, growsOnly, countsFromOne],
    async holds({ answer, exact, parameters }) {
      const { steps, place } = parameters
      const from = (l: number, part: 'rows' | 'columns' | 'channels') =>
        steps.slice(l).reduce((sum, step) => sum + step[part], 1)
      const layers = steps.map((_, l) => ({
        kind: 'convolution' as const,
        rows: from(l, 'rows'),
        columns: from(l, 'columns'),
        channels: 100 - from(l, 'channels'),
      }))
      const { first } = await answer(pyramid, {}, { layers })
      const broken = 1 + (place % layers.length)
      const grown = layers.toSpliced(broken, 0, { ...layers[broken - 1]!, rows: 99 })
      const { first: found } = await answer(pyramid, {}, { layers: grown })
      return [
        { label: 'a pyramid', expected: exact(fromData([], [-1])), actual: first },
        { label: 'one that grows', expected: exact(fromData([], [broken])), actual: found },
      ]
    },
  }),
  published(
    'networks',
    pyramid,
    [
      {
        // Configuration D: 224² · 64 twice, 112² · 128 twice, 56² · 256, 28² and 14² · 512 thrice.
        parameters: {
          layers: blocks([224, 64, 2], [112, 128, 2], [56, 256, 3], [28, 512, 3], [14, 512, 3]),
        },
        printed: [{ label: 'VGG-16', output: 'first', values: [-1] }],
      },
      {
        parameters: {
          layers: [convolution(4, 512), convolution(8, 256), convolution(16, 128)],
        },
        printed: [{ label: 'a decoder', output: 'first', values: [1] }],
      },
    ],
    { title: 'VGG-16 is a pyramid, a decoder is none', kills: [strictly, growsOnly] },
  ),
)
