import { layers } from '@tensorflow/tfjs'
import * as tf from '@tensorflow/tfjs-core'
import { operations } from '../../spec/index.ts'
import type { Operation, Parameters, Sizes } from '../../spec/language/operation.ts'
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

type Tensors = Readonly<Record<string, tf.Tensor>>

/** An operation at the size at which it is measured, and how others would compute the same. */
export interface Subject {
  readonly operation: Operation
  readonly sizes: Sizes
  readonly parameters: Parameters
  /** Multiply-adds, or what else costs most; a plain reference takes time in proportion to it. */
  readonly work: (sizes: Sizes) => number
  /** The sizes at which the reference is measured, where they differ. */
  readonly small: Sizes
  readonly others: Others
}

/** The one call that a user of a library would write. */
export interface Others {
  /** Beside the id, where an operation is measured at several sizes. */
  readonly label?: string
  readonly bare?: (tensors: Tensors) => tf.Tensor | tf.Tensor[]
  readonly onnx?: OnnxNode | readonly OnnxNode[]
  /** Python, on arrays of the same names, images as N × K × H × W and filters as Q × K × H × W. */
  readonly torch?: string
  readonly numpy?: string
  /** Python, where `replies` are those of clients with the models `w` and `b`. */
  readonly flower?: string
  /** Whether others are given whole numbers of eight bits. */
  readonly whole?: boolean
  /** How many steps a call has, where the time of one is shown. */
  readonly steps?: number
}

const product = (sizes: Sizes, ...symbols: string[]) =>
  symbols.reduce((total, symbol) => total * sizes[symbol]!, 1)
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
const thrice = (work: (s: Sizes) => number) => (s: Sizes) => 3 * work(s)

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
const few = { H: 8, W: 8, K: 8, Q: 8, C: 8, B: 4, Ho: 4, Wo: 4, A: 8 }

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

/** A batch of sequences as recurrent layers of speech or text have it. */
const sequence = { T: 128, N: 32, I: 256, H: 256 }
const recurrent = (gates: number) => (s: Sizes) => gates * product(s, 'T', 'N', 'H') * (s.I! + s.H!)
const inTime = { direction: 'forward' } as const

/** The bare layer of TensorFlow.js, which has the sequences first. */
function layer(make: () => ReturnType<typeof layers.simpleRNN>): NonNullable<Others['bare']> {
  let made: ReturnType<typeof make> | undefined
  return ({ x }) => {
    // Its weights are variables, which live longer than a call.
    made ??= make()
    return made.apply(tf.transpose(x!, [1, 0, 2])) as tf.Tensor
  }
}
const gated = { units: 256, returnSequences: true, recurrentActivation: 'sigmoid' } as const

/** The weights of all gates as ONNX has them, a direction first. */
function onnxLayer(type: 'RNN' | 'LSTM' | 'GRU', gates: number, ints = {}): readonly OnnxNode[] {
  const shape = (units: number) => ({ value_ints: [1, gates * 256, units] })
  return [
    node('Constant', [], 'shape', shape(256)),
    node('Reshape', ['U', 'shape'], 'Us'),
    node('Reshape', ['W', 'shape'], 'Ws'),
    node(type, ['x', 'Us', 'Ws'], 'y', { hidden_size: 256, ...ints }),
  ]
}

/** A layer of PyTorch: gates along the axis of the units, and the biases of the input and of the state. */
const torchLayer = (name: 'rnn_tanh' | 'gru' | 'lstm', state: string) =>
  `torch.${name}(x, ${state}, [U.reshape(-1, 256), W.reshape(-1, 256), b.reshape(-1), b.reshape(-1)], True, 1, 0., False, False, False)[0]`
const torchGradient = (call: string, state: string) =>
  `gradients(lambda x, U, W, b, ${state}: ${call}, [x, U, W, b, ${state}], dh)`
const ofState = torchLayer('rnn_tanh', 'h0[None]')
const ofGates = torchLayer('gru', 'h0[None]')
const ofCell = torchLayer('lstm', '(h0[None], c0[None])')

/** Both networks of an adversary, for images of 28 × 28. */
const adversaries = { M: 256, Z: 128, Hg: 512, X: 784, Hd: 512 }
const onceThrough = (s: Sizes) => product(s, 'M', 'Hg') * (s.Z! + s.X!) + product(s, 'M', 'Hd', 'X')
const bareGenerated = (z: tf.Tensor, U: tf.Tensor, a: tf.Tensor, V: tf.Tensor, c: tf.Tensor) =>
  tf.add(tf.dot(tf.tanh(tf.add(tf.dot(z, U), a)), V), c)
const bareLogits = (x: tf.Tensor, W: tf.Tensor, b: tf.Tensor, v: tf.Tensor, d: tf.Tensor) =>
  tf.add(tf.dot(tf.leakyRelu(tf.add(tf.dot(x, W), b), 0.2), v), d)
/** The mean of the logarithms of the probabilities of a kind of samples. */
const ofKind = (kind: 0 | 1, logits: tf.Tensor) =>
  tf.neg(tf.losses.sigmoidCrossEntropy(tf.fill(logits.shape, kind), logits))
const parametersOf = (tensors: Tensors, player: 'generator' | 'discriminator') =>
  ['Hidden', 'HiddenBias', 'Output', 'OutputBias'].map((part) => tensors[player + part]!) as [
    tf.Tensor,
    tf.Tensor,
    tf.Tensor,
    tf.Tensor,
  ]
/** Parameters after a step up a mean. */
const bareStep = (parameters: tf.Tensor[], climbed: (...of: tf.Tensor[]) => tf.Tensor) =>
  tf
    .grads(climbed)(parameters)
    .map((g, at) => tf.add(parameters[at]!, tf.mul(0.1, g)))

const torchParameters = (player: string) =>
  ['Hidden', 'HiddenBias', 'Output', 'OutputBias'].map((part) => player + part).join(', ')
const torchGenerated = (z: string, parameters: string) =>
  `(lambda U, a, V, c: torch.tanh(${z} @ U + a) @ V + c)(${parameters})`
const torchLogits = (x: string, parameters: string) =>
  `(lambda x, W, b, v, d: F.leaky_relu(x @ W + b, 0.2) @ v + d)(${x}, ${parameters})`
const torchStep = (parameters: string, climbed: string) =>
  `[p + 0.1 * g for p, g in zip([${parameters}], gradients(lambda P, Q, R, S: ${climbed}, [${parameters}], torch.ones((), device=noise.device)))]`
const [ofGenerator, ofDiscriminator] = ['generator', 'discriminator'].map(torchParameters) as [
  string,
  string,
]
const scored = (x: string) => torchLogits(x, 'P, Q, R, S')

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
  of(
    'gan.generatorStep',
    adversaries,
    { rate: 0.1, loss: 'non-saturating' },
    (s) => 3 * onceThrough(s),
    {
      bare: (tensors) =>
        bareStep(parametersOf(tensors, 'generator'), (U, a, V, c) => {
          const x = bareGenerated(tensors.noise!, U!, a!, V!, c!)
          return ofKind(1, bareLogits(x, ...parametersOf(tensors, 'discriminator')))
        }),
      torch: torchStep(
        ofGenerator,
        `F.logsigmoid(${torchLogits(torchGenerated('noise', 'P, Q, R, S'), ofDiscriminator)}).mean()`,
      ),
    },
  ),
  of('gan.discriminatorSteps', { T: 1, ...adversaries }, { rate: 0.1 }, (s) => 4 * onceThrough(s), {
    bare: (tensors) => {
      const [noise, samples] = [tensors.noise!, tensors.samples!].map((batch) =>
        tf.squeeze(batch, [0]),
      )
      const x = bareGenerated(noise!, ...parametersOf(tensors, 'generator'))
      return bareStep(parametersOf(tensors, 'discriminator'), (W, b, v, d) => {
        const logits = (of: tf.Tensor) => bareLogits(of, W!, b!, v!, d!)
        const onReal = ofKind(1, logits(samples!))
        return tf.add(onReal, ofKind(0, logits(x)))
      })
    },
    torch: torchStep(
      ofDiscriminator,
      `F.logsigmoid(${scored('samples[0]')}).mean() + F.logsigmoid(-${scored(torchGenerated('noise[0]', ofGenerator))}).mean()`,
    ),
  }),
  of('rnn.forward', sequence, { ...inTime, activation: 'tanh' }, recurrent(1), {
    steps: 128,
    bare: layer(() => layers.simpleRNN({ units: 256, returnSequences: true })),
    onnx: onnxLayer('RNN', 1),
    torch: ofState,
  }),
  of('rnn.forwardGradient', sequence, { ...inTime, activation: 'tanh' }, thrice(recurrent(1)), {
    steps: 128,
    torch: torchGradient(ofState, 'h0'),
  }),
  of('lstm.forward', sequence, { ...inTime, coupled: false }, recurrent(4), {
    steps: 128,
    bare: layer(() => layers.lstm(gated)),
    onnx: onnxLayer('LSTM', 4),
    torch: ofCell,
  }),
  of('lstm.forwardGradient', sequence, { ...inTime, coupled: false }, thrice(recurrent(4)), {
    steps: 128,
    torch: torchGradient(ofCell, 'h0, c0'),
  }),
  of('gru.forward', sequence, { ...inTime, reset: 'before' }, recurrent(3), {
    label: 'gru.forward, reset before',
    steps: 128,
    bare: layer(() => layers.gru(gated)),
    onnx: onnxLayer('GRU', 3),
  }),
  of('gru.forward', sequence, { ...inTime, reset: 'after' }, recurrent(3), {
    label: 'gru.forward, reset after',
    steps: 128,
    onnx: onnxLayer('GRU', 3, { linear_before_reset: 1 }),
    torch: ofGates,
  }),
  of('gru.forwardGradient', sequence, { ...inTime, reset: 'after' }, thrice(recurrent(3)), {
    steps: 128,
    torch: torchGradient(ofGates, 'h0'),
  }),
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

function of(
  id: string,
  free: Sizes,
  parameters: Parameters,
  work: (sizes: Sizes) => number,
  others: Others = {},
): Subject | undefined {
  const operation = operations.find((candidate) => candidate.id === id) as Operation | undefined
  if (operation === undefined) return undefined
  const smaller = Object.fromEntries(
    Object.entries(free).map(([symbol, size]) => [symbol, Math.min(size, few[symbol as 'H'] ?? 4)]),
  )
  return {
    operation,
    sizes: complete(operation, free, parameters),
    small: complete(operation, smaller, parameters),
    parameters,
    work,
    others,
  }
}

/** All sizes of an operation, from those that are free. */
function complete(operation: Operation, free: Sizes, parameters: Parameters): Sizes {
  const sizes: Record<string, number> = { ...free }
  for (const [symbol, dimension] of Object.entries(operation.dimensions)) {
    if (dimension.kind === 'derived') sizes[symbol] = dimension.size(sizes, parameters)
    if (sizes[symbol] === undefined) throw new Error(`${operation.id}: no size for ${symbol}`)
  }
  return sizes
}
