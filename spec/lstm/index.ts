import * as forward from './forward.ts'

/** The clauses on long short-term memory, in the order of the notes. */
export const clauses = [forward.sequence, forward.gradient] as const
