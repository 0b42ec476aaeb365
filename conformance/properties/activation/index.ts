import type { Property } from '../../engine/property.ts'
import { derivativesProperties } from './derivatives.ts'
import { reluDerivativeProperties } from './relu-derivative.ts'

/** Every property of the clauses on what activations do to gradients. */
export const activationProperties: readonly Property[] = [
  ...derivativesProperties,
  ...reluDerivativeProperties,
]
