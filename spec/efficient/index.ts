/** The operations on efficient architectures. */
export const operations = [] as const

/** Their clauses, in the order of the notes. */
export const clauses = [] as const
