/** The fast implementation of every operation on training diagnosis, by the operation's id. */
export const trainingFast = {} as const
