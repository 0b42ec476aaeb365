/** The reference of every operation on transfer learning, by the operation's id. */
export const transferReferences = {} as const
