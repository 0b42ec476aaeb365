import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import {
  array,
  type CaseView,
  derived,
  free,
  operation,
  type Sizes,
} from '../language/operation.ts'
import { choice } from '../language/parameter.ts'
import { three } from '../resnet/block.ts'
import { denseNet } from './publications.ts'

/** What a layer does with its input before it convolves it: nothing, or rectify it. */
const activation = choice('linear', 'relu')

/** Layers each of which takes the maps of all before it and adds its own. */
export const denseBlock = operation({
  id: 'efficient.denseBlock',
  title: 'Dense block',
  level: 'core',
  dimensions: {
    N: free(1, 2, 'images'),
    H: free(1, 3, 'rows'),
    W: free(1, 3, 'columns'),
    C: free(1, 3, 'channels of the input'),
    K: free(1, 2, 'channels that a layer adds, the growth rate'),
    L: free(1, 2, 'layers'),
    U: three,
    /** Layer l has the C + K (l − 1) channels before it for its input; their filters in a row. */
    T: derived(
      ({ C, K, L }: Sizes) => L! * C! + (K! * L! * (L! - 1)) / 2,
      'input channels of all layers together',
    ),
    Q: derived(({ C, K, L }: Sizes) => C! + K! * L!, 'channels of the output'),
  },
  inputs: {
    x: array('the images', 'N', 'H', 'W', 'C'),
    filters: array('the filters of each layer, one after the other', 'U', 'U', 'T', 'K'),
    biases: array('the biases of each layer', 'L', 'K'),
  },
  parameters: { activation },
  usual: [
    { parameters: { activation: 'relu' } },
    { sizes: { L: 2, W: ({ H }) => H! }, parameters: { activation: 'relu' } },
  ],
  // The layers before the last give sums that the next one weighs, so that one is looked at.
  sums: [
    { sizes: { N: 1, H: 10, W: 10, C: 9, K: 16, L: 1 }, parameters: { activation: 'linear' } },
  ],
  outputs: { y: array('the input and what every layer gives, side by side', 'N', 'H', 'W', 'Q') },
  classes: {
    'one layer': ({ sizes }: CaseView) => sizes.L === 1,
    'several layers': ({ sizes }: CaseView) => sizes.L! > 1,
    'growth of one': ({ sizes }: CaseView) => sizes.K === 1,
    'linear layers': ({ parameters }: CaseView) => parameters.activation === 'linear',
    'rectified layers': ({ parameters }: CaseView) => parameters.activation === 'relu',
    'image not square': ({ sizes }: CaseView) => sizes.H !== sizes.W,
  },
})

/** Its gradients. */
export const denseBlockGradient = gradientOf(denseBlock, {
  title: 'Gradients of the dense block',
  sums: [{ sizes: { N: 2, H: 8, W: 8, C: 9, K: 9, L: 1 }, parameters: { activation: 'linear' } }],
})

const conventions = [
  {
    choice:
      'A layer is a rectifier, or nothing, and then a 3 × 3 convolution surrounded by one ring of zeros.',
    others:
      'The publication normalizes before the rectifier, and puts a 1 × 1 convolution to 4k channels before the 3 × 3 one in its variants B.',
  },
  {
    choice: 'Maps stand in the order of their layers, the input first.',
    others: 'Some libraries put the newest maps first.',
  },
] as const

export const concat = clause({
  id: 'efficient.densenet.concat',
  title: 'Every layer takes the maps of all layers before it',
  kind: 'formula',
  operations: [denseBlock],
  statement:
    'Layer $l$ of a dense block is given the input and the maps of all earlier layers, put side by side, and adds $k$ maps of its own. Nothing is added up and nothing is changed again: the output consists of the input and the maps of every layer, to the bit. Rows and columns stay. So $L$ layers have $L(L+1)/2$ direct connections where a chain has $L$.',
  formula: String.raw`x_l = H_l\left([\,x_0 \Vert x_1 \Vert \cdots \Vert x_{l-1}\,]\right),\qquad y = [\,x_0 \Vert x_1 \Vert \cdots \Vert x_L\,]`,
  domain: 'Finite numbers; every number of rows, columns, channels and layers from 1 on.',
  conventions,
  source: {
    notes: [[302, 302]],
    publications: [{ ...denseNet, where: 'section 3, equation 2' }],
  },
  errata: [
    {
      id: 'E-33',
      lines: [302, 302],
      says: 'A layer takes the maps of the layer before it, similar to the shortcut of ResNet.',
      counterexample:
        'One pixel 1, growth 1, all weights 1, two layers: the second adds the input and the first map and gives 2; with the previous layer alone it gives 1.',
      correction:
        'A layer that takes what the layer before it gives is any chain. Here it takes the maps of all earlier layers, by concatenation; ResNet adds.',
      settledBy: { ...denseNet, where: 'section 3, equation 2' },
    },
  ],
})

export const gradient = clause({
  id: 'efficient.densenet.gradient',
  title: 'A map gets its own slice of the gradient and what later layers send back',
  kind: 'gradient',
  operations: [denseBlockGradient],
  statement:
    'The gradient that reaches the maps of a layer is their slice of the gradient by the output, unchanged, plus what every later layer sends back through its own filters. It is the slice alone when all later layers ignore these maps. So no number of layers stands between the loss and an early layer, though what later layers send back may add to the slice or cancel it.',
  formula: String.raw`\nabla_{x_l} E = (\nabla_y E)_l + \sum_{m > l} \left(\frac{\partial H_m}{\partial x_l}\right)^{\!\top} \nabla_{x_m} E`,
  domain: 'Points where no rectifier stands at its bend; there its slope counts as 0.',
  conventions,
  source: {
    notes: [[302, 302]],
    publications: [{ ...denseNet, where: 'section 3, implicit deep supervision in section 5' }],
  },
  errata: [],
})
