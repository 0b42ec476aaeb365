import { type OperationById, operations } from '../../../spec/index.ts'
import { mapValues } from '../../base/records.ts'

/** Why operations are not provided, by their ids. */
export type Reasons = { readonly [Id in keyof OperationById]?: string }

/** What is to be said of a library. */
interface Library {
  readonly title: string
  readonly own: Reasons
  readonly gradients?: string
}

/** Why operations that take several calls of a library are not asked to reject anything, by their ids. */
export function composedOf(title: string, operations: Readonly<Record<string, unknown>>): Reasons {
  const reason = `${title} has no call for it, and the calls that it is composed of see only their parts`
  return mapValues(operations, () => reason)
}

/** Why a library does not return all that its layers have on their way. */
export function onItsWay(title: string) {
  const back = `${title} keeps to itself what it has on the way back`
  const cells = `${title} gives the cells after the last step only`
  return {
    'rnn.forwardGradient': back,
    'lstm.forwardGradient': back,
    'gru.forwardGradient': back,
    'lstm.forward': cells,
  } as const
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
