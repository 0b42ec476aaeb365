import { clause } from '../language/clause.ts'
import {
  array,
  atLeast,
  type CaseView,
  derived,
  free,
  operation,
  type Parameters,
  type Sizes,
} from '../language/operation.ts'
import { boolean, integer } from '../language/parameter.ts'
import { layers, network, networkDimensions, passing, x } from './network.ts'
import { offTheShelf, transferNotes } from './publications.ts'

const { N, I, H, F } = networkDimensions

/** What a layer of a fully connected network gives for each sample. */
export const denseDescriptors = operation({
  id: 'transfer.denseDescriptors',
  title: 'Descriptors from a fully connected layer',
  level: 'core',
  dimensions: {
    N,
    I,
    H,
    F,
    Units: derived(
      ({ H, F }: Sizes, { layer }: Parameters) => (layer === 1 ? H! : F!),
      'units of the layer after which the network is cut',
    ),
  },
  inputs: { x, ...layers },
  parameters: { layer: integer({ min: 1, upTo: 2, max: 2 }) },
  usual: [{ sizes: { N: 1 }, parameters: { layer: 2 } }, { parameters: { layer: 1 } }],
  sums: [
    {
      sizes: { N: 52, I: 81, H: 32, F: 1 },
      parameters: { layer: 1 },
    },
    {
      sizes: { N: 16, I: 81, H: 81, F: 32 },
      parameters: { layer: 2 },
      arrays: { x: 'magnitudes', ...passing('weights1', 'biases1') },
    },
  ],
  outputs: { descriptors: array('one descriptor a sample', 'N', 'Units') },
  classes: {
    'the lower layer': ({ parameters }: CaseView) => parameters.layer === 1,
    'the higher layer': ({ parameters }: CaseView) => parameters.layer === 2,
    'one sample': ({ sizes }: CaseView) => sizes.N === 1,
    'one unit': ({ sizes }: CaseView) => sizes.Units === 1,
  },
})

/** What a convolutional layer gives for each image, as one row of numbers. */
export const convolutionalDescriptors = operation({
  id: 'transfer.convolutionalDescriptors',
  title: 'Descriptors from a convolutional layer',
  level: 'core',
  dimensions: {
    N: free(1, 2, 'images'),
    U: free(1, 2, 'rows of the kernel'),
    V: free(1, 2, 'columns of the kernel'),
    K: free(1, 3, 'channels'),
    Q: free(1, 3, 'filters'),
    R: atLeast(({ U }: Sizes) => U!, 2, 'rows', 'the rows of the kernel'),
    S: atLeast(({ V }: Sizes) => V!, 2, 'columns', 'the columns of the kernel'),
    Units: derived(
      ({ R, S, U, V, Q }: Sizes, { pooled }: Parameters) =>
        pooled ? Q! : (R! - U! + 1) * (S! - V! + 1) * Q!,
      'filters, or positions times filters',
    ),
  },
  inputs: {
    x: array('the images', 'N', 'R', 'S', 'K'),
    filters: array('the filters of the layer', 'U', 'V', 'K', 'Q'),
    bias: array('its biases', 'Q'),
  },
  parameters: { pooled: boolean },
  usual: [
    { sizes: { U: 3, V: 3, S: ({ R }) => R! }, parameters: { pooled: true } },
    { sizes: { U: 1, V: 1 }, parameters: { pooled: true } },
    { sizes: { U: 3, V: 3 }, parameters: { pooled: false } },
  ],
  sums: [
    { sizes: { N: 2, U: 3, V: 3, K: 9, Q: 16, R: 10, S: 10 }, parameters: { pooled: false } },
    {
      sizes: { N: 16, U: 1, V: 1, K: 8, Q: 8, R: 8, S: 8 },
      parameters: { pooled: true },
      arrays: { x: 'magnitudes', filters: 'identity kernel', bias: 'zeros' },
    },
  ],
  outputs: { descriptors: array('one descriptor an image', 'N', 'Units') },
  classes: {
    pooled: ({ parameters }: CaseView) => parameters.pooled,
    flattened: ({ parameters }: CaseView) => !parameters.pooled,
    'several positions': ({ sizes: { R, S, U, V } }: CaseView) => (R! - U! + 1) * (S! - V! + 1) > 1,
    'several filters': ({ sizes }: CaseView) => sizes.Q! > 1,
  },
})

/** How long the descriptor of a layer is, beside how many weights the layer has. */
export const descriptorSize = operation({
  id: 'transfer.descriptorSize',
  title: 'Length of a descriptor and number of weights of its layer',
  level: 'core',
  dimensions: {},
  inputs: {},
  parameters: {
    rows: integer({ min: 1, upTo: 7 }),
    columns: integer({ min: 1, upTo: 7 }),
    kernelRows: integer({ min: 1, upTo: 3 }),
    kernelColumns: integer({ min: 1, upTo: 3 }),
    channels: integer({ min: 1, upTo: 16 }),
    filters: integer({ min: 1, upTo: 16 }),
    pooled: boolean,
  },
  usual: [
    {
      parameters: {
        rows: 7,
        columns: 7,
        kernelRows: 3,
        kernelColumns: 3,
        channels: 512,
        filters: 512,
      },
    },
    {
      parameters: {
        rows: 6,
        columns: 6,
        kernelRows: 3,
        kernelColumns: 3,
        channels: 384,
        filters: 256,
      },
    },
  ],
  outputs: {
    length: array('numbers in the descriptor'),
    weights: array('weights of the layer, without biases'),
  },
  classes: {
    pooled: ({ parameters }: CaseView) => parameters.pooled,
    flattened: ({ parameters }: CaseView) => !parameters.pooled,
    'map not square': ({ parameters }: CaseView) => parameters.rows !== parameters.columns,
    'more weights than units': ({ parameters: p }: CaseView) =>
      p.kernelRows * p.kernelColumns * p.channels > p.rows * p.columns,
  },
})

const codes = { ...transferNotes, where: 'ConvNet as fixed feature extractor' } as const

export const extractor = clause({
  id: 'transfer.feature-extractor',
  title: 'A descriptor has one number for every unit of the layer where the network is cut',
  kind: 'formula',
  operations: [denseDescriptors, convolutionalDescriptors, descriptorSize, network],
  statement:
    'Cut after a layer, a network gives for each input a row of numbers, the rectified responses of that layer: one a unit for a fully connected layer, one a filter for a convolutional layer when each map is averaged, and one a filter and position when the maps are flattened. How many weights the layer has does not matter. The rest of the network, applied to the descriptors, gives what the whole network gives.',
  formula: String.raw`\phi_1(x) = (W_1^\top x + b_1)_+,\quad \phi_2(x) = (W_2^\top \phi_1(x) + b_2)_+,\quad N(x) = V^\top \phi_2(x) + c;\qquad \dim \phi = \text{units}: F,\; Q \text{ or } H_o W_o Q`,
  domain: 'Fully connected layers, and convolutions of stride 1 without padding.',
  conventions: [
    {
      choice: 'Responses are taken after the rectifier.',
      others: 'Taken before it, a descriptor has negative numbers as well.',
    },
    {
      choice:
        'The rows and columns of which the length of a descriptor is told are those of the maps that the layer gives.',
      others: 'The image has more, by the size of the kernel less one.',
    },
    {
      choice: 'Maps are flattened row by row, all filters of a position together.',
      others: 'PyTorch and ONNX flatten all positions of a filter together.',
    },
  ],
  evaluations: [{ way: 'the sum over the positions, divided once' }],
  source: {
    notes: [[136, 136]],
    publications: [codes, { ...offTheShelf, where: 'section 3' }],
  },
  errata: [
    {
      id: 'E-18',
      lines: [136, 136],
      says: 'The descriptor has as many numbers as the last layer that is kept has weights.',
      counterexample:
        'A layer of one unit on two inputs, weights 1 and 2, input (1, 1): it has two weights, and its descriptor is the single number 3.',
      correction:
        'It has as many numbers as the layer has units: a layer of 4096 units on 4096 inputs gives 4096 numbers and has 16 777 216 weights.',
      settledBy: codes,
    },
  ],
})
