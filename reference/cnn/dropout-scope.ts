import type {
  droppedNetwork as networkSpec,
  dropoutPlacement as placementSpec,
} from '../../spec/cnn/dropout-scope.ts'
import { build, sum, sumOfProducts } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'
import { activate } from './activation.ts'
import { conv2d } from './conv2d.ts'
import { drop } from './dropout.ts'
import { flatten } from './flatten.ts'

/**
 * Layers that dropout follows.
 *
 * Formula    follows[l] = 1 if layer l is dense, or if it is a convolution and the policy is for all
 *            hidden layers; else 0
 * Clauses    cnn.dropout.scope
 * Shapes     → follows: [L]
 * Edges      output layers and pooling layers have none
 * Source     Krizhevsky, Sutskever, Hinton (2012), section 4.2
 * Example    convolution, dense, output; dense only → 0, 1, 0
 */
export const dropoutPlacement: Reference<typeof placementSpec> = (
  { exact },
  _,
  { layers, policy },
) => {
  const has = (layer: string) =>
    layer === 'dense' || (layer === 'convolution' && policy === 'hidden')
  return { follows: build([layers.length], (l) => exact(has(layers[l]!) ? 1 : 0)) }
}

/**
 * Convolution, dense layer with dropout, output layer.
 *
 * Formula    features = max(0, conv(x)), h = max(0, flat(features) · hidden),
 *            z = (m ⊙ h / (1 − p)) · head in training, z = h · head afterwards
 * Clauses    cnn.dropout.scope
 * Shapes     x: [N, H, W, K] → features: [N, Ho, Wo, Q], z: [N, C]
 * Edges      after training the mask is ignored
 * Source     Krizhevsky, Sutskever, Hinton (2012), sections 3 and 4.2
 * Example    all weights 1, one unit, x = 1, mask 1, rate 0.5, in training → features = 1, z = 2
 */
export const droppedNetwork: Reference<typeof networkSpec> = (
  arithmetic,
  { x, filters, bias, hidden, mask, head },
  { rate, training },
) => {
  const { multiply } = arithmetic
  const relu = activate(arithmetic, 'relu', 0)
  const { y } = conv2d(
    arithmetic,
    { x, filters, bias },
    { strides: [1, 1], dilations: [1, 1], padding: 'valid' },
  )
  const features = build(y.shape, (...at) => relu(y.at(...at)))
  const { y: flat } = flatten(arithmetic, { x: features }, {})
  const [N, D] = flat.shape as [number, number]
  const [U, C] = head.shape as [number, number]
  const h = build([N, U], (n, u) =>
    relu(
      sumOfProducts(
        arithmetic,
        [D],
        (d) => flat.at(n, d),
        (d) => hidden.at(d, u),
      ),
    ),
  )
  const left = training ? drop(arithmetic, h, mask, rate) : h
  const z = build([N, C], (n, c) =>
    sum(arithmetic, [U], (u) => multiply(left.at(n, u), head.at(u, c))),
  )
  return { features, z }
}
