import type { OperationId } from '../../../spec/index.ts'
import {
  arithmetic,
  backwards,
  compensated,
  flushed,
  inLanes,
  inOrder,
  pairwise,
  single,
  sorted,
} from '../arithmetics.ts'
import { evaluatedIn, type Variation } from '../variation.ts'

/** What adds up many products. */
const sums: readonly OperationId[] = [
  'cnn.conv2d',
  'cnn.conv2dInputGradient',
  'cnn.conv2dFilterGradient',
  'cnn.dense',
  'efficient.depthwise',
  'efficient.groupPointwise',
  'pruning.maskedDense',
  'rnn.scores',
  'rnn.scoresGradient',
]
const layers: readonly OperationId[] = [
  'cnn.conv2d',
  'cnn.conv2dBiasGradient',
  'cnn.averagePool',
  'cnn.locallyConnected',
  'cnn.trueConvolution',
  'efficient.pointwise',
  'lowrank.layer',
  'rnn.forward',
  'lstm.forward',
  'lowrank.truncate',
]
const networks: readonly OperationId[] = [
  'resnet.block',
  'resnet.bottleneckGradient',
  'resnet.stack',
  'transfer.networkGradient',
  'transfer.networkLoss',
  'transfer.trainHead',
  'efficient.fire',
  'efficient.denseBlock',
  'inception.trainingGradient',
  'training.descend',
  'pruning.networkOfUnits',
  'pruning.groupPenalty',
  'distillation.softmaxGradient',
  'distillation.distillationLoss',
  'distillation.distillationLossGradient',
  'distillation.studentStep',
  'quantization.quantizedLayer',
  'quantization.affineScale',
  'rnn.forward',
  'rnn.forwardGradient',
  'lstm.forward',
  'lstm.forwardGradient',
  'bptt.loss',
  'bptt.lossGradient',
  'gru.forward',
  'gru.forwardGradient',
  'rnn.network',
  'rnn.outputRecurrent',
  'rnn.outputRecurrentGradient',
  'rnn.sequenceToOneGradient',
  'rnn.softmax',
  'rnn.loss',
  'rnn.lossGradient',
]

/** The same formula in single precision, with its sums in orders that libraries and devices choose. */
export const orders: readonly Variation[] = [
  ...evaluatedIn('in single precision, term by term', arithmetic({}), [...sums, ...networks]),
  ...evaluatedIn(
    'from the last term to the first',
    arithmetic({ adding: backwards(single) }),
    layers,
  ),
  ...evaluatedIn('halves first', arithmetic({ adding: pairwise(single) }), [
    ...sums,
    'resnet.block',
  ]),
  ...evaluatedIn('in four lanes', arithmetic({ adding: inLanes(4, single) }), layers),
  ...evaluatedIn('in sixteen lanes', arithmetic({ adding: inLanes(16, single) }), sums),
  ...evaluatedIn('compensated as by Kahan', arithmetic({ adding: compensated(single) }), layers),
  ...evaluatedIn('the smallest terms first', arithmetic({ adding: sorted(single) }), layers),
  ...evaluatedIn(
    'by fused multiply-adds, rounded once a step',
    arithmetic({ multiply: (x, y) => x * y }),
    [...sums, 'cnn.averagePool', 'cnn.lrnAcross', 'training.quadratic'],
  ),
  ...evaluatedIn(
    'products in single, sums in double precision',
    arithmetic({ adding: inOrder((x) => x) }),
    [...layers, 'inception.pooledHead'],
  ),
  ...evaluatedIn('without subnormal numbers', arithmetic({ round: flushed }), [
    'cnn.conv2d',
    'cnn.activation',
    'cnn.averagePool',
    'cnn.dense',
  ]),
]
