import type { networkSensitivity as spec } from '../../spec/pruning/sensitivity-network.ts'
import { build, type NumberArray } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'
import { forward, meanSquares } from './obd-network-forward.ts'

/**
 * Change of the loss of a network by the removal of each weight.
 *
 * Formula    E = (1/N) Σ_n Σ_c (d − y)²; changes[k] = E(with W[k] = 0) − E, for the weights of both layers
 * Clauses    pruning.sensitivity.network
 * Shapes     x: [N, D], targets: [N, C], weights1: [D, M], weights2: [M, C], bias1: [M], bias2: [C] →
 *            loss: [], changes1: [D, M], changes2: [M, C]
 * Edges      a weight of 0 changes nothing
 * Source     Mozer, Smolensky (1989)
 * Example    x = 2, d = 0, W = 0, W′ = 3, b = 0, b′ = 1, linear → E = 1, changes 0, 0
 */
export const networkSensitivity: Reference<typeof spec> = (arithmetic, inputs, { outputs }) => {
  const { exact, subtract } = arithmetic
  const { targets, weights1, weights2 } = inputs
  const lossOf = (changed: Partial<typeof inputs>) =>
    meanSquares(arithmetic, targets, forward(arithmetic, { ...inputs, ...changed }, outputs).y)
  const without = (W: NumberArray<ReturnType<typeof exact>>, row: number, column: number) =>
    build(W.shape, (i, j) => (i === row && j === column ? exact(0) : W.at(i, j)))
  const loss = lossOf({})
  return {
    loss: build([], () => loss),
    changes1: build(weights1.shape, (i, j) =>
      subtract(lossOf({ weights1: without(weights1, i, j) }), loss),
    ),
    changes2: build(weights2.shape, (j, c) =>
      subtract(lossOf({ weights2: without(weights2, j, c) }), loss),
    ),
  }
}
