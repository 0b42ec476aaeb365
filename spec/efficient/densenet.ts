import { clause } from '../language/clause.ts'
import { array, type CaseView, derived, operation, type Parameters } from '../language/operation.ts'
import { choice, integer } from '../language/parameter.ts'
import { denseBlock } from './dense.ts'
import { denseNet, torchvision } from './publications.ts'

/** The channels of a dense block, layer by layer. */
export const denseChannels = operation({
  id: 'efficient.denseChannels',
  title: 'Channels, connections and weights of a dense block',
  level: 'core',
  dimensions: { Layers: derived((_, { layers }: Parameters) => layers, 'layers') },
  inputs: {},
  parameters: {
    channels: integer({ min: 1, upTo: 32 }),
    growth: integer({ min: 1, upTo: 12 }),
    layers: integer({ min: 1, upTo: 12 }),
  },
  usual: [
    { parameters: { channels: 64, growth: 32, layers: 6 } },
    { parameters: { channels: 256, growth: 32, layers: 24 } },
  ],
  outputs: {
    inputs: array('the channels that each layer is given', 'Layers'),
    output: array('the channels of the block'),
    connections: array('pairs of maps, the input among them, of which the later takes the earlier'),
    weights: array('weights of 3 × 3 filters of all layers'),
  },
  classes: {
    'one layer': ({ parameters }: CaseView) => parameters.layers === 1,
    'several layers': ({ parameters }: CaseView) => parameters.layers > 1,
    'growth of one': ({ parameters }: CaseView) => parameters.growth === 1,
  },
})

/** How large a published DenseNet is, block by block, and what an image costs. */
export const densenet = operation({
  id: 'efficient.densenet',
  title: 'Channels, parameters and multiply-adds of a DenseNet',
  level: 'core',
  dimensions: { Blocks: derived(() => 4, 'dense blocks') },
  inputs: {},
  parameters: {
    depth: choice('121', '169', '201', '161'),
    side: integer({ min: 32, upTo: 256 }),
    classes: integer({ min: 1, upTo: 1000 }),
  },
  usual: [
    { parameters: { depth: '121', side: 224, classes: 1000 } },
    { parameters: { side: 224, classes: 1000 } },
  ],
  outputs: {
    channels: array('the channels that each block gives', 'Blocks'),
    parameters: array('weights and biases, with two numbers a normalized channel'),
    multiplyAdds: array('multiply-adds for one image'),
    layers: array('layers with weights, the classifier included'),
  },
  classes: {
    'growth 32': ({ parameters }: CaseView) => parameters.depth !== '161',
    'growth 48': ({ parameters }: CaseView) => parameters.depth === '161',
    'image that is not a multiple of 32': ({ parameters }: CaseView) => parameters.side % 32 > 0,
  },
})

export const growth = clause({
  id: 'efficient.densenet.growth',
  title: 'Each layer adds k channels',
  kind: 'count',
  operations: [denseChannels, densenet, denseBlock],
  statement:
    'With $k_0$ channels given and a growth rate $k$, layer $l$ of a dense block is given $k_0 + k(l-1)$ channels, and the block of $L$ layers gives $k_0 + kL$: a larger $k$ makes it wider, a smaller $L$ shallower. The published networks halve the channels between blocks and have bottlenecks of $4k$ channels; DenseNet-121, with $k = 32$, gives 256, 512, 1024 and 1024 channels.',
  formula: String.raw`C_l = k_0 + k(l-1),\qquad C = k_0 + kL,\qquad \text{weights} = 9k \sum_{l=1}^{L} C_l = 9k\left(L k_0 + k\,\tfrac{L(L-1)}{2}\right)`,
  domain: 'Whole numbers from 1 on; square images for the whole networks.',
  conventions: [
    {
      choice: 'The networks normalize before every convolution and once before the classifier.',
      others: 'Their parameters count two numbers a channel; running statistics do not count.',
    },
    {
      choice: 'Pooling between blocks rounds down, without padding; the first layers round up.',
      others: 'At 224 pixels every size is halved without rest.',
    },
  ],
  source: {
    notes: [[302, 302]],
    publications: [
      { ...denseNet, where: 'section 3, growth rate, and table 1' },
      { ...torchvision, where: 'DenseNet' },
    ],
  },
  errata: [],
})

export const shallower = clause({
  id: 'efficient.densenet.shallower',
  title: 'A wider and shallower block needs less memory for the same output',
  kind: 'count',
  operations: [denseChannels],
  statement:
    'Blocks that add the same number of channels, $kL = G$, give the same output, but the layers of the shallower one are given fewer channels in all: $\\sum_l C_l = L k_0 + G (L-1)/2$ grows with the number of layers. Where each layer keeps a copy of what it is given, that is the memory of the activations, a multiple of the pixels. The weights, $9k \\sum_l C_l$, become fewer as well, and so do the connections, $L(L+1)/2$.',
  formula: String.raw`\sum_{l=1}^{L} C_l = L k_0 + \tfrac{G(L-1)}{2},\qquad 9k \sum_{l=1}^{L} C_l = 9 G k_0 + \tfrac{9 G^2}{2} \Bigl(1 - \tfrac1L\Bigr)`,
  domain: 'Whole numbers from 1 on.',
  conventions: [
    {
      choice: 'Every layer keeps a copy of what it is given.',
      others:
        'Implementations that share the memory of concatenated maps keep only $k_0 + kL$ channels, whatever the depth.',
    },
  ],
  source: {
    notes: [[302, 302]],
    publications: [
      { ...denseNet, where: 'section 3, growth rate' },
      {
        title: 'Pleiss et al. (2017), Memory-efficient implementation of DenseNets',
        where: 'section 3',
      },
    ],
  },
  errata: [],
})
