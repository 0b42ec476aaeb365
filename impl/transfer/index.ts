/** The fast implementation of every operation on transfer learning, by the operation's id. */
export const transferFast = {} as const
