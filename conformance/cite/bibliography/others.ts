import type { Entries, Entry } from './entry.ts'

const book = (publisher: string, ids: Partial<Entry> = {}): Entry => ({
  type: 'book',
  in: publisher,
  ...ids,
})
const preprint = (arxiv: string): Entry => ({ type: 'misc', arxiv })
const page = (url: string): Entry => ({ type: 'misc', url })

/** Books, preprints that appeared nowhere else, and the documentation of libraries. */
export const others: Entries = {
  'Chan, Golub, LeVeque (1979), Updating formulae and a pairwise algorithm for computing sample variances':
    page('http://i.stanford.edu/TR/CS-TR-79-773.html'),
  'Cover, Thomas (2006), Elements of information theory': book('Wiley', {
    edition: 'second',
    doi: '10.1002/047174882X',
  }),
  'Devroye, Györfi, Lugosi (1996), A probabilistic theory of pattern recognition': book(
    'Springer',
    { doi: '10.1007/978-1-4612-0711-5' },
  ),
  'Donoho, Huber (1983), The notion of breakdown point': {
    type: 'incollection',
    in: 'A Festschrift for Erich L. Lehmann',
    publisher: 'Wadsworth',
  },
  'Golub, Van Loan (2013), Matrix computations, fourth edition': book(
    'Johns Hopkins University Press',
    { edition: 'fourth', doi: '10.56021/9781421407944' },
  ),
  'Goodfellow, Bengio, Courville (2016), Deep Learning': book('MIT Press', {
    url: 'https://www.deeplearningbook.org',
  }),
  'Hecht-Nielsen (1990), On the algebraic structure of feedforward network weight spaces': {
    type: 'incollection',
    in: 'Advanced Neural Computers',
    publisher: 'North-Holland',
    doi: '10.1016/B978-0-444-88400-8.50019-4',
  },
  'Higham (2002), Accuracy and stability of numerical algorithms, second edition': book('SIAM', {
    edition: 'second',
    doi: '10.1137/1.9780898718027',
  }),
  'Horn, Johnson (2013), Matrix Analysis': book('Cambridge University Press', {
    edition: 'second',
    doi: '10.1017/CBO9781139020411',
  }),
  'Nesterov (2004), Introductory lectures on convex optimization': book('Springer', {
    doi: '10.1007/978-1-4419-8853-9',
  }),
  'Saad (2003), Iterative methods for sparse linear systems, 2nd edition': book('SIAM', {
    edition: 'second',
    doi: '10.1137/1.9780898718003',
  }),
  'IEEE 754-2019, IEEE standard for floating-point arithmetic': {
    type: 'misc',
    doi: '10.1109/IEEESTD.2019.8766229',
  },
  'Chung, Gulcehre, Cho, Bengio (2014), Empirical evaluation of gated recurrent neural networks on sequence modeling':
    preprint('1412.3555'),
  'Dumoulin, Visin (2016), A guide to convolution arithmetic for deep learning':
    preprint('1603.07285'),
  'White (2016), Sampling generative networks': preprint('1609.04468'),
  'Gatys, Ecker, Bethge (2015), A neural algorithm of artistic style': preprint('1508.06576'),
  'Goodfellow (2016), NIPS 2016 tutorial: generative adversarial networks': preprint('1701.00160'),
  'Hanzely, Richtárik (2020), Federated learning of a mixture of global and local models':
    preprint('2002.05516'),
  'Hinton, Vinyals, Dean (2015), Distilling the knowledge in a neural network':
    preprint('1503.02531'),
  'Howard (2013), Some improvements on deep convolutional neural network based image classification':
    preprint('1312.5402'),
  'Howard et al. (2017), MobileNets: efficient convolutional neural networks for mobile vision applications':
    preprint('1704.04861'),
  'Iandola et al. (2016), SqueezeNet: AlexNet-level accuracy with 50× fewer parameters and < 0.5 MB model size':
    preprint('1602.07360'),
  'Kalamkar et al. (2019), A study of bfloat16 for deep learning training': preprint('1905.12322'),
  'Krizhevsky (2014), One weird trick for parallelizing convolutional neural networks':
    preprint('1404.5997'),
  'Le, Jaitly, Hinton (2015), A simple way to initialize recurrent networks of rectified linear units':
    preprint('1504.00941'),
  'Mirza, Osindero (2014), Conditional generative adversarial nets': preprint('1411.1784'),
  'Mishra et al. (2021), Accelerating sparse deep neural networks': preprint('2104.08378'),
  'Nagel et al. (2021), A white paper on neural network quantization': preprint('2106.08295'),
  'Pleiss et al. (2017), Memory-efficient implementation of DenseNets': preprint('1707.06990'),
  'Shoeybi et al. (2019), Megatron-LM: training multi-billion parameter language models using model parallelism':
    preprint('1909.08053'),
  'Zaremba, Sutskever, Vinyals (2014), Recurrent neural network regularization':
    preprint('1409.2329'),
  'Keras documentation': page('https://keras.io/api/'),
  'Keras documentation, Conv2DTranspose': page(
    'https://keras.io/api/layers/convolution_layers/convolution2d_transpose/',
  ),
  'NumPy, documentation of random.Generator.pareto': page(
    'https://numpy.org/doc/stable/reference/random/generated/numpy.random.Generator.pareto.html',
  ),
  'ONNX operators, ConvTranspose': page('https://onnx.ai/onnx/operators/onnx__ConvTranspose.html'),
  'ONNX, operator schemas': page('https://onnx.ai/onnx/operators/'),
  'PyTorch documentation': page('https://pytorch.org/docs/stable/'),
  'PyTorch documentation, ConvTranspose2d': page(
    'https://pytorch.org/docs/stable/generated/torch.nn.ConvTranspose2d.html',
  ),
  'Stanford CS231n, course notes': page('https://cs231n.github.io/'),
  'Stanford CS231n, course notes: Transfer learning': page(
    'https://cs231n.github.io/transfer-learning/',
  ),
  'TensorFlow documentation, tf.nn.convolution': page(
    'https://www.tensorflow.org/api_docs/python/tf/nn/convolution',
  ),
  'torchvision documentation, models and pre-trained weights': page(
    'https://pytorch.org/vision/stable/models.html',
  ),
}
