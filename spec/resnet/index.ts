import * as block from './block.ts'

/** The operations on residual networks. */
export const operations = [block.block, block.blockGradient] as const

/** Their clauses, in the order of the notes. */
export const clauses = [
  block.forward,
  block.identityFree,
  block.gradient,
  block.basicBlock,
] as const
