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
    title: 'PyTorch documentation',
    where: ['BCELoss'],
    readIn: 'the page of the class',
  },
  {
    title: 'Keras documentation',
    where: ['binary_crossentropy'],
    readIn: 'the page of its metric in TensorFlow 1.15 and 2.0, which writes the computation out',
  },
  {
    title: 'TensorFlow documentation, tf.nn.convolution',
    where: ['padding SAME'],
    readIn: 'the notes on padding of tf.nn, versions 2.7 to 2.11',
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
  {
    title: 'ONNX, operator schemas',
    where: ['MatMulInteger', 'QLinearMatMul'],
    readIn: 'the page of the operator, versions 10 and 21',
  },
  {
    title: 'Keras documentation',
    where: ['guide on masking and padding', 'GRU layer, reset_after'],
    readIn: 'the docstring, and the source of the guide',
  },
  {
    title: 'Keras documentation, Conv2DTranspose',
    where: ['padding and output_padding'],
    readIn: 'the docstring',
  },
  {
    title: 'PyTorch documentation',
    where: ['torch.optim.SGD, algorithm'],
    readIn: 'the docstring, in copies of its source',
  },
  {
    title: 'PyTorch documentation, ConvTranspose2d',
    where: ['shape'],
    readIn: 'the docstring, in copies of its source',
  },
  {
    title: 'torchvision documentation, models and pre-trained weights',
    where: ['ResNet', 'SqueezeNet'],
    readIn:
      'the pages of the models 18, 50 and 152, and the numbers in the source of that of SqueezeNet',
  },
]
