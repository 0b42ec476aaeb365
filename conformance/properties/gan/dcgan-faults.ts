import { build } from '../../../reference/arithmetic/array.ts'
import { generatorShapes as reference } from '../../../reference/gan/dcgan.ts'
import { generatorShapes } from '../../../spec/gan/dcgan.ts'
import { permuted } from '../../kit/arrays.ts'
import { faultsOf, type Question } from '../../kit/faults.ts'

const wrong = faultsOf(generatorShapes, reference)

type Given = Question<typeof generatorShapes>['parameters']

/** Layers of a description, changed. */
const layers =
  (change: (layer: Given['layers'][number]) => Partial<Given['layers'][number]>) =>
  ({ layers }: Given): Partial<Given> => ({
    layers: layers.map((layer) => ({ ...layer, ...change(layer) })),
  })

export const forgetsOutputPadding = wrong.parameters(
  'forgets the output padding',
  layers(() => ({ outputPadding: 0 })),
)

export const stepsBehindTheLast = wrong.outputs(
  'multiplies rows and columns by the stride, whatever the kernel',
  ({ shapes }, { parameters: { layers } }) => {
    const grown = (l: number) => layers.slice(0, l).reduce((all, { stride }) => all * stride, 1)
    return {
      shapes: build(shapes.shape, (l, axis) =>
        axis === 2 ? shapes.at(l, axis) : shapes.at(0, axis) * grown(l),
      ),
    }
  },
)

export const alwaysBiases = wrong.parameters(
  'counts biases beside a normalization whether there are any or not',
  ({ layers, ...rest }) => ({
    ...rest,
    bias: true,
    layers: layers.map((layer) => ({ ...layer, bias: true })),
  }),
)

export const countsRunningMeans = wrong.outputs(
  'counts the running mean and variance of a normalization as learned',
  ({ parameters: counted }, { parameters: { channels, normalized, layers } }) => {
    const all = [{ channels, normalized }, ...layers]
    return {
      parameters: build(counted.shape, (l) => {
        const layer = all[l]!
        return counted.at(l) + (layer.normalized ? 2 * layer.channels : 0)
      }),
    }
  },
)

export const sharesProjectionBiases = wrong.outputs(
  'counts a bias a channel for the projection instead of one a unit',
  ({ parameters: counted }, { parameters: { rows, columns, channels, bias } }) => ({
    parameters: build(counted.shape, (l) =>
      l === 0 && bias ? counted.at(l) - (rows * columns - 1) * channels : counted.at(l),
    ),
  }),
)

export const countsOwnChannels = wrong.outputs(
  'counts the weights of a layer for as many channels in as out',
  ({ parameters: counted }, { parameters: { channels: first, layers } }) => ({
    parameters: build(counted.shape, (l) => {
      if (l === 0) return counted.at(0)
      const { kernel, channels } = layers[l - 1]!
      const before = layers[l - 2]?.channels ?? first
      return counted.at(l) + kernel ** 2 * channels * (channels - before)
    }),
  }),
)

export const swapsRows = wrong.parameters('takes rows for columns', ({ rows, columns }) => ({
  rows: columns,
  columns: rows,
}))

export const lastFirst = wrong.outputs(
  'lists the shapes from the last layer to the first',
  ({ shapes }, { sizes: { L } }) => ({
    shapes: permuted(shapes, (l, axis) => [L - 1 - l, axis]),
  }),
)
