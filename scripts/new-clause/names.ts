/** What the files of a topic and the things in them are called. */
export interface Names {
  /** `cnn`: the folder in each of the four trees. */
  readonly area: string
  /** `true-convolution`: the file in each of them. */
  readonly topic: string
  /** `cnn.true-convolution`, or with a statement of its own behind it. */
  readonly clause: string
  /** `trueConvolution`: the operation, within its area. */
  readonly operation: string
}

const pattern = /^([a-z][a-z0-9]*)\.([a-z][a-z0-9]*(?:-[a-z0-9]+)*)(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)?$/

/** The names that follow from the id of a clause; `null` when it is none. */
export function namesFrom(clause: string): Names | null {
  const [, area, topic] = pattern.exec(clause) ?? []
  if (area === undefined || topic === undefined) return null
  const operation = topic.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
  return { area, topic, clause, operation }
}
