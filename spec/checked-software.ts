import type { Checked } from './language/checked.ts'

/** Documentation and course notes. */
export const software: readonly Checked[] = [
  {
    title: 'Stanford CS231n, course notes: Transfer learning',
    where: ['ConvNet as fixed feature extractor', 'When and how to fine-tune?'],
    readIn: 'its Markdown',
  },
  {
    title: 'ONNX, operator schemas',
    where: ['QuantizeLinear', 'DynamicQuantizeLinear'],
    readIn: 'the page of the operator, versions 25 and 11',
  },
  {
    title: 'ONNX operators, ConvTranspose',
    where: ['version 22, summary and auto_pad'],
    readIn: 'the page of the operator',
  },
  {
    title: 'NumPy, documentation of random.Generator.pareto',
    where: ['description'],
    readIn: 'the page of the function',
  },
  {
    title: 'Jia et al. (2014), Caffe: convolutional architecture for fast feature embedding',
    where: ['documentation of the LRN layer, WITHIN_CHANNEL'],
    readIn: 'the Markdown of the documentation',
  },
  {
    title: 'Stanford CS231n, course notes',
    where: ['Neural networks part 3, loss function'],
    readIn: 'its Markdown',
  },
]
