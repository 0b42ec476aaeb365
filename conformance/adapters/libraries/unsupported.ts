import { type OperationById, operations } from '../../../spec/index.ts'

type Reasons = { readonly [Id in keyof OperationById]?: string }

/** Why a library does not provide the operations that it does not, by id. */
export function reasonsFor(
  library: string,
  provided: Readonly<Record<string, unknown>>,
  /** What is to be said of one operation in particular. */
  own: Reasons,
  /** What is to be said of gradients, where the library has none. */
  gradients?: string,
): Reasons {
  const reasons: Record<string, string> = {}
  for (const { id, inputs, level } of operations) {
    if (Object.hasOwn(provided, id)) continue
    const general =
      Object.keys(inputs).length === 0
        ? `counting and deciding is no operation of ${library}`
        : `${library} has no call for it; a user composes it of several`
    reasons[id] = own[id] ?? (level === 'gradients' ? (gradients ?? general) : general)
  }
  return reasons
}
