import type { Operation } from '../../spec/language/operation.ts'
import type { Implementation } from './implementation.ts'
import type { Property } from './property.ts'
import type { Verdict } from './verdict.ts'

/** The verdict on an implementation that does not provide what the property asks for. */
export function missing(property: Property, implementation: Implementation): Verdict | null {
  const { operations, levels, unsupported, unchecked, stateless } = implementation
  const excused = ({ id, level }: Operation, lacks: string, excuse: string): Verdict => {
    if (!levels?.includes(level)) return { outcome: 'unsupported', reason: excuse }
    const reason = `it claims the level ${level}, to which ${id} belongs, and does not ${lacks}`
    return { outcome: 'errored', cases: 0, reason, capsule: null, replay: null }
  }
  for (const operation of property.operations) {
    const { id } = operation
    if (!Object.hasOwn(operations, id)) {
      return excused(operation, 'provide it', unsupported?.[id] ?? `it does not provide ${id}`)
    }
    const reason = property.check.kind === 'rejection' ? unchecked?.[id] : undefined
    if (reason !== undefined) return excused(operation, 'check its arguments', reason)
    const keeps = property.needsStates ? stateless?.[id] : undefined
    if (keeps !== undefined) return excused(operation, 'return its states', keeps)
  }
  const nothing = property.saysNothingIn?.(implementation.precision) ?? null
  return nothing === null ? null : { outcome: 'unsupported', reason: nothing }
}
