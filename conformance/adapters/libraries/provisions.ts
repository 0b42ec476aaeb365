import type { OperationId } from '../../../spec/index.ts'
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

/** What libraries provide that differentiate whatever is composed of their calls. */
const differentiated = [
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
  'cnn.lightJitter',
  'cnn.maxPool',
  'cnn.maxPoolGradient',
  'cnn.patches',
  'cnn.zeroPad',
  'cnn.zeroPadGradient',
  'efficient.channelShuffle',
  'efficient.channelShuffleGradient',
  'efficient.denseBlock',
  'efficient.denseBlockGradient',
  'efficient.depthwise',
  'efficient.depthwiseGradient',
  'efficient.fire',
  'efficient.fireGradient',
  'efficient.groupPointwise',
  'efficient.groupPointwiseGradient',
  'efficient.pointwise',
  'efficient.pointwiseGradient',
  'efficient.separable',
  'efficient.separableGradient',
  'inception.flatHead',
  'inception.inference',
  'inception.pooledHead',
  'inception.pooledHeadGradient',
  'inception.totalLoss',
  'inception.trainingGradient',
  'inception.trainingLoss',
  'resnet.block',
  'resnet.blockGradient',
  'resnet.bottleneck',
  'resnet.bottleneckGradient',
  'resnet.projectionBlock',
  'resnet.projectionBlockGradient',
  'resnet.stack',
  'resnet.stackGradient',
  'training.decayedLoss',
  'training.decayedLossGradient',
  'training.descend',
  'training.quadratic',
  'training.quadraticGradient',
  'training.ridge',
  'transfer.network',
  'transfer.networkGradient',
  'transfer.networkLoss',
] as const satisfies readonly OperationId[]

const ownMask = (call: string, ...others: readonly OperationId[]): Reasons =>
  Object.fromEntries(
    ['cnn.dropout', 'cnn.dropoutGradient', ...others].map((id) => [
      id,
      `${call} draws its mask itself, and takes none`,
    ]),
  )

/** The libraries that are called as they are. A test compares this with the libraries themselves. */
export const provisions = {
  tfjs: {
    title: 'TensorFlow.js',
    names: ['tfjs:cpu', 'tfjs:wasm', 'tfjs:webgpu', 'tfjs:tensorflow'],
    operations: [
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
      'efficient.depthwise',
      'efficient.depthwiseGradient',
      'efficient.pointwise',
      'efficient.pointwiseGradient',
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
      'efficient.depthwise',
      'efficient.groupPointwise',
      'efficient.pointwise',
    ],
    own: {
      'cnn.lrnWithin': 'LRN works across channels only',
      'cnn.dropout': 'Dropout draws its mask itself, and takes none',
      'cnn.patches': 'ONNX has Col2Im, and no operator that gives the patches of an image',
      'cnn.locallyConnected': 'ONNX has no locally connected layer',
      'efficient.channelShuffle': 'ONNX has no operator that shuffles channels',
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
      'inception.flatHead',
      'inception.inference',
      'inception.pooledHead',
      'inception.totalLoss',
      'inception.trainingLoss',
      'resnet.block',
      'resnet.bottleneck',
      'resnet.projectionBlock',
      'resnet.stack',
      'training.decayedLoss',
      'training.quadratic',
      'training.ridge',
      'transfer.network',
      'transfer.networkLoss',
    ],
    own: {},
    gradients: 'NumPy differentiates nothing',
  },
  torch: {
    title: 'PyTorch',
    names: ['pytorch'],
    operations: [...differentiated, 'cnn.lrnAcross', 'cnn.lrnAcrossGradient'],
    own: {
      ...ownMask('dropout of PyTorch', 'cnn.droppedNetwork'),
      'transfer.freezeStep': 'torch.optim.SGD keeps no velocity while the momentum is 0',
    },
  },
  jax: {
    title: 'JAX',
    names: ['jax'],
    operations: differentiated,
    own: {
      ...ownMask('dropout of JAX', 'cnn.droppedNetwork'),
      'transfer.freezeStep': 'JAX has no optimizer; that of Optax is another library',
    },
  },
} satisfies Readonly<Record<string, Provision>>

/** Why a library does not provide the operations that it does not, as far as is known without it. */
export function reasonsOf(library: Provision): Reasons {
  return reasonsFor(library, new Set<string>(library.operations))
}
