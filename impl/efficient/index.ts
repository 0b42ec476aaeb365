/** The fast implementation of every operation on efficient architectures, by the operation's id. */
export const efficientFast = {} as const
