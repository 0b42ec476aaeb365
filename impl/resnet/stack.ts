import * as tf from '@tensorflow/tfjs-core'
import type { ParametersOf } from '../../spec/language/operation.ts'
import type {
  stackGradient as gradientSpec,
  jacobianPaths as pathsSpec,
  stack as spec,
} from '../../spec/resnet/stack.ts'
import { memberOf } from '../layers/stack.ts'
import { tanhSlope } from '../layers/tanh.ts'
import type { Fast } from '../operation.ts'

function run(
  { x, weights, biases }: Readonly<Record<'x' | 'weights' | 'biases', tf.Tensor>>,
  { shortcut, activation }: ParametersOf<typeof spec>,
) {
  const states = [x]
  const branches: tf.Tensor[] = []
  for (let l = 0; l < weights.shape[0]!; l++) {
    const column = tf.reshape(states[l]!, [-1, 1]) as tf.Tensor2D
    const product = tf.reshape(tf.matMul(memberOf(weights, l) as tf.Tensor2D, column), [-1])
    const response = tf.add(product, memberOf(biases, l))
    branches.push(activation === 'tanh' ? tf.tanh(response) : response)
    states.push(shortcut === 'identity' ? tf.add(states[l]!, branches[l]!) : branches[l]!)
  }
  return { states, branches }
}

/**
 * Stack of plain or residual layers.
 *
 * Clauses    resnet.plain.gradient-product, resnet.stack.gradient-highway,
 *            resnet.degradation.identity-construction
 * Fast by    one matrix product a layer, all states kept on the device
 */
export const stack: Fast<typeof spec> = (inputs, parameters) => {
  const { states, branches } = run(inputs, parameters)
  return { y: tf.clone(states.at(-1)!), states: tf.stack(states), branches: tf.stack(branches) }
}

/**
 * Gradients of a stack of plain or residual layers.
 *
 * Clauses    resnet.plain.gradient-product, resnet.stack.gradient-highway
 * Fast by    backpropagation: vectors times matrices only, never a product of two Jacobians
 */
export const stackGradient: Fast<typeof gradientSpec> = (inputs, parameters) => {
  const { weights, dy } = inputs
  const { states, branches } = run(inputs, parameters)
  const dWeights: tf.Tensor[] = []
  const dBiases: tf.Tensor[] = []
  let g = dy
  for (let l = branches.length - 1; l >= 0; l--) {
    const q = parameters.activation === 'tanh' ? tf.mul(tanhSlope(branches[l]!), g) : tf.clone(g)
    const row = tf.reshape(q, [1, -1]) as tf.Tensor2D
    dBiases.unshift(q)
    dWeights.unshift(tf.mul(tf.reshape(q, [-1, 1]), tf.reshape(states[l]!, [1, -1])))
    const back = tf.reshape(tf.matMul(row, memberOf(weights, l) as tf.Tensor2D), [-1])
    g = parameters.shortcut === 'identity' ? tf.add(g, back) : back
  }
  return { dx: g, dWeights: tf.stack(dWeights), dBiases: tf.stack(dBiases) }
}

/**
 * Jacobian of a residual stack as a sum over its paths.
 *
 * Clauses    resnet.stack.gradient-highway
 * Fast by    the product of all I + J_l, in L matrix products; the paths by doubling: those that
 *            pass the next layer are it times all that there are
 */
export const jacobianPaths: Fast<typeof pathsSpec> = ({ jacobians }) => {
  const [L, D] = jacobians.shape as [number, number]
  const identity = tf.eye(D)
  let jacobian = tf.add(identity, memberOf(jacobians, 0))
  let paths = tf.expandDims(identity, 0)
  for (let l = 0; l < L; l++) {
    const next = memberOf(jacobians, l) as tf.Tensor2D
    if (l > 0) jacobian = tf.matMul(tf.add(identity, next), jacobian)
    const passing = tf.matMul(tf.tile(tf.expandDims(next, 0), [paths.shape[0]!, 1, 1]), paths)
    paths = tf.concat([paths, passing])
  }
  return { jacobian, paths }
}
