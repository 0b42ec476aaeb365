import { clause } from '../language/clause.ts'
import { array, type CaseView, derived, operation, type Parameters } from '../language/operation.ts'
import { choice, integer, list } from '../language/parameter.ts'
import { fire } from './fire.ts'
import { squeezeNet, torchvision } from './publications.ts'

/** How many parameters a fire module has. */
export const fireCounts = operation({
  id: 'efficient.fireCounts',
  title: 'Parameters of a fire module',
  level: 'core',
  dimensions: { Layers: derived(() => 3, 'squeeze, expand 1 × 1, expand 3 × 3') },
  inputs: {},
  parameters: {
    channels: integer({ min: 1, upTo: 64 }),
    squeeze: integer({ min: 1, upTo: 16 }),
    expand1: integer({ min: 1, upTo: 32 }),
    expand3: integer({ min: 1, upTo: 32 }),
  },
  usual: [
    { parameters: { channels: 96, squeeze: 16, expand1: 64, expand3: 64 } },
    { parameters: { channels: 512, squeeze: 64, expand1: 256, expand3: 256 } },
  ],
  outputs: {
    parameters: array('weights and biases of the module'),
    byLayer: array('weights and biases of each layer', 'Layers'),
    unsqueezed: array('weights of its 3 × 3 filters, were they to see all channels'),
    squeezed: array('weights of its 3 × 3 filters'),
  },
  classes: {
    'fewer channels squeezed than given': ({ parameters }: CaseView) =>
      parameters.squeeze < parameters.channels,
    'more channels squeezed than given': ({ parameters }: CaseView) =>
      parameters.squeeze > parameters.channels,
    'one squeezed channel': ({ parameters }: CaseView) => parameters.squeeze === 1,
  },
})

/** How large a whole SqueezeNet is, layer by layer, and what an image costs. */
export const squeezenet = operation({
  id: 'efficient.squeezenet',
  title: 'Parameters, sizes and multiply-adds of a SqueezeNet',
  level: 'core',
  dimensions: { Layers: derived(() => 10, 'a convolution, eight fire modules, a convolution') },
  inputs: {},
  parameters: {
    /** 1.0 is the network of the publication; 1.1 has a smaller first layer and pools earlier. */
    version: choice('1.0', '1.1'),
    side: integer({ min: 32, upTo: 256 }),
    classes: integer({ min: 1, upTo: 1000 }),
  },
  usual: [
    { parameters: { version: '1.0', side: 227, classes: 1000 } },
    { parameters: { version: '1.1', side: 224, classes: 1000 } },
  ],
  outputs: {
    parameters: array('weights and biases of all layers'),
    byLayer: array('weights and biases of each layer', 'Layers'),
    sides: array('the side of what each layer gives', 'Layers'),
    multiplyAdds: array('multiply-adds for one image'),
  },
  classes: {
    'version 1.0': ({ parameters }: CaseView) => parameters.version === '1.0',
    'version 1.1': ({ parameters }: CaseView) => parameters.version === '1.1',
    'even side': ({ parameters }: CaseView) => parameters.side % 2 === 0,
    'odd side': ({ parameters }: CaseView) => parameters.side % 2 === 1,
  },
})

/** What convolutions in a row cost that all have the same filters, each with a stride of its own. */
export const stridedChain = operation({
  id: 'efficient.stridedChain',
  title: 'Sizes and costs of convolutions in a row with given strides',
  level: 'core',
  dimensions: { Layers: derived((_, { strides }: Parameters) => strides.length, 'convolutions') },
  inputs: {},
  parameters: {
    rows: integer({ min: 1, upTo: 16 }),
    columns: integer({ min: 1, upTo: 16 }),
    channels: integer({ min: 1, upTo: 4 }),
    strides: list(integer({ min: 1, upTo: 2 }), { min: 1, max: 5 }),
  },
  usual: [
    { parameters: { rows: 32, columns: 32, channels: 3, strides: [2, 1, 2, 1] } },
    { parameters: { rows: 224, columns: 224, strides: [2, 2, 2, 2, 2] } },
  ],
  outputs: {
    multiplyAdds: array('multiply-adds of all layers'),
    positions: array('rows times columns of what each layer gives', 'Layers'),
    memory: array('numbers that all layers together give'),
    weights: array('weights of all layers'),
  },
  classes: {
    'one layer': ({ parameters }: CaseView) => parameters.strides.length === 1,
    'several layers': ({ parameters }: CaseView) => parameters.strides.length > 1,
    'no stride': ({ parameters: { strides } }: CaseView) => strides.every((s: number) => s === 1),
    'early stride': ({ parameters: { strides } }: CaseView) =>
      strides.length > 1 && strides[0] > 1 && strides.at(-1) === 1,
    'late stride': ({ parameters: { strides } }: CaseView) =>
      strides.length > 1 && strides[0] === 1 && strides.at(-1) > 1,
    'image not square': ({ parameters }: CaseView) => parameters.rows !== parameters.columns,
  },
})

export const params = clause({
  id: 'efficient.squeezenet.params',
  title: 'Squeezing divides the weights of the 3 × 3 filters',
  kind: 'count',
  operations: [fireCounts, squeezenet, fire],
  statement:
    'A fire module on $C$ channels has $Cs + s$ parameters in its squeeze layer, $se_1 + e_1$ in its 1 × 1 and $9se_3 + e_3$ in its 3 × 3 filters, which would have $9Ce_3$ weights without the squeeze, $C/s$ times as many. The eight modules of SqueezeNet, with a convolution before and after them, have 1 248 424 parameters for 1000 classes.',
  formula: String.raw`(C+1)s + (s+1)e_1 + (9s+1)e_3,\qquad \frac{9Ce_3}{9se_3} = \frac Cs`,
  domain: 'Whole numbers of channels and filters from 1 on.',
  conventions: [
    {
      choice:
        'Images of 227 pixels a side give the sizes of the published table; nothing is padded.',
      others: 'The table itself says 224, which gives 109 instead of 111 after the first layer.',
    },
    {
      choice: 'Pooling rounds sizes up, as in Caffe and torchvision.',
      others: 'At 227 pixels every pooling fits without rest, so rounding down gives the same.',
    },
  ],
  source: {
    notes: [[294, 294]],
    publications: [
      { ...squeezeNet, where: 'sections 3.1 and 3.3, and table 1' },
      { ...torchvision, where: 'SqueezeNet' },
    ],
  },
  errata: [],
})

export const lateDownsampling = clause({
  id: 'efficient.squeezenet.late-downsampling',
  title: 'A later stride keeps activation maps large, at a price',
  kind: 'law',
  operations: [stridedChain, squeezenet],
  statement:
    'Where a layer with a stride hands it on to a later layer without one, no layer of the row gives fewer positions than before, those from the earlier layer up to the later one give more unless nothing is left to halve, and the last layer gives as many as it did. The weights stay the same. So activations take more memory and convolutions more multiply-adds; what is meant to grow with them is accuracy.',
  formula: String.raw`A_l = \Bigl\lceil \tfrac{H}{\prod_{i \le l} S_i} \Bigr\rceil \Bigl\lceil \tfrac{W}{\prod_{i \le l} S_i} \Bigr\rceil,\qquad (S_i, S_j) = (s, 1) \to (1, s):\ A_l \to s^2 A_l \text{ for } i \le l < j`,
  domain:
    '3 × 3 convolutions with one ring of zeros and the same channels throughout; the factor $s^2$ where sizes are divided without rest, all else everywhere.',
  conventions: [
    {
      choice: 'Odd sizes are rounded up, as one ring of zeros around a 3 × 3 kernel makes them.',
      others: 'Without padding they are rounded down.',
    },
  ],
  source: {
    notes: [[294, 294]],
    publications: [{ ...squeezeNet, where: 'section 3.1, strategy 3' }],
  },
  errata: [],
})
