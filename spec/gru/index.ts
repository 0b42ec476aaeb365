import * as forward from './forward.ts'

/** The clauses on gated recurrent units, in the order of the notes. */
export const clauses = [forward.state, forward.gradient] as const
