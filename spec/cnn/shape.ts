import { clause } from '../language/clause.ts'
import { array, type CaseView, operation } from '../language/operation.ts'
import { choice, integer, list, record } from '../language/parameter.ts'

interface Layer {
  readonly kind: 'convolution' | 'pooling'
  readonly rows: number
  readonly columns: number
  readonly channels: number
}

const layersOf = (view: CaseView): readonly Layer[] => view.parameters.layers

/** Whether some layer differs from the one before it in this way. */
const somewhere =
  (differs: (before: Layer, layer: Layer) => boolean) =>
  (view: CaseView): boolean =>
    layersOf(view).some((layer, l, all) => l > 0 && differs(all[l - 1]!, layer))

/** Finds where a network stops being a pyramid. */
export const pyramid = operation({
  id: 'cnn.pyramid',
  title: 'First layer of a network that breaks the pyramid',
  level: 'core',
  dimensions: {},
  inputs: {},
  parameters: {
    layers: list(
      record({
        kind: choice('convolution', 'pooling'),
        rows: integer({ min: 1, upTo: 3 }),
        columns: integer({ min: 1, upTo: 3 }),
        channels: integer({ min: 1, upTo: 3 }),
      }),
      { min: 1, max: 24 },
    ),
  },
  usual: [
    {
      parameters: {
        layers: [
          { kind: 'convolution', rows: 8, columns: 8, channels: 4 },
          { kind: 'pooling', rows: 4, columns: 4, channels: 4 },
          { kind: 'convolution', rows: 4, columns: 4, channels: 8 },
        ],
      },
    },
  ],
  outputs: { first: array('the index of that layer, -1 if there is none') },
  classes: {
    'more rows': somewhere((before, { rows }) => rows > before.rows),
    'more columns': somewhere((before, { columns }) => columns > before.columns),
    'a convolution with fewer channels than the one before': somewhere(
      (before, { kind, channels }) =>
        kind === 'convolution' && before.kind === 'convolution' && channels < before.channels,
    ),
    'a convolution after pooling': somewhere(
      (before, { kind }) => kind === 'convolution' && before.kind === 'pooling',
    ),
    'many layers': (view) => layersOf(view).length > 6,
  },
})

export const pyramidClause = clause({
  id: 'cnn.shape.pyramid',
  title: 'Deeper layers are smaller in space and richer in channels',
  kind: 'decision',
  operations: [pyramid],
  statement:
    'A network is a pyramid when no layer has more rows or more columns than the layer before it, and no convolution has fewer channels than the convolution before it, however many pooling layers stand between them. The first layer that breaks either rule is the answer; the channels of pooling layers are not judged.',
  formula: String.raw`H_l \le H_{l-1},\quad W_l \le W_{l-1},\qquad C_l \ge C_{l'} \text{ for a convolution } l \text{ and the last convolution } l' < l`,
  domain: 'Lists of 1 to 24 layers.',
  conventions: [
    {
      choice: 'Equal sizes and equal numbers of channels are allowed, as blocks of VGG have them.',
      others: 'Taken strictly, every layer would have to be smaller.',
    },
  ],
  source: {
    notes: [[80, 80]],
    publications: [
      {
        title:
          'LeCun, Bottou, Bengio, Haffner (1998), Gradient-based learning applied to document recognition',
        where: 'section II.A',
      },
      {
        title:
          'Simonyan, Zisserman (2015), Very deep convolutional networks for large-scale image recognition',
        where: 'table 1',
      },
    ],
  },
  errata: [],
})
