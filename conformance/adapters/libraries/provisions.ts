import type { OperationId } from '../../../spec/index.ts'
import {
  adversarial,
  adversarialSteps,
  compressed,
  differentiated,
  networks,
  normalization,
  objective,
  recurrent,
} from './provided.ts'
import { type Reasons, reasonsFor } from './unsupported.ts'

/** What is known of a library without starting it: the operations that it provides, and why no others. */
export interface Provision {
  readonly title: string
  /** How `--implementation` opens it. */
  readonly names: readonly string[]
  readonly operations: readonly OperationId[]
  /** What is to be said of one operation in particular. */
  readonly own: Reasons
  /** What is to be said of gradients, where the library has none. */
  readonly gradients?: string
}

const ownMask = (call: string, ...others: readonly OperationId[]): Reasons =>
  Object.fromEntries(
    ['cnn.dropout', 'cnn.dropoutGradient', ...others].map((id) => [
      id,
      `${call} draws its mask itself, and takes none`,
    ]),
  )

/** Small packages of npm that `--implementation` knows by name. */
export const packageNames = ['ml-matrix', 'svd-js', 'numeric', '@petamoriken/float16'] as const
export type PackageName = (typeof packageNames)[number]

/** A package that does one thing. */
const small = (title: string, operations: readonly OperationId[]) => ({
  title,
  names: [title],
  operations,
  own: {},
})

/** The libraries that are called as they are. A test compares this with the libraries themselves. */
export const provisions = {
  tfjs: {
    title: 'TensorFlow.js',
    names: ['tfjs:cpu', 'tfjs:wasm', 'tfjs:webgpu', 'tfjs:tensorflow'],
    operations: [
      'activation.derivative',
      'cnn.activation',
      'cnn.activationGradient',
      'cnn.averagePool',
      'cnn.averagePoolGradient',
      'cnn.conv2d',
      'cnn.conv2dBiasGradient',
      'cnn.conv2dFilterGradient',
      'cnn.conv2dInputGradient',
      'cnn.dense',
      'cnn.flatten',
      'cnn.flattenGradient',
      'cnn.flip',
      'cnn.lrnAcross',
      'cnn.lrnAcrossGradient',
      'cnn.maxPool',
      'cnn.maxPoolGradient',
      'cnn.trueConvolution',
      'cnn.zeroPad',
      'cnn.zeroPadGradient',
      'distillation.crossEntropy',
      'distillation.logSoftmax',
      'distillation.logSoftmaxGradient',
      'distillation.logSumExp',
      'distillation.logSumExpGradient',
      'distillation.softmax',
      'distillation.softmaxGradient',
      'efficient.depthwise',
      'efficient.depthwiseGradient',
      'efficient.pointwise',
      'efficient.pointwiseGradient',
      ...recurrent,
      'rnn.forwardGradient',
      'lstm.forwardGradient',
      'gru.forwardGradient',
      ...networks,
      'bptt.lossGradient',
      ...adversarial,
      ...adversarialSteps,
      ...normalization,
      'gan.binaryCrossEntropy',
      'gan.binaryCrossEntropyGradient',
      'gan.criticLoss',
      'gan.discriminatorProbability',
      'gan.expectedValue',
      'gan.expectedValueGradient',
      'gan.generatorLosses',
      'gan.sampleDistance',
      'gan.smoothedValue',
      'gan.smoothedValueGradient',
      'gan.value',
      'gan.valueGradient',
      'gan.tconv2d',
      'gan.tconv2dGradient',
      'gan.generatorObjectiveGradient',
    ],
    own: {
      'cnn.lrnWithin': 'tf.localResponseNormalization works across channels only',
      'cnn.lrnWithinGradient': 'tf.localResponseNormalization works across channels only',
      ...ownMask('tf.dropout'),
      'cnn.patches': 'TensorFlow.js has no call that gives the patches of an image',
      'cnn.locallyConnected': 'TensorFlow.js has no locally connected layer',
      'cnn.locallyConnectedGradient': 'TensorFlow.js has no locally connected layer',
      'efficient.groupPointwise': 'TensorFlow.js has no grouped convolution',
      'efficient.groupPointwiseGradient': 'TensorFlow.js has no grouped convolution',
      'efficient.channelShuffle': 'TensorFlow.js has no channel shuffle',
      'efficient.channelShuffleGradient': 'TensorFlow.js has no channel shuffle',
      'efficient.separable':
        'tf.separableConv2d has no bias and no rectifier between its two steps',
      'efficient.separableGradient':
        'tf.separableConv2d has no bias and no rectifier between its two steps',
    },
  },
  onnxruntime: {
    title: 'ONNX Runtime',
    names: ['onnxruntime'],
    operations: [
      'cnn.activation',
      'cnn.averagePool',
      'cnn.conv2d',
      'cnn.conv2dBiasGradient',
      'cnn.conv2dInputGradient',
      'cnn.dense',
      'cnn.flatten',
      'cnn.flip',
      'cnn.lrnAcross',
      'cnn.maxPool',
      'cnn.trueConvolution',
      'cnn.zeroPad',
      'cnn.zeroPadGradient',
      'distillation.logSoftmax',
      'distillation.logSumExp',
      'distillation.softmax',
      'efficient.depthwise',
      'efficient.groupPointwise',
      'efficient.pointwise',
      'gan.batchNormInference',
      'gan.tconv2d',
      'quantization.decodeHalf',
      'quantization.dequantize',
      'quantization.encodeHalf',
      'quantization.halfMatmul',
      'quantization.integerMatmul',
      'quantization.quantize',
      'quantization.quantizedMatmul',
      ...recurrent,
      ...networks,
    ],
    own: {
      'cnn.lrnWithin': 'LRN works across channels only',
      'cnn.dropout': 'Dropout draws its mask itself, and takes none',
      'cnn.patches': 'ONNX has Col2Im, and no operator that gives the patches of an image',
      'cnn.locallyConnected': 'ONNX has no locally connected layer',
      'efficient.channelShuffle': 'ONNX has no operator that shuffles channels',
      'gan.batchNorm':
        'BatchNormalization has a mode for training, which onnxruntime-node is built without',
    },
    gradients: 'onnxruntime-node runs models and derives nothing of them',
  },
  numpy: {
    title: 'NumPy',
    names: ['numpy'],
    operations: [
      'cnn.activation',
      'cnn.averagePool',
      'cnn.conv2d',
      'cnn.conv2dBiasGradient',
      'cnn.dense',
      'cnn.flatten',
      'cnn.flip',
      'cnn.lightJitter',
      'cnn.maxPool',
      'cnn.patches',
      'cnn.zeroPad',
      'efficient.channelShuffle',
      'efficient.denseBlock',
      'efficient.depthwise',
      'efficient.fire',
      'efficient.pointwise',
      'efficient.separable',
      'federated.aggregate',
      'federated.medianAggregate',
      'inception.flatHead',
      'inception.inference',
      'inception.pooledHead',
      'inception.totalLoss',
      'inception.trainingLoss',
      'resnet.block',
      'resnet.bottleneck',
      'resnet.projectionBlock',
      'resnet.stack',
      ...recurrent,
      ...networks,
      ...adversarial,
      ...objective,
      'training.decayedLoss',
      'training.quadratic',
      'training.ridge',
      'transfer.network',
      'transfer.networkLoss',
      ...compressed,
    ],
    own: {},
    gradients: 'NumPy differentiates nothing',
  },
  torch: {
    title: 'PyTorch',
    names: ['pytorch', 'pytorch:cuda', 'pytorch:mps'],
    operations: [
      ...differentiated,
      'cnn.lrnAcross',
      'cnn.lrnAcrossGradient',
      'federated.aggregate',
      'federated.medianAggregate',
      ...adversarialSteps,
      ...normalization,
      'gan.tconv2d',
      'gan.tconv2dGradient',
      'pruning.byPercentage',
    ],
    own: {
      ...ownMask('dropout of PyTorch', 'cnn.droppedNetwork'),
      'gan.jensenShannon':
        'PyTorch has no call for it; `kl_div` from the mean of both is no number where both are 0, and cancels near 0',
      'transfer.freezeStep': 'torch.optim.SGD keeps no velocity while the momentum is 0',
    },
  },
  jax: {
    title: 'JAX',
    names: ['jax'],
    operations: [...differentiated, ...normalization, 'gan.tconv2d', 'gan.tconv2dGradient'],
    own: {
      ...ownMask('dropout of JAX', 'cnn.droppedNetwork'),
      'transfer.freezeStep': 'JAX has no optimizer; that of Optax is another library',
    },
  },
  flwr: {
    title: 'Flower',
    names: ['flower'],
    operations: [
      'federated.aggregate',
      'federated.clipUpdates',
      'federated.fedAvg',
      'federated.krum',
      'federated.medianAggregate',
      'federated.objective',
      'federated.trimmedMean',
    ],
    own: {
      'federated.clientSampling':
        'Flower draws clients itself, and takes no numbers to draw them by',
      'federated.clientUpdate': 'what a client does with a model is its own code',
      'federated.noisyMean': 'Flower draws the noise itself, and takes none',
      'federated.secureSum': 'SecAgg+ of Flower draws its masks itself, and takes none',
      'federated.gossip': 'clients of Flower have a server, and none of them averages with another',
    },
    gradients: 'Flower differentiates nothing',
  },
  scipy: {
    title: 'SciPy',
    names: ['scipy'],
    operations: [
      'distillation.logSoftmax',
      'distillation.logSumExp',
      'distillation.softmax',
      'gan.binomialTest',
      'gan.discriminatorProbability',
      'gan.expectedValue',
      'gan.featureFrechetDistance',
      'gan.frechetDistance',
      'gan.jensenShannon',
      'gan.lineDistance',
      'gan.sampleDistance',
      'gan.value',
    ],
    own: {
      'gan.sphericalInterpolate':
        'geometric_slerp takes vectors of length 1 alone, and refuses opposite ones',
    },
    gradients: 'SciPy differentiates nothing',
  },
  pytorch_fid: {
    title: 'pytorch-fid',
    names: ['pytorch-fid'],
    operations: ['gan.frechetDistance'],
    own: {
      'gan.featureFrechetDistance': 'pytorch-fid takes features of images alone, by a network',
    },
    gradients: 'pytorch-fid differentiates nothing',
  },
  torchmetrics: {
    title: 'TorchMetrics',
    names: ['torchmetrics'],
    operations: ['gan.featureFrechetDistance', 'gan.inceptionScore'],
    own: { 'gan.frechetDistance': 'TorchMetrics takes features, and no moments of them' },
    gradients: 'its metrics are not differentiated',
  },
  nvflare: {
    title: 'NVIDIA FLARE',
    names: ['nvflare'],
    operations: ['federated.aggregate'],
    own: {},
    gradients: 'NVIDIA FLARE differentiates nothing',
  },
  openfl: {
    title: 'OpenFL',
    names: ['openfl'],
    operations: ['federated.aggregate', 'federated.medianAggregate'],
    own: {},
    gradients: 'OpenFL differentiates nothing',
  },
  'ml-matrix': small('ml-matrix', ['lowrank.svd']),
  'svd-js': small('svd-js', ['lowrank.svd']),
  numeric: small('numeric', ['lowrank.svd']),
  '@petamoriken/float16': small('@petamoriken/float16', [
    'quantization.decodeHalf',
    'quantization.encodeHalf',
  ]),
} satisfies Readonly<Record<string, Provision>>

/** Why a library does not provide the operations that it does not, as far as is known without it. */
export function reasonsOf(library: Provision): Reasons {
  return reasonsFor(library, new Set<string>(library.operations))
}
