/** The fast implementation of every operation on activations, by the name that it has in this area. */

export { derivative } from './derivatives.ts'
export { pathDerivative } from './relu-derivative.ts'
