import { pyramid } from '../cnn/shape.ts'
import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  derived,
  operation,
  type Parameters,
  type Sizes,
  type Usual,
} from '../language/operation.ts'
import { boolean, integer, list, record } from '../language/parameter.ts'
import { dcgan } from './publications.ts'
import { tconv2d } from './tconv.ts'

interface Layer {
  readonly channels: number
  readonly kernel: number
  readonly stride: number
  readonly padding: number
  readonly outputPadding: number
  readonly bias: boolean
  readonly normalized: boolean
}

/** Rows (or columns) behind a layer. */
const behind = (size: number, { kernel, stride, padding, outputPadding }: Layer): number =>
  (size - 1) * stride + kernel - 2 * padding + outputPadding

/** Layers of which none gives less than a row for each that it gets, and so leaves none out. */
const keeps = ({ kernel, stride, padding, outputPadding }: Layer): boolean =>
  kernel + outputPadding - 2 * padding >= stride && outputPadding < stride

const grows = {
  says: 'layers whose kernels reach a stride further than what is cut off, and less output padding than that',
  argument: 'layers',
  holds: (_: Sizes, { layers }: Parameters) => (layers as readonly Layer[]).every(keeps),
  repair: (parameters: Parameters) => ({
    ...parameters,
    layers: (parameters.layers as readonly Layer[]).map((layer) => {
      const outputPadding = Math.min(layer.outputPadding, layer.stride - 1)
      const kernel = Math.max(layer.kernel, layer.stride + 2 * layer.padding - outputPadding)
      return { ...layer, outputPadding, kernel }
    }),
  }),
  violate: (parameters: Parameters) => ({
    ...parameters,
    layers: parameters.layers.map((layer: Layer) => ({ ...layer, outputPadding: layer.stride })),
  }),
}

const up = (channels: number, rest: Partial<Layer> = {}): Layer => ({
  channels,
  kernel: 5,
  stride: 2,
  padding: 2,
  outputPadding: 1,
  bias: false,
  normalized: true,
  ...rest,
})

const usual: readonly Usual[] = [
  {
    parameters: {
      noise: 100,
      rows: 4,
      columns: 4,
      channels: 1024,
      bias: false,
      normalized: true,
      layers: [up(512), up(256), up(128), up(3, { bias: true, normalized: false })],
    },
  },
  {
    parameters: {
      noise: 64,
      rows: 7,
      columns: 7,
      channels: 32,
      bias: true,
      normalized: false,
      layers: [
        up(16, { kernel: 4, padding: 1, outputPadding: 0 }),
        up(1, { kernel: 4, padding: 1, outputPadding: 0, bias: true, normalized: false }),
      ],
    },
  },
]

const layersOf = ({ parameters }: CaseView): readonly Layer[] => parameters.layers
const some =
  (holds: (layer: Layer) => boolean) =>
  (view: CaseView): boolean =>
    layersOf(view).some(holds)

/** The generator of a DCGAN, from a description of its layers: what each gives, and what it has. */
export const generatorShapes = operation({
  id: 'gan.generatorShapes',
  title: 'Shapes and parameters of a generator of transposed convolutions',
  level: 'core',
  dimensions: {
    L: derived((_, { layers }: Parameters) => layers.length + 1, 'layers, the projection first'),
    Axes: derived(() => 3, 'rows, columns and channels'),
  },
  inputs: {},
  parameters: {
    noise: integer({ min: 1, upTo: 8 }),
    rows: integer({ min: 1, upTo: 4 }),
    columns: integer({ min: 1, upTo: 4 }),
    channels: integer({ min: 1, upTo: 8 }),
    bias: boolean,
    normalized: boolean,
    layers: list(
      record({
        channels: integer({ min: 1, upTo: 6 }),
        kernel: integer({ min: 1, upTo: 5 }),
        stride: integer({ min: 1, upTo: 3 }),
        padding: integer({ min: 0, upTo: 2 }),
        outputPadding: integer({ min: 0, upTo: 2 }),
        bias: boolean,
        normalized: boolean,
      }),
      { min: 1, max: 8 },
    ),
  },
  constraints: [grows],
  usual,
  outputs: {
    shapes: array('rows, columns and channels behind each layer', 'L', 'Axes'),
    parameters: array('how many numbers of each layer are learned', 'L'),
  },
  classes: {
    'several layers': (view) => layersOf(view).length > 1,
    'rows are not columns': ({ parameters }: CaseView) => parameters.rows !== parameters.columns,
    'beginning with a single pixel': ({ parameters }: CaseView) =>
      parameters.rows === 1 && parameters.columns === 1,
    'a layer without biases': some(({ bias }) => !bias),
    'a layer with normalization': some(({ normalized }) => normalized),
    'a layer with output padding': some(({ outputPadding }) => outputPadding > 0),
    'a layer of stride 1': some(({ stride }) => stride === 1),
    'a layer that doubles': some((layer) => layer.stride === 2 && behind(4, layer) === 8),
    'channels that grow': (view) =>
      layersOf(view).some(
        ({ channels }, l, all) => channels > (all[l - 1]?.channels ?? view.parameters.channels),
      ),
  },
})

export const shapes = clause({
  id: 'gan.dcgan.shapes',
  title: 'A generator of transposed convolutions is a pyramid upside down',
  kind: 'count',
  operations: [generatorShapes, tconv2d, pyramid],
  statement:
    "Noise is projected to a few pixels of many channels; every transposed convolution then gives as many rows and columns as its stride, kernel and padding say, and as many channels as it has filters in its place. A kernel of 4 with stride 2 and padding 1 doubles rows and columns, as does one of 5 with padding 2 and output padding 1. Read from its last layer to its first, such a generator is the pyramid of a convolutional network. The projection of $Z$ numbers has $Z$ weights for each number that it gives; a transposed convolution from $K$ to $K'$ channels has $H'W'KK'$ weights. Each may have a bias a channel (a unit, for the projection) and, normalized over the batch, a factor and an offset a channel. DCGAN goes from 100 numbers over 4 × 4 × 1024, 8 × 8 × 512, 16 × 16 × 256 and 32 × 32 × 128 to 64 × 64 × 3.",
  formula: String.raw`H_l = (H_{l-1} - 1)S_l + H'_l - 2P_l + o_l,\qquad N_0 = Z H_0 W_0 K_0 + \beta_0 H_0 W_0 K_0 + 2 \nu_0 K_0,\qquad N_l = H_l'^{\,2} K_{l-1} K_l + \beta_l K_l + 2 \nu_l K_l`,
  domain:
    'Square kernels that reach a stride further than what is cut off, so that no layer loses a row.',
  conventions: [
    {
      choice: 'Noise goes through a dense layer whose units are rows × columns × channels.',
      others:
        'PyTorch’s example takes the noise for an image of 1 × 1 and begins with a transposed convolution of 4 × 4 without padding, which has the same weights.',
    },
    {
      choice:
        'Of a normalization, the factor and the offset count; it normalizes channels, behind the projection, too.',
      others: 'Running means and variances are kept by libraries, and not learned.',
    },
  ],
  source: {
    notes: [
      [694, 694],
      [696, 696],
    ],
    publications: [{ ...dcgan, where: 'figure 1 and section 3' }],
  },
  errata: [],
})
