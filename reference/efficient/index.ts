/** The reference of every operation on efficient architectures, by the operation's id. */
export const efficientReferences = {} as const
