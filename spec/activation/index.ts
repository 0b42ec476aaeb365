import * as derivatives from './derivatives.ts'
import { reluDerivative } from './relu-derivative.ts'

/** The clauses on what activations do to gradients, in the order of the notes. */
export const clauses = [derivatives.derivatives, reluDerivative] as const
