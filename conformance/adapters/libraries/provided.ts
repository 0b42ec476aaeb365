import type { OperationId } from '../../../spec/index.ts'

/** What is composed of the calls of any library of arrays, for compression. */
export const compressed = [
  'distillation.crossEntropy',
  'distillation.distillationLoss',
  'distillation.divergence',
  'distillation.ensemble',
  'distillation.ensembleCrossEntropy',
  'distillation.logSoftmax',
  'distillation.logSumExp',
  'distillation.probabilityCrossEntropy',
  'distillation.scoreLoss',
  'distillation.softmax',
  'lowrank.svd',
  'pruning.byThreshold',
  'pruning.l1Minimum',
  'pruning.l1Step',
  'pruning.l2Penalty',
  'pruning.l2Step',
  'pruning.maskedDense',
  'pruning.unitScores',
  'quantization.decodeHalf',
  'quantization.dequantize',
  'quantization.encodeHalf',
  'quantization.halfMatmul',
  'quantization.integerMatmul',
  'quantization.quantize',
  'quantization.quantizedMatmul',
] as const satisfies readonly OperationId[]

/** The gradients of what is composed so. */
const compressedGradients = [
  'distillation.crossEntropyGradient',
  'distillation.distillationLossGradient',
  'distillation.divergenceGradient',
  'distillation.ensembleCrossEntropyGradient',
  'distillation.ensembleGradient',
  'distillation.logSoftmaxGradient',
  'distillation.logSumExpGradient',
  'distillation.probabilityCrossEntropyGradient',
  'distillation.scoreLossGradient',
  'distillation.softmaxGradient',
  'pruning.l2PenaltyGradient',
  'pruning.maskedDenseGradient',
] as const satisfies readonly OperationId[]

/** Recurrent layers. */
export const recurrent = ['rnn.forward', 'lstm.forward', 'gru.forward'] as const

/** What is composed of them. */
export const networks = ['rnn.network', 'bptt.loss'] as const

/** A generator, and what it climbs. */
export const adversarial = ['gan.generate', 'gan.generatorObjective'] as const

/** What a discriminator is judged by, distances of distributions, and the losses of a critic. */
export const objective = [
  'gan.bayesAccuracy',
  'gan.binaryCrossEntropy',
  'gan.criticLoss',
  'gan.discriminatorProbability',
  'gan.expectedValue',
  'gan.optimalDiscriminator',
  'gan.sampleDistance',
  'gan.smoothedValue',
  'gan.value',
] as const satisfies readonly OperationId[]

/** Their gradients, and what has slopes among its outputs. */
const objectiveGradients = [
  'gan.binaryCrossEntropyGradient',
  'gan.criticLossGradient',
  'gan.expectedValueGradient',
  'gan.generatorLosses',
  'gan.smoothedValueGradient',
  'gan.valueGradient',
] as const satisfies readonly OperationId[]

/** Their training. */
export const adversarialSteps = [
  'gan.alternate',
  'gan.discriminatorSteps',
  'gan.generatorStep',
] as const

/** Batch normalization. */
export const normalization = [
  'gan.batchNorm',
  'gan.batchNormGradient',
  'gan.batchNormInference',
  'gan.batchNormInferenceGradient',
] as const

/** What libraries provide that differentiate whatever is composed of their calls. */
export const differentiated = [
  ...compressed,
  ...compressedGradients,
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
  ...recurrent,
  ...networks,
  ...adversarial,
  ...objective,
  ...objectiveGradients,
  'gan.generatorObjectiveGradient',
  'activation.derivative',
  'activation.pathDerivative',
  'bptt.lossGradient',
  'rnn.forwardGradient',
  'lstm.forwardGradient',
  'gru.forwardGradient',
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
