import * as tf from '@tensorflow/tfjs-core'
import type { Parameters, Sizes } from '../../spec/language/operation.ts'
import { adversarialSubjects } from './adversaries.ts'
import {
  denseBlockInOnnx,
  denseBlockInTorch,
  fireInOnnx,
  lrnWithinInTorch,
  node,
  pooledHeadInOnnx,
  projectionInOnnx,
  projectionInTorch,
  separableInOnnx,
} from './blocks.ts'
import type { OnnxNode } from './onnx.ts'
import { recurrentSubjects } from './recurrent.ts'
import { of, product, type Subject, thrice } from './subject.ts'

const convolving = (s: Sizes) => product(s, 'N', 'Ho', 'Wo', 'Hf', 'Wf', 'K', 'Q')
const transposed = (s: Sizes) => product(s, 'N', 'Ho', 'Wo', 'Hf', 'Wf', 'A', 'Q')
const depthwise = (s: Sizes) => product(s, 'N', 'Ho', 'Wo', 'Hf', 'Wf', 'P')
const pointwise = (s: Sizes) => product(s, 'N', 'H', 'W', 'K', 'Q')
const pixels = (s: Sizes) => product(s, 'N', 'H', 'W', 'K')
const block = (s: Sizes) => 2 * 9 * product(s, 'N', 'H', 'W', 'C', 'C')
const bottleneck = (s: Sizes) => product(s, 'N', 'H', 'W', 'B') * (2 * s.C! + 9 * s.B!)
const dense = (s: Sizes) => 9 * product(s, 'N', 'H', 'W', 'T', 'K')
const fire = (s: Sizes) => product(s, 'N', 'H', 'W', 'S') * (s.C! + s.A! + 9 * s.B!)
const separable = (s: Sizes) => depthwise(s) + product(s, 'N', 'Ho', 'Wo', 'P', 'Q')
const projection = (s: Sizes) => product(s, 'N', 'Ho', 'Wo', 'Q') * (10 * s.C! + 9 * s.Q!)

const images = { N: 1, H: 56, W: 56, K: 64 }
const upsampled = { N: 1, Ho: 16, Wo: 16, Hf: 4, Wf: 4, Q: 256, A: 128 }
const doubling = {
  strides: [2, 2],
  dilations: [1, 1],
  padding: [1, 1, 1, 1],
  outputPadding: [0, 0],
  groups: 1,
}
const kernel = { Hf: 3, Wf: 3 }
const same = { strides: [1, 1], dilations: [1, 1], padding: 'same' }
const halving = { kernel: [3, 3], strides: [2, 2], padding: [1, 1, 1, 1] }
const lrn = { radius: 2, kappa: 1, alpha: 1e-4, beta: 0.75 }
const residual = { shortcut: 'identity', variant: 'original' }
const squeezing = { N: 1, H: 56, W: 56, C: 128, S: 16, A: 64, B: 64 }
const growing = { N: 1, H: 28, W: 28, C: 64, K: 32, L: 4 }
const narrowing = { stride: 2, variant: 'original' }
const separating = { ...same, activation: 'relu' }

const four = (t: tf.Tensor) => t as tf.Tensor4D
const torchBlock = `F.relu(x + F.conv2d(F.relu(F.conv2d(x, filters1, bias1, padding=1)), filters2, bias2, padding=1))`

const torchMax = 'F.max_pool2d(x, 3, 2, 1)'
const torchNormalized = 'F.local_response_norm(x, 5, 5e-4, 0.75, 1)'
const torchDepthwise = 'F.conv2d(x, filters.reshape(64, 1, 3, 3), padding=1, groups=64)'
const torchBottleneck =
  'F.relu(x + F.conv2d(F.relu(F.conv2d(F.relu(F.conv2d(x, reduce, reduceBias)), filters, bias, padding=1)), expand, expandBias))'
const torchFire =
  '(lambda z: torch.cat([F.relu(F.conv2d(z, expand1, expand1Bias)), F.relu(F.conv2d(z, expand3, expand3Bias, padding=1))], 1))(F.relu(F.conv2d(x, squeeze.reshape(16, 128, 1, 1), squeezeBias)))'
const torchSeparable =
  'F.relu(F.conv2d(F.relu(F.conv2d(x, depthwise.reshape(64, 1, 3, 3), depthwiseBias, padding=1, groups=64)), pointwise.reshape(128, 64, 1, 1), pointwiseBias))'
/** The gradient of a call of PyTorch by arrays of the same names. */
const torchGradients = (call: string, ...by: readonly string[]) =>
  `gradients(lambda ${by.join(', ')}: ${call}, [${by.join(', ')}], dy)`

const decomposing = ({ H, W }: Sizes) => Math.max(H!, W!) * Math.min(H!, W!) ** 2
const eightBits = { bits: 8, rangeA: 'signed', rangeB: 'signed', per: 'tensor' }
const soft = { temperature: 4, share: 0.9, divergence: 'cross-entropy' }

const constant = (output: string, value: number): OnnxNode => ({
  type: 'Constant',
  inputs: [],
  floats: { value_float: value },
  output,
})
/** The loss of distillation at temperature 4 and share 0.9; the mean over 1000 classes, too, times 1000. */
const lossInOnnx: readonly OnnxNode[] = [
  constant('inverse', 1 / 4),
  constant('ofTeacher', -0.9 * 16 * 1000),
  constant('ofTargets', -0.1 * 1000),
  node('Mul', ['v', 'inverse'], 'vHeated'),
  node('Mul', ['z', 'inverse'], 'zHeated'),
  node('Softmax', ['vHeated'], 'p', { axis: 1 }),
  node('LogSoftmax', ['zHeated'], 'lnQ', { axis: 1 }),
  node('Mul', ['p', 'lnQ'], 'soft'),
  node('ReduceMean', ['soft'], 'softMean', { keepdims: 0 }),
  node('LogSoftmax', ['z'], 'lnHard', { axis: 1 }),
  node('Mul', ['targets', 'lnHard'], 'hard'),
  node('ReduceMean', ['hard'], 'hardMean', { keepdims: 0 }),
  node('Mul', ['softMean', 'ofTeacher'], 'first'),
  node('Mul', ['hardMean', 'ofTargets'], 'second'),
  node('Add', ['first', 'second'], 'y'),
]

/**
 * What is measured: an operation's id, its sizes, its parameters, its work. Operations that this
 * version of the specification lacks are left out.
 */
export const subjects: readonly Subject[] = [
  of('cnn.conv2d', { ...images, ...kernel, Q: 64 }, same, convolving, {
    bare: ({ x, filters, bias }) => tf.add(tf.conv2d(four(x!), four(filters!), 1, 'same'), bias!),
    onnx: { type: 'Conv', ints: { pads: [1, 1, 1, 1] }, inputs: ['x', 'filters', 'bias'] },
    torch: 'F.conv2d(x, filters, bias, padding=1)',
  }),
  of('cnn.conv2dInputGradient', { ...images, ...kernel, Q: 64 }, imageSize(same), convolving, {
    bare: ({ filters, dy }) =>
      tf.grad((x) => tf.conv2d(four(x), four(filters!), 1, 'same'))(tf.zeros([1, 56, 56, 64]), dy!),
    torch: 'torch.nn.grad.conv2d_input((1, 64, 56, 56), filters, dy, padding=1)',
  }),
  of('cnn.conv2dFilterGradient', { ...images, ...kernel, Q: 64 }, kernelSize(same), convolving, {
    bare: ({ x, dy }) =>
      tf.grad((f) => tf.conv2d(four(x!), four(f), 1, 'same'))(tf.zeros([3, 3, 64, 64]), dy!),
    torch: 'torch.nn.grad.conv2d_weight(x, (64, 64, 3, 3), dy, padding=1)',
  }),
  // A layer of DCGAN: 16 × 16 × 256 to 32 × 32 × 128.
  of('gan.tconv2d', upsampled, doubling, transposed, {
    bare: ({ z, filters, bias }) =>
      tf.add(tf.conv2dTranspose(four(z!), four(filters!), [1, 32, 32, 128], 2, 'same'), bias!),
    onnx: {
      type: 'ConvTranspose',
      ints: { strides: [2, 2], pads: [1, 1, 1, 1] },
      inputs: ['z', 'filters', 'bias'],
    },
    torch: 'F.conv_transpose2d(z, filters, bias, 2, 1)',
  }),
  of('gan.tconv2dGradient', upsampled, doubling, thrice(transposed), {
    torch:
      'gradients(lambda z, filters, bias: F.conv_transpose2d(z, filters, bias, 2, 1), [z, filters, bias], dy)',
  }),
  of('cnn.maxPool', images, halving, pixels, {
    onnx: {
      type: 'MaxPool',
      ints: { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] },
      inputs: ['x'],
    },
    torch: torchMax,
  }),
  of('cnn.maxPoolGradient', images, halving, pixels, { torch: torchGradients(torchMax, 'x') }),
  of('cnn.averagePool', images, halving, pixels, {
    onnx: {
      type: 'AveragePool',
      ints: { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] },
      inputs: ['x'],
    },
    torch: 'F.avg_pool2d(x, 3, 2, 1, count_include_pad=False)',
  }),
  of('cnn.averagePoolGradient', images, { ...halving, image: [56, 56] }, pixels, {
    torch:
      'torch.ops.aten.avg_pool2d_backward(dy, torch.empty(1, 64, 56, 56), [3, 3], [2, 2], [1, 1], False, False, None)',
  }),
  of('cnn.lrnAcross', images, lrn, pixels, {
    bare: ({ x }) => tf.localResponseNormalization(four(x!), 2, 1, 1e-4, 0.75),
    onnx: {
      type: 'LRN',
      ints: { size: 5 },
      floats: { alpha: 5e-4, beta: 0.75, bias: 1 },
      inputs: ['x'],
    },
    torch: torchNormalized,
  }),
  of('cnn.lrnAcrossGradient', images, lrn, pixels, {
    bare: ({ x, dy }) =>
      tf.grad((t) => tf.localResponseNormalization(four(t), 2, 1, 1e-4, 0.75))(x!, dy!),
    torch: torchGradients(torchNormalized, 'x'),
  }),
  of('cnn.lrnWithin', images, lrn, pixels, { torch: lrnWithinInTorch }),
  of('cnn.lrnWithinGradient', images, lrn, pixels, {
    torch: torchGradients(lrnWithinInTorch, 'x'),
  }),
  of('efficient.depthwise', { ...images, ...kernel, M: 1 }, same, depthwise, {
    bare: ({ x, filters }) => tf.depthwiseConv2d(four(x!), four(filters!), 1, 'same'),
    onnx: [
      node('Constant', [], 'shape', { value_ints: [64, 1, 3, 3] }),
      node('Reshape', ['filters', 'shape'], 'bank'),
      node('Conv', ['x', 'bank'], 'y', { group: 64, pads: [1, 1, 1, 1] }),
    ],
    torch: torchDepthwise,
  }),
  of('efficient.depthwiseGradient', { ...images, ...kernel, M: 1 }, same, thrice(depthwise), {
    torch: torchGradients(torchDepthwise, 'x', 'filters'),
  }),
  of('efficient.pointwise', { ...images, Q: 128 }, {}, pointwise, {
    bare: ({ x, filters }) => tf.conv2d(four(x!), four(filters!), 1, 'same'),
    onnx: { type: 'Conv', inputs: ['x', 'filters'] },
    torch: 'F.conv2d(x, filters)',
  }),
  of('efficient.pointwiseGradient', { ...images, Q: 128 }, {}, thrice(pointwise), {
    torch: torchGradients('F.conv2d(x, filters)', 'x', 'filters'),
  }),
  of('resnet.block', { N: 1, H: 56, W: 56, C: 64 }, residual, block, {
    bare: ({ x, filters1, bias1, filters2, bias2 }) => {
      const h = tf.relu(tf.add(tf.conv2d(four(x!), four(filters1!), 1, 'same'), bias1!))
      return tf.relu(tf.add(x!, tf.add(tf.conv2d(four(h), four(filters2!), 1, 'same'), bias2!)))
    },
    onnx: [
      node('Conv', ['x', 'filters1', 'bias1'], 'first', { pads: [1, 1, 1, 1] }),
      node('Relu', ['first'], 'hidden'),
      node('Conv', ['hidden', 'filters2', 'bias2'], 'branch', { pads: [1, 1, 1, 1] }),
      node('Add', ['x', 'branch'], 'joined'),
      node('Relu', ['joined'], 'y'),
    ],
    torch: torchBlock,
  }),
  of('resnet.blockGradient', { N: 1, H: 56, W: 56, C: 64 }, residual, thrice(block), {
    torch: `gradients(lambda x, filters1, bias1, filters2, bias2: ${torchBlock}, [x, filters1, bias1, filters2, bias2], dy)`,
  }),
  of('resnet.bottleneck', { N: 1, H: 56, W: 56, C: 256, B: 64 }, residual, bottleneck, {
    onnx: [
      node('Conv', ['x', 'reduce', 'reduceBias'], 'first'),
      node('Relu', ['first'], 'narrow'),
      node('Conv', ['narrow', 'filters', 'bias'], 'second', { pads: [1, 1, 1, 1] }),
      node('Relu', ['second'], 'spread'),
      node('Conv', ['spread', 'expand', 'expandBias'], 'branch'),
      node('Add', ['x', 'branch'], 'joined'),
      node('Relu', ['joined'], 'y'),
    ],
    torch: torchBottleneck,
  }),
  of(
    'resnet.bottleneckGradient',
    { N: 1, H: 56, W: 56, C: 256, B: 64 },
    residual,
    thrice(bottleneck),
    {
      torch: torchGradients(
        torchBottleneck,
        ...['x', 'reduce', 'reduceBias', 'filters', 'bias', 'expand', 'expandBias'],
      ),
    },
  ),
  of('resnet.projectionBlock', { N: 1, H: 56, W: 56, C: 64, Q: 128 }, narrowing, projection, {
    onnx: projectionInOnnx,
    torch: projectionInTorch,
  }),
  of('efficient.separable', { ...images, ...kernel, M: 1, Q: 128 }, separating, separable, {
    onnx: separableInOnnx,
    torch: torchSeparable,
  }),
  of('efficient.fire', squeezing, {}, fire, { onnx: fireInOnnx, torch: torchFire }),
  of('efficient.fireGradient', squeezing, {}, thrice(fire), {
    torch: torchGradients(
      torchFire,
      ...['x', 'squeeze', 'squeezeBias', 'expand1', 'expand1Bias', 'expand3', 'expand3Bias'],
    ),
  }),
  of('efficient.denseBlock', growing, relu(), dense, {
    onnx: denseBlockInOnnx,
    torch: denseBlockInTorch,
  }),
  of('efficient.denseBlockGradient', growing, relu(), thrice(dense), {
    torch: torchGradients(denseBlockInTorch, 'x', 'filters', 'biases'),
  }),
  of(
    'inception.pooledHead',
    { N: 8, H: 7, W: 7, K: 1024, C: 1000 },
    {},
    (s) => product(s, 'N', 'K', 'C'),
    { onnx: pooledHeadInOnnx, torch: 'x.mean((2, 3)) @ weights + bias' },
  ),
  ...[64, 128].map((size) =>
    of('lowrank.svd', { H: size, W: size }, {}, decomposing, {
      label: `lowrank.svd, ${size} × ${size}`,
      torch: 'torch.linalg.svd(weights, full_matrices=False)',
      numpy: 'np.linalg.svd(weights, full_matrices=False)',
    }),
  ),
  of(
    'quantization.integerMatmul',
    { N: 64, D: 512, M: 512 },
    eightBits,
    (s) => product(s, 'N', 'D', 'M'),
    {
      whole: true,
      onnx: { type: 'MatMulInteger', inputs: ['a', 'b', 'zeroA', 'zerosB'] },
      torch: `torch._int_mm(a, b) - zeroA * b.sum(0, dtype=torch.int32) - zerosB * a.sum(1, keepdim=True, dtype=torch.int32) + 512 * zeroA.int() * zerosB`,
      numpy: '(a.astype(np.int32) - zeroA) @ (b.astype(np.int32) - zerosB)',
    },
  ),
  of('distillation.distillationLoss', { N: 256, C: 1000 }, soft, (s) => product(s, 'N', 'C'), {
    onnx: lossInOnnx,
    torch:
      '-14.4 * (F.softmax(v / 4, 1) * F.log_softmax(z / 4, 1)).sum(1).mean() - 0.1 * (targets * F.log_softmax(z, 1)).sum(1).mean()',
    numpy:
      '-14.4 * (np.exp(log_softmax(v / 4)) * log_softmax(z / 4)).sum(1).mean() - 0.1 * (targets * log_softmax(z)).sum(1).mean()',
  }),
  // A million weights of each of a hundred clients, 400 MB, which WebAssembly has room for.
  of('federated.aggregate', { M: 100, I: 1000, O: 1000 }, {}, (s) => product(s, 'M', 'I', 'O'), {
    bare: ({ w, counts }) =>
      tf.div(tf.dot(counts!, tf.reshape(w!, [100, 1_000_000])), tf.sum(counts!)),
    torch: '[torch.tensordot(counts, theta, 1) / counts.sum() for theta in (w, b)]',
    numpy: '[np.average(theta, 0, counts) for theta in (w, b)]',
    flower: 'FedAvg().aggregate_train(1, replies)',
  }),
  ...adversarialSubjects,
  ...recurrentSubjects,
].filter((subject) => subject !== undefined)

function imageSize(parameters: Parameters): Parameters {
  return { ...parameters, imageSize: [56, 56] }
}
function kernelSize(parameters: Parameters): Parameters {
  return { ...parameters, kernelSize: [3, 3] }
}
function relu(): Parameters {
  return { activation: 'relu' }
}
