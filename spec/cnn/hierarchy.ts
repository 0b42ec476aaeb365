import { clause } from '../language/clause.ts'
import { array, type CaseView, derived, operation, type Parameters } from '../language/operation.ts'
import { integer, list, record } from '../language/parameter.ts'

interface Layer {
  readonly kernel: number
  readonly stride: number
  readonly dilation: number
}

const some =
  (test: (layer: Layer) => boolean) =>
  ({ parameters }: CaseView) =>
    (parameters.layers as readonly Layer[]).some(test)

/** How much of the input a unit of each layer of a stack sees, along one axis. */
export const receptiveField = operation({
  id: 'cnn.receptiveField',
  title: 'Receptive field of a stack of layers',
  level: 'core',
  dimensions: { Layers: derived((_, { layers }: Parameters) => layers.length, 'layers') },
  inputs: {},
  parameters: {
    layers: list(
      record({
        kernel: integer({ min: 1, upTo: 5 }),
        stride: integer({ min: 1, upTo: 3 }),
        dilation: integer({ min: 1, upTo: 3 }),
      }),
      { min: 1, max: 6 },
    ),
  },
  usual: [
    { parameters: { layers: [3, 3].map((kernel) => ({ kernel, stride: 1, dilation: 1 })) } },
    { parameters: { layers: [7, 3, 3].map((kernel) => ({ kernel, stride: 2, dilation: 1 })) } },
    { parameters: { layers: [1, 2, 4].map((dilation) => ({ kernel: 3, stride: 1, dilation })) } },
  ],
  outputs: {
    extents: array('pixels from the first to the last that a unit of each layer sees', 'Layers'),
    jumps: array('pixels between the fields of neighbouring units', 'Layers'),
  },
  classes: {
    'one layer': ({ sizes }: CaseView) => sizes.Layers === 1,
    'several layers': ({ sizes }: CaseView) => sizes.Layers! > 2,
    'stride below another layer': ({ parameters }: CaseView) =>
      (parameters.layers as readonly Layer[]).slice(0, -1).some(({ stride }) => stride > 1),
    'a dilated layer': some(({ kernel, dilation }) => kernel > 1 && dilation > 1),
    'an even kernel': some(({ kernel }) => kernel % 2 === 0),
    'a kernel of 1': some(({ kernel }) => kernel === 1),
  },
})

export const receptiveFieldGrows = clause({
  id: 'cnn.hierarchy.receptive-field',
  title: 'Higher layers see more of the input',
  kind: 'count',
  operations: [receptiveField],
  statement:
    'One unit of layer $l$ depends on $r_l$ pixels of the input in a row, counted from the first to the last: those of the layer below, and for each further tap of its kernel $D_l$ times as many as lie between the fields of neighbouring units there, $D_l$ being its dilation. The field never shrinks from layer to layer, and it grows wherever a kernel has more than one tap.',
  formula: String.raw`r_0 = j_0 = 1,\qquad r_l = r_{l-1} + D_l (H'_l - 1)\, j_{l-1},\qquad j_l = S_l\, j_{l-1}`,
  domain:
    'Layers of convolution or pooling, along one axis; a unit far enough from the border that padding does not cut its field.',
  conventions: [
    {
      choice:
        'The field reaches from its first to its last pixel, gaps of a dilated kernel included.',
      others: 'The effective field of Luo et al. (2016) weighs pixels by their influence.',
    },
  ],
  source: {
    notes: [[5, 5]],
    publications: [
      {
        title:
          'Araujo, Norris, Sim (2019), Computing receptive fields of convolutional neural networks',
        where: 'equation 2',
      },
      {
        title:
          'Simonyan, Zisserman (2015), Very deep convolutional networks for large-scale image recognition',
        where: 'section 2.3',
      },
    ],
  },
  errata: [],
})
