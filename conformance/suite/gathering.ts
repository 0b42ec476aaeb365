import type { Clause } from '../../spec/language/clause.ts'
import { Evidence } from '../engine/evidence.ts'
import { propertiesOf } from '../properties/loaded.ts'
import { wrongInParts } from './merge.ts'
import type { Part } from './part.ts'

/**
 * The parts of a run as they come, for a merge in the end. Of evidence it holds what may still be needed: of
 * operations that are wrong in some part, or that clauses to come ask, since they may find them wrong.
 */
export class Gathering {
  #evidence = new Evidence()
  readonly #parts: Omit<Part, 'evidence'>[] = []

  /** Takes a part, and what is checked after it. */
  take({ evidence, ...part }: Part, toCome: readonly Clause[]): void {
    this.#parts.push(part)
    const asked = toCome.flatMap(({ id }) =>
      propertiesOf(id).flatMap(({ operations }) => operations.map((operation) => operation.id)),
    )
    const needed = new Set([...wrongInParts(this.#parts), ...asked])
    const kept = new Evidence()
    for (const each of [this.#evidence, evidence]) {
      for (const operation of each.operations) {
        if (needed.has(operation)) kept.add(operation, each.given(operation))
      }
    }
    this.#evidence = kept
  }

  /** All parts; the evidence of all is with the first. */
  get parts(): readonly Part[] {
    const none = new Evidence()
    return this.#parts.map((part, i) => ({ ...part, evidence: i === 0 ? this.#evidence : none }))
  }
}
