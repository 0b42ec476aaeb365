import type {
  activationGradient as gradientSpec,
  activation as spec,
} from '../../spec/cnn/activation.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, elementwise } from '../arithmetic/array.ts'
import { sigmoid, sigmoidSlope } from '../layers/sigmoid.ts'
import { tanhSlope } from '../layers/tanh.ts'
import type { Reference } from '../reference.ts'

export type ActivationName = 'linear' | 'relu' | 'leaky-relu' | 'sigmoid' | 'tanh'

/** An activation function of one number. */
export function activate<T>(
  arithmetic: Arithmetic<T>,
  name: ActivationName,
  slope: number,
): (x: T) => T {
  const { exact, maximum, multiply, tanh } = arithmetic
  switch (name) {
    case 'linear':
      return (x) => x
    case 'relu':
      return (x) => maximum([exact(0), x])
    case 'leaky-relu':
      return (x) => maximum([x, multiply(exact(slope), x)])
    case 'sigmoid':
      return (x) => sigmoid(arithmetic, x)
    case 'tanh':
      return tanh
  }
}

/**
 * Activation function, element by element.
 *
 * Formula    y = ψ(x): max(0, x), max(x, slope · x), 1 / (1 + e^-x) or tanh x
 * Clauses    cnn.activation.elementwise
 * Shapes     x: [N, H, W, K] → y: [N, H, W, K]
 * Edges      the slope counts for the leaky rectifier only
 * Source     Krizhevsky, Sutskever, Hinton (2012), section 3.1; Maas, Hannun, Ng (2013), section 2
 * Example    relu: x = -1, 2 → y = 0, 2
 */
export const activation: Reference<typeof spec> = (arithmetic, { x }, { activation, slope }) => {
  const psi = activate(arithmetic, activation, slope)
  return { y: elementwise(x, psi) }
}

/**
 * Gradient of an activation function.
 *
 * Formula    dx = ψ′(x) dy: [x > 0], [x > 0] + slope [x ≤ 0], y (1 − y) or 1 − y²
 * Clauses    cnn.activation.elementwise
 * Shapes     x, dy: [N, H, W, K] → dx: [N, H, W, K]
 * Edges      at 0 the derivative of the rectifiers is that from the left
 * Source     by differentiation
 * Example    relu: x = -1, 2, dy = 3, 4 → dx = 0, 4
 */
export const activationGradient: Reference<typeof gradientSpec> = (
  arithmetic,
  { x, dy },
  { activation, slope },
) => {
  const { exact, less, multiply } = arithmetic
  const psi = activate(arithmetic, activation, slope)
  const derivative = (x: ReturnType<typeof exact>) => {
    const y = psi(x)
    switch (activation) {
      case 'relu':
        return exact(less(exact(0), x) ? 1 : 0)
      case 'leaky-relu':
        return exact(less(exact(0), x) ? 1 : slope)
      case 'sigmoid':
        return sigmoidSlope(arithmetic, y)
      case 'tanh':
        return tanhSlope(arithmetic, y)
    }
  }
  return { dx: build(x.shape, (...at) => multiply(derivative(x.at(...at)), dy.at(...at))) }
}
