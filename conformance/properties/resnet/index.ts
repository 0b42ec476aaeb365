import { blockProperties } from './block.ts'

/** Every property of the clauses on residual networks. */
export const resnetProperties = [...blockProperties]
