import type {
  networkGradient as gradientSpec,
  networkLoss as lossSpec,
  network as spec,
} from '../../spec/transfer/network.ts'
import type { Fast } from '../operation.ts'
import { activations, gradients } from './network-backpropagation.ts'
import { meanLoss } from './network-loss.ts'

/**
 * Network of two rectified layers and a linear head.
 *
 * Clauses    transfer.head.replace, transfer.feature-extractor
 * Fast by    a matrix product a layer
 */
export const network: Fast<typeof spec> = (inputs) => activations(inputs.x, inputs)

/**
 * Loss of a network of two rectified layers and a linear head.
 *
 * Clauses    transfer.features-equal-frozen-training
 * Fast by    a matrix product a layer
 */
export const networkLoss: Fast<typeof lossSpec> = (inputs, parameters) => ({
  loss: meanLoss(activations(inputs.x, inputs).scores, inputs.targets, parameters.loss),
})

/**
 * Gradients of the loss of a network of two rectified layers and a linear head.
 *
 * Clauses    transfer.features-equal-frozen-training
 * Fast by    backpropagation, two matrix products a layer
 */
export const networkGradient: Fast<typeof gradientSpec> = (inputs, parameters) => {
  const { byName, dx } = gradients(inputs.x, inputs, inputs.targets, parameters.loss, 0)
  return {
    dx: dx!,
    dWeights1: byName.weights1!,
    dBiases1: byName.biases1!,
    dWeights2: byName.weights2!,
    dBiases2: byName.biases2!,
    dHead: byName.head!,
    dBias: byName.bias!,
  }
}
