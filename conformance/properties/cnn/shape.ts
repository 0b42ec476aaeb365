import { pyramid, pyramidClause } from '../../../spec/cnn/shape.ts'
import { integer, list, record } from '../../../spec/language/parameter.ts'
import { agreement } from '../../kit/agreement.ts'
import { scalar } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { worked } from '../../kit/worked.ts'
import {
  countsFromOne,
  growsOnly,
  ignoresChannels,
  neighboursOnly,
  rowsOnly,
  strictly,
} from './shape-faults.ts'

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
      const grown = layers.toSpliced(broken, 0, { ...layers[broken - 1], rows: 99 })
      const { first: found } = await answer(pyramid, {}, { layers: grown })
      return [
        { label: 'a pyramid', expected: exact(scalar(-1)), actual: first },
        { label: 'one that grows', expected: exact(scalar(broken)), actual: found },
      ]
    },
  }),
  worked('networks', {
    of: pyramid,
    title: 'VGG-16 is a pyramid, a decoder is none',
    kills: [strictly, growsOnly],
    cases: [
      {
        says: 'VGG-16, configuration D',
        parameters: {
          layers: blocks([224, 64, 2], [112, 128, 2], [56, 256, 3], [28, 512, 3], [14, 512, 3]),
        },
        gives: { first: [-1] },
      },
      {
        says: 'a decoder',
        parameters: { layers: [convolution(4, 512), convolution(8, 256), convolution(16, 128)] },
        gives: { first: [1] },
      },
    ],
  }),
)
