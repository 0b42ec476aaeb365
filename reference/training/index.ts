/** The reference of every operation on training diagnosis, by the operation's id. */
export const trainingReferences = {} as const
