import { type OperationById, operations } from '../../../spec/index.ts'

/** Why operations are not provided, by their ids. */
export type Reasons = { readonly [Id in keyof OperationById]?: string }

/** What is to be said of a library. */
interface Library {
  readonly title: string
  readonly own: Reasons
  readonly gradients?: string
}

/** Why a library does not provide the operations that it does not, by id. */
export function reasonsFor(library: Library, provided: ReadonlySet<string>): Reasons {
  const { title, own, gradients } = library
  const reasons: Record<string, string> = {}
  for (const { id, inputs, level } of operations) {
    if (provided.has(id)) continue
    const general =
      Object.keys(inputs).length === 0
        ? `counting and deciding is no operation of ${title}`
        : `${title} has no call for it; a user composes it of several`
    reasons[id] = own[id] ?? (level === 'gradients' ? (gradients ?? general) : general)
  }
  return reasons
}
