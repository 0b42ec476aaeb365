import { clause } from '../language/clause.ts'
import { array, type CaseView, derived, operation } from '../language/operation.ts'
import { integer } from '../language/parameter.ts'
import { block, conventions } from './block.ts'
import { residualLearning } from './publications.ts'

/** The shapes, weights and costs of a basic block, layer by layer. */
export const basicBlockLayers = operation({
  id: 'resnet.basicBlockLayers',
  title: 'Shapes, weights and activations of a basic block',
  level: 'core',
  dimensions: {
    Layers: derived(() => 2, 'convolutions'),
    Arrays: derived(() => 3, 'the input and what each convolution gives'),
    Axes: derived(() => 3, 'rows, columns, channels'),
  },
  inputs: {},
  parameters: {
    rows: integer({ min: 1, upTo: 12 }),
    columns: integer({ min: 1, upTo: 12 }),
    channels: integer({ min: 1, upTo: 32 }),
  },
  usual: [
    { parameters: { rows: 56, columns: 56, channels: 64 } },
    { parameters: { rows: 28, columns: 28, channels: 128 } },
    { parameters: { rows: 7, columns: 7, channels: 512 } },
  ],
  outputs: {
    weights: array('the weights of each convolution, without biases', 'Layers'),
    shapes: array('rows, columns and channels of each array', 'Arrays', 'Axes'),
    multiplyAdds: array('the multiply-adds of each convolution', 'Layers'),
    activations: array('numbers of all these arrays, what training keeps of one image'),
  },
  classes: {
    'image not square': ({ parameters }: CaseView) => parameters.rows !== parameters.columns,
    'image smaller than the kernel': ({ parameters }: CaseView) =>
      parameters.rows < 3 || parameters.columns < 3,
    'several channels': ({ parameters }: CaseView) => parameters.channels > 1,
  },
})

export const basicBlock = clause({
  id: 'resnet.basic-block',
  title: 'Two 3 × 3 convolutions that keep the shape',
  kind: 'law',
  operations: [block, basicBlockLayers],
  statement:
    'The branch of a basic block is two 3 × 3 convolutions with a rectifier between them, each surrounded by one ring of zeros, so that rows, columns and channels stay as they are; an output pixel depends on the 5 × 5 pixels around it and on no other. Both convolutions together have $18C^2$ weights, 73 728 for 64 channels, and use each of them at every pixel.',
  formula: String.raw`F = \mathrm{conv}_{3\times3,\,p=1} \circ \varphi \circ \mathrm{conv}_{3\times3,\,p=1}:\ \mathbb R^{H\times W\times C} \to \mathbb R^{H\times W\times C},\qquad 2 \cdot 9C^2 = 18C^2`,
  domain: 'Every number of rows, columns and channels from 1 on.',
  conventions,
  source: {
    notes: [[117, 117]],
    publications: [{ ...residualLearning, where: 'sections 3.3 and 4.1, and figure 5, left' }],
  },
  errata: [],
})
