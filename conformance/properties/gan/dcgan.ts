import { pyramid } from '../../../spec/cnn/shape.ts'
import { generatorShapes, shapes } from '../../../spec/gan/dcgan.ts'
import { tconv2d } from '../../../spec/gan/tconv.ts'
import type { ParametersOf } from '../../../spec/language/operation.ts'
import { elements } from '../../../spec/language/tensor.ts'
import { agreement } from '../../kit/agreement.ts'
import { filled, row, scalar, zeros } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { worked } from '../../kit/worked.ts'
import {
  alwaysBiases,
  countsOwnChannels,
  countsRunningMeans,
  forgetsOutputPadding,
  lastFirst,
  sharesProjectionBiases,
  stepsBehindTheLast,
  swapsRows,
} from './dcgan-faults.ts'

type Description = ParametersOf<typeof generatorShapes>
type Layer = Description['layers'][number]

const up = (channels: number, kernel: number, last = false): Layer => ({
  channels,
  kernel,
  stride: 2,
  padding: kernel === 5 ? 2 : 1,
  outputPadding: kernel === 5 ? 1 : 0,
  bias: last,
  normalized: !last,
})

/** The generator of figure 1 of the publication, with kernels of 5 or of 4. */
const published = (kernel: 4 | 5): Description => ({
  noise: 100,
  rows: 4,
  columns: 4,
  channels: 1024,
  bias: false,
  normalized: true,
  layers: [up(512, kernel), up(256, kernel), up(128, kernel), up(3, kernel, true)],
})

const publishedShapes = [
  [4, 4, 1024],
  [8, 8, 512],
  [16, 16, 256],
  [32, 32, 128],
  [64, 64, 3],
].flat()

export const dcganProperties = properties(
  shapes,
  agreement(generatorShapes, 'integers', {
    kills: [
      forgetsOutputPadding,
      stepsBehindTheLast,
      alwaysBiases,
      countsRunningMeans,
      sharesProjectionBiases,
      countsOwnChannels,
      swapsRows,
    ],
  }),
  law('allocated', {
    of: generatorShapes,
    asks: [generatorShapes, tconv2d],
    title:
      'layers that are allocated as described give the shapes and have the numbers that are counted',
    kills: [forgetsOutputPadding, stepsBehindTheLast, countsOwnChannels, swapsRows],
    share: 0.2,
    async holds({ answer, exact, parameters: given }) {
      // Two layers tell all that more of them would, and fewer numbers.
      const description = { ...given, layers: given.layers.slice(0, 2) }
      const counted = await answer(generatorShapes, {}, description)
      let image = filled([1, given.rows, given.columns, given.channels], 1)
      const found: number[] = [...image.shape.slice(1)]
      const projection =
        (given.noise + Number(given.bias)) * elements(image.shape) +
        (given.normalized ? 2 * given.channels : 0)
      const learned = [projection]
      for (const layer of description.layers) {
        const { kernel, channels, stride, padding: p, outputPadding: o, bias, normalized } = layer
        const filters = zeros([kernel, kernel, channels, image.shape[3]!])
        const biases = zeros([channels])
        const { y } = await answer(
          tconv2d,
          { z: image, filters, bias: biases },
          {
            strides: [stride, stride],
            dilations: [1, 1],
            padding: [p, p, p, p],
            outputPadding: [o, o],
            groups: 1,
          },
        )
        found.push(...y.shape.slice(1))
        learned.push(
          elements(filters.shape) +
            (Number(bias) + 2 * Number(normalized)) * elements(biases.shape),
        )
        image = zeros(y.shape)
      }
      return [
        {
          label: 'shapes',
          expected: exact(row(...found)),
          actual: row(...counted.shapes.data),
        },
        { label: 'parameters', expected: exact(row(...learned)), actual: counted.parameters },
      ]
    },
  }),
  law('pyramid', {
    of: generatorShapes,
    asks: [generatorShapes, pyramid],
    title: 'read from its last layer to its first, it is a pyramid where channels do not grow',
    kills: [lastFirst],
    share: 0.4,
    async holds({ answer, arithmetic, exact, parameters }) {
      let channels = parameters.channels
      const layers = parameters.layers.map((layer) => {
        channels = Math.min(channels, layer.channels)
        return { ...layer, channels }
      })
      const { shapes } = await answer(generatorShapes, {}, { ...parameters, layers })
      const at = (l: number, axis: number) => arithmetic.toNumber(shapes.at(l, axis))
      const reversed = Array.from({ length: shapes.shape[0]! }, (_, l) => ({
        kind: 'convolution' as const,
        rows: at(l, 0),
        columns: at(l, 1),
        channels: at(l, 2),
      })).toReversed()
      const { first } = await answer(pyramid, {}, { layers: reversed })
      return [{ label: 'no layer breaks it', expected: exact(scalar(-1)), actual: first }]
    },
  }),
  worked('published', {
    of: generatorShapes,
    title: 'the generator of the publication goes from 4 × 4 × 1024 to 64 × 64 × 3',
    kills: [countsRunningMeans, alwaysBiases],
    cases: [
      {
        says: 'kernels of 5: 25·1024·512 weights and 2·512 numbers of the normalization, and so on',
        parameters: published(5),
        gives: {
          shapes: publishedShapes,
          parameters: [1640448, 13108224, 3277312, 819456, 9603],
        },
      },
      {
        says: 'kernels of 4 with padding 1 double as well, with 16 weights in place of 25',
        parameters: published(4),
        gives: { shapes: publishedShapes, parameters: [1640448, 8389632, 2097664, 524544, 6147] },
      },
    ],
  }),
)
