import { type Case, elementsOf } from '../arbitraries/case.ts'
import type { Planned } from '../arbitraries/draws.ts'
import { type Kind, kinds } from './kind.ts'
import { type Failure, failuresIn } from './trial.ts'

/** A case on which an implementation failed, and its place: examples first, then the drawn cases. */
export interface Failing {
  readonly testCase: Case
  readonly trial: Failure
  readonly index: number
  /** The numbers that it was made of; `null` of a case that was not drawn. */
  readonly planned: Planned | null
}

/** Failing cases that show the same: the first of the smallest, and how many they are. */
export interface Group {
  readonly kind: Kind
  readonly failing: Failing
  readonly count: number
}

/** At most this many groups are shown of a property. */
const mostGroups = 5

/** The failing cases of a property, by what is wrong and where. */
export class Groups {
  readonly #groups = new Map<string, Group>()
  /** How many cases failed, and how many had been tried when the first did. */
  cases = 0
  first = 0

  has(failure: Failure): boolean {
    return this.#groups.has(keyOf(failure))
  }

  add({ testCase, trial, index, planned }: Failing): void {
    for (const failure of failuresIn(trial)) {
      const key = keyOf(failure)
      const group = this.#groups.get(key)
      const failing: Failing = { testCase, trial: failure, index, planned }
      const better =
        group === undefined || elementsOf(testCase) < elementsOf(group.failing.testCase)
      this.#groups.set(key, {
        kind: failure.kind,
        failing: better ? failing : group.failing,
        count: (group?.count ?? 0) + 1,
      })
    }
  }

  /** From what tells most to what tells least; of the same kind, what was found first. */
  get list(): readonly Group[] {
    return [...this.#groups.values()]
      .sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind))
      .slice(0, mostGroups)
  }
}

/** Failures with the same key are one finding. Numbers in a label may be those of the case. */
function keyOf({ kind, where }: Failure): string {
  return `${kind}: ${where.replace(/\d+(\.\d+)?/g, '#')}`
}

/** What a case shows of one finding, if it shows it. */
export function sameIn(trial: Parameters<typeof failuresIn>[0], first: Failure): Failure | null {
  const key = keyOf(first)
  return failuresIn(trial).find((failure) => keyOf(failure) === key) ?? null
}
