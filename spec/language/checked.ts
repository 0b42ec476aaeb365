import type { Publication } from './clause.ts'

/** Places of a publication that were read, and found to say what clauses cite them for. */
export interface Checked {
  readonly title: Publication['title']
  /** The places, as clauses cite them. */
  readonly where: readonly Publication['where'][]
  /** In which form the publication was open. */
  readonly readIn: string
}
