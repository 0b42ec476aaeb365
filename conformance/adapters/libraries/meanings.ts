import { type OperationId, operationById } from '../../../spec/index.ts'
import { checkArguments } from '../../../spec/language/check.ts'
import { ArgumentError } from '../../../spec/language/errors.ts'
import type { Parameters } from '../../../spec/language/operation.ts'
import { Unsupported } from '../../base/errors.ts'
import type { Evaluate, Implementation, Inputs } from '../../engine/implementation.ts'
import type { provisions } from './provisions.ts'

/**
 * What the call of a library takes of an argument beyond what an operation does: arrays with fewer axes,
 * with any number of axes, or of any shape that the others are broadcast to, or any number, or any weights that
 * a mean can have.
 */
type More = 'fewer axes' | 'any axes' | 'any shape' | 'any number' | 'any weights'

/**
 * The arguments to which the documentation of a library gives a meaning that the specification does not,
 * by operation. A library that answers there keeps its word. What it takes without a word stays a finding.
 */
export type Meanings = Readonly<Partial<Record<OperationId, Readonly<Record<string, More>>>>>

const elementwise = { x: 'any axes', slope: 'any number' } as const
const anyAxes = { x: 'any axes' } as const
/** A single image, without the axis of images. */
const single = { x: 'fewer axes' } as const
/** Every kernel of a convolution is one, and an image without rows or columns is an image. */
const convolution = { filters: 'any shape' } as const
const constants = { kappa: 'any number', alpha: 'any number', beta: 'any number' } as const
/** An amount below zero takes off, and an image may have nothing left. */
const crops = { x: 'any axes', padding: 'any number' } as const
const uncrops = { dy: 'any shape', padding: 'any number' } as const

/** https://js.tensorflow.org/api/4.22.0 */
const ofTensorFlow: Meanings = {
  'activation.derivative': anyAxes,
  'cnn.activation': elementwise,
  'cnn.activationGradient': elementwise,
  'cnn.averagePool': single,
  'cnn.conv2d': { ...single, bias: 'any shape' },
  'cnn.dense': { x: 'any axes', weights: 'any axes', bias: 'any shape' },
  'cnn.flatten': { x: 'any axes' },
  'cnn.lrnAcross': { ...single, ...constants },
  'cnn.lrnAcrossGradient': constants,
  'cnn.maxPool': single,
  'cnn.zeroPadGradient': { dy: 'any shape' },
  'efficient.depthwise': single,
  'efficient.pointwise': convolution,
}

/** https://onnx.ai/onnx/operators, of the operator set that models are written in. */
const ofOnnx: Meanings = {
  'cnn.activation': elementwise,
  'cnn.conv2dBiasGradient': { dy: 'any axes' },
  'cnn.conv2dInputGradient': { imageSize: 'any number' },
  'cnn.dense': { bias: 'any shape' },
  'cnn.flatten': { x: 'any axes' },
  'cnn.flip': { x: 'any axes' },
  'cnn.lrnAcross': constants,
  'cnn.zeroPad': { padding: 'any number' },
  'cnn.zeroPadGradient': uncrops,
  'efficient.pointwise': convolution,
}

/** https://docs.pytorch.org/docs/stable */
const ofPyTorch: Meanings = {
  'activation.derivative': anyAxes,
  'cnn.activation': elementwise,
  'cnn.activationGradient': elementwise,
  'cnn.averagePool': single,
  'cnn.conv2dBiasGradient': { dy: 'any axes' },
  'cnn.flatten': { x: 'any axes' },
  'cnn.flip': { x: 'any axes' },
  'cnn.lrnAcross': { x: 'any axes', ...constants },
  'cnn.lrnAcrossGradient': constants,
  'cnn.maxPool': single,
  'cnn.zeroPad': crops,
  'cnn.zeroPadGradient': uncrops,
  'efficient.channelShuffle': { x: 'any axes' },
  'efficient.channelShuffleGradient': { dy: 'any axes' },
  'efficient.pointwise': convolution,
  // Formulas of any constants: running statistics are moved by a share, and no root is taken of them.
  'gan.batchNorm': { epsilon: 'any number', momentum: 'any number', runningVariance: 'any number' },
  // Slopes have nothing to do with what moves running statistics.
  'gan.batchNormGradient': { momentum: 'any number' },
  'gan.batchNormInference': { epsilon: 'any number' },
  'gan.batchNormInferenceGradient': { epsilon: 'any number' },
  'lowrank.svd': { weights: 'any axes' },
}

/** https://numpy.org/doc/stable */
const ofNumPy: Meanings = {
  'cnn.activation': elementwise,
  'cnn.conv2d': { bias: 'any shape' },
  'cnn.conv2dBiasGradient': { dy: 'any axes' },
  'cnn.flatten': { x: 'any axes' },
  'cnn.flip': { x: 'any axes' },
  'efficient.pointwise': convolution,
  'lowrank.svd': { weights: 'any axes' },
}

/** Windows of XLA: amounts below zero take off, and windows of padding alone, or none at all, are some. */
const windows = { x: 'any shape', padding: 'any number' } as const

/** https://docs.jax.dev, and https://openxla.org/xla/operation_semantics, to which it refers. */
const ofJax: Meanings = {
  'activation.derivative': anyAxes,
  ...ofNumPy,
  'cnn.activationGradient': elementwise,
  'cnn.averagePool': windows,
  'cnn.conv2d': { ...windows, bias: 'any shape' },
  'cnn.maxPool': windows,
  'cnn.zeroPadGradient': { dy: 'any shape' },
  'efficient.depthwise': windows,
  'efficient.depthwiseGradient': windows,
  'gan.tconv2d': {
    z: 'any shape',
    bias: 'any shape',
    padding: 'any number',
    outputPadding: 'any number',
  },
}

/** A record holds arrays of any shapes, which know nothing of each other. */
const records = { w: 'any shape', b: 'any shape' } as const
/** A share is cut off, of which a number is made by rounding down. */
const shares = { ...records, trim: 'any number' } as const

/** https://flower.ai/docs/framework/ref-api */
const ofFlower: Meanings = {
  'federated.aggregate': { ...records, counts: 'any weights' },
  'federated.clipUpdates': records,
  'federated.krum': records,
  'federated.medianAggregate': records,
  'federated.trimmedMean': shares,
}

/** Whatever can be added up and multiplied by a weight. */
const ofAverages: Meanings = { 'federated.aggregate': { ...records, counts: 'any weights' } }

/** Batches of other sizes, and weights of any number of distributions at once. */
const distances = { real: 'any shape', generated: 'any shape' } as const

/** https://docs.scipy.org/doc/scipy/reference */
const ofSciPy: Meanings = {
  'gan.jensenShannon': { data: 'any axes', generated: 'any axes' },
  'gan.sampleDistance': distances,
}

/** The meanings that each library documents, by the name that it is provided under. */
export const meanings: Readonly<Record<keyof typeof provisions, Meanings>> = {
  tfjs: ofTensorFlow,
  onnxruntime: ofOnnx,
  numpy: ofNumPy,
  torch: ofPyTorch,
  jax: ofJax,
  flwr: ofFlower,
  scipy: ofSciPy,
  pytorch_fid: {},
  torchmetrics: {},
  nvflare: ofAverages,
  openfl: { ...ofAverages, 'federated.medianAggregate': records },
  'ml-matrix': {},
  'svd-js': {},
  numeric: {},
  '@petamoriken/float16': {},
}

/** An implementation that declines arguments with a meaning of its own instead of being asked to reject them. */
export function withMeanings(implementation: Implementation, meanings: Meanings): Implementation {
  const operations = Object.entries(implementation.operations).map(([id, evaluate]) => {
    const beyond = meanings[id as OperationId]
    return [id, beyond === undefined ? evaluate : declining(id, evaluate, beyond)]
  })
  return { ...implementation, operations: Object.fromEntries(operations), meanings }
}

function declining(
  id: string,
  evaluate: Evaluate,
  beyond: Readonly<Partial<Record<string, More>>>,
): Evaluate {
  const operation = operationById(id)!
  return (inputs, parameters) => {
    const wrong = argumentAtFault(id, inputs, parameters)
    const more = wrong === null ? undefined : beyond[wrong]
    if (wrong !== null && more !== undefined) {
      const given = inputs[wrong]?.shape.length ?? 0
      const axes = operation.inputs[wrong]?.axes.length ?? 0
      const weights = Array.from(inputs[wrong]?.data ?? [])
      const means = {
        'fewer axes': given < axes,
        'any axes': given !== axes,
        'any weights': weights.every((n) => n >= 0) && weights.some((n) => n > 0),
      }
      if (means[more as keyof typeof means] ?? true) {
        throw new Unsupported(`${wrong}: it takes ${more}, by its documentation`)
      }
    }
    return evaluate(inputs, parameters)
  }
}

/** The argument that an operation rejects, without its part: `strides` of `strides[0]`; `null` where it takes all. */
export function argumentAtFault(id: string, inputs: Inputs, parameters: Parameters): string | null {
  try {
    checkArguments(operationById(id)!, inputs, parameters)
    return null
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error
    return error.argument.split(/[.[]/)[0]!
  }
}
