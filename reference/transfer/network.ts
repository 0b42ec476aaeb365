import type {
  networkGradient as gradientSpec,
  networkLoss as lossSpec,
  network as spec,
} from '../../spec/transfer/network.ts'
import { build } from '../arithmetic/array.ts'
import { dense } from '../layers/dense.ts'
import { rectify } from '../layers/rectifier.ts'
import type { Reference } from '../reference.ts'
import { backpropagate } from './network-backpropagation.ts'
import { meanLoss } from './network-loss.ts'

/**
 * Network of two rectified layers and a linear head.
 *
 * Formula    lower = (x W₁ + b₁)₊, higher = (lower W₂ + b₂)₊, scores = higher V + c
 * Clauses    transfer.head.replace, transfer.feature-extractor
 * Shapes     x: [N, I], weights1: [I, H], weights2: [H, F], head: [F, C] → scores: [N, C],
 *            lower: [N, H], higher: [N, F]
 * Edges      a response of 0 stays 0
 * Source     Goodfellow, Bengio, Courville (2016), section 6.1
 * Example    all weights 1, no biases, x = 2 → lower 2, higher 2, scores 2; x = −2 → 0, 0, 0
 */
export const network: Reference<typeof spec> = (arithmetic, the) => {
  const lower = rectify(arithmetic, dense(arithmetic, the.x, the.weights1, the.biases1))
  const higher = rectify(arithmetic, dense(arithmetic, lower, the.weights2, the.biases2))
  return { scores: dense(arithmetic, higher, the.head, the.bias), lower, higher }
}

/**
 * Loss of a network of two rectified layers and a linear head.
 *
 * Formula    squares: 1/N Σ_n ½ Σ_c (z − t)²; softmax: −1/N Σ_n Σ_c t ln(e^z[c] / Σ_k e^z[k])
 * Clauses    transfer.features-equal-frozen-training
 * Shapes     as of the network, targets: [N, C] → loss: []
 * Edges      one class: the cross entropy is 0
 * Source     Goodfellow, Bengio, Courville (2016), section 6.2.2
 * Example    all weights 1, no biases, x = 2, target 0, squares → 2
 */
export const networkLoss: Reference<typeof lossSpec> = (arithmetic, inputs, parameters) => {
  const { scores } = network(arithmetic, inputs, {})
  const loss = meanLoss(arithmetic, scores, inputs.targets, parameters.loss)
  return { loss: build([], () => loss) }
}

/**
 * Gradients of the loss of a network of two rectified layers and a linear head.
 *
 * Formula    e₃ = (z − t) / N, with softmax (Σ_c t · softmax(z) − t) / N; dHead = higherᵀ e₃,
 *            e₂ = [z₂ > 0] e₃ Vᵀ, dWeights2 = lowerᵀ e₂, e₁ = [z₁ > 0] e₂ W₂ᵀ, dWeights1 = xᵀ e₁,
 *            each bias the sum of its e, dx = e₁ W₁ᵀ
 * Clauses    transfer.features-equal-frozen-training
 * Shapes     as of the loss; each gradient as what it belongs to
 * Edges      the slope of a rectifier at 0 is 0
 * Source     Goodfellow, Bengio, Courville (2016), section 6.5
 * Example    all weights 1, no biases, x = 2, target 0, squares → dHead = 4, dWeights1 = 4, dx = 2
 */
export const networkGradient: Reference<typeof gradientSpec> = (arithmetic, inputs, parameters) => {
  const { x, targets } = inputs
  const top = backpropagate(arithmetic, x, inputs, targets, parameters.loss)
  const middle = top.below()
  const bottom = middle.below()
  return {
    dx: bottom.x,
    dWeights1: bottom.weights1,
    dBiases1: bottom.biases1,
    dWeights2: middle.weights2,
    dBiases2: middle.biases2,
    dHead: top.head,
    dBias: top.bias,
  }
}
