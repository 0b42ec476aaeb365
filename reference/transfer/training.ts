import type { trainHead as headSpec, finetune as spec } from '../../spec/transfer/training.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, fromData, type NumberArray } from '../arithmetic/array.ts'
import { biasGradient } from '../layers/bias.ts'
import { dense, denseWeightGradient } from '../layers/dense.ts'
import type { Reference } from '../reference.ts'
import { move, type Optimizer } from './freeze.ts'
import { backpropagate, type Network } from './network-backpropagation.ts'
import { type Loss, meanLoss, scoreGradient } from './network-loss.ts'

/** The samples t B, …, t B + B − 1, counted around. */
function batchOf<T>(x: NumberArray<T>, t: number, batch: number): NumberArray<T> {
  const [N, K] = x.shape as [number, number]
  return build([batch, K], (b, k) => x.at((t * batch + b) % N, k))
}

type Arrays<T> = Readonly<Record<string, NumberArray<T>>>

/** Steps of descent on named arrays: those that a step has no gradient for stay as they are. */
function train<T, A extends Arrays<T>>(
  arithmetic: Arithmetic<T>,
  start: A,
  steps: number,
  optimizer: Optimizer,
  gradientsAt: (at: A, t: number) => { readonly loss: T; readonly gradients: Arrays<T> },
) {
  let at = start
  const velocities: Record<string, NumberArray<T>> = {}
  const losses: T[] = []
  for (let t = 0; t < steps; t++) {
    const { loss, gradients } = gradientsAt(at, t)
    losses.push(loss)
    const next: Record<string, NumberArray<T>> = {}
    for (const [name, g] of Object.entries(gradients)) {
      const theta = at[name]!
      const v = velocities[name] ?? build(theta.shape, () => arithmetic.exact(0))
      const moved = theta.data.map((value, i) =>
        move(arithmetic, value, g.data[i]!, v.data[i]!, optimizer),
      )
      next[name] = fromData(
        theta.shape,
        moved.map((each) => each.theta),
      )
      velocities[name] = fromData(
        theta.shape,
        moved.map((each) => each.velocity),
      )
    }
    at = { ...at, ...next }
  }
  return { ...at, losses: fromData([steps], losses) }
}

/**
 * Training of a linear head on descriptors.
 *
 * Formula    z = φ V + c on the batch of step t; (V, c) take the step of transfer.freezeStep with the
 *            gradients φᵀ e and Σ_n e, e the gradient of the mean loss by the scores
 * Clauses    transfer.features-equal-frozen-training
 * Shapes     descriptors: [N, F], targets: [N, C], head: [F, C], bias: [C] → head, bias, losses: [steps]
 * Edges      more samples asked for than there are: they come again
 * Source     Razavian, Azizpour, Sullivan, Carlsson (2014), section 3
 * Example    φ = 2, target 0, V = 1, squares, η = ½ → loss 2, V = −1, c = −1
 */
export const trainHead: Reference<typeof headSpec> = (
  arithmetic,
  { descriptors, targets, head, bias },
  { loss, steps, batch, ...optimizer },
) =>
  train(arithmetic, { head, bias }, steps, optimizer, (at, t) => {
    const [phi, wanted] = [batchOf(descriptors, t, batch), batchOf(targets, t, batch)]
    const z = dense(arithmetic, phi, at.head, at.bias)
    const e = scoreGradient(arithmetic, z, wanted, loss)
    return {
      loss: meanLoss(arithmetic, z, wanted, loss),
      gradients: {
        head: denseWeightGradient(arithmetic, phi, e),
        bias: biasGradient(arithmetic, e),
      },
    }
  })

/** The gradients of the layers that are not frozen. */
function unfrozenGradients<T>(
  arithmetic: Arithmetic<T>,
  x: NumberArray<T>,
  at: Network<T>,
  targets: NumberArray<T>,
  kind: Loss,
  frozen: number,
) {
  const top = backpropagate(arithmetic, x, at, targets, kind)
  const gradients: Record<string, NumberArray<T>> = { head: top.head, bias: top.bias }
  if (frozen < 2) {
    const middle = top.below()
    gradients.weights2 = middle.weights2
    gradients.biases2 = middle.biases2
    if (frozen < 1) {
      const bottom = middle.below()
      gradients.weights1 = bottom.weights1
      gradients.biases1 = bottom.biases1
    }
  }
  return { loss: top.loss, gradients }
}

/**
 * Training of a network of which the first layers are frozen.
 *
 * Formula    on the batch of step t, every array above layer `frozen` takes the step of
 *            transfer.freezeStep with its gradient of transfer.networkGradient; the others none
 * Clauses    transfer.features-equal-frozen-training, transfer.freeze
 * Shapes     as of the network, targets: [N, C] → all arrays of parameters, losses: [steps]
 * Edges      frozen = 0 trains everything, frozen = 2 the head only
 * Source     Yosinski, Clune, Bengio, Lipson (2014), section 2
 * Example    all weights 1, no biases, x = 2, target 0, squares, η = ½, frozen = 2, one step →
 *            loss 2, head −1, bias −1, the rest as it was
 */
export const finetune: Reference<typeof spec> = (
  arithmetic,
  { x, targets, ...start },
  { loss, steps, batch, frozen, ...optimizer },
) =>
  train(arithmetic, start, steps, optimizer, (at, t) =>
    unfrozenGradients(
      arithmetic,
      batchOf(x, t, batch),
      at,
      batchOf(targets, t, batch),
      loss,
      frozen,
    ),
  )
