import type { Asked } from './trial.ts'

/** Of each operation, at most so many answers are kept of cases that fail, and so many of others. */
const mostOfEach = 48

/** Longer arrays tell no more of a mistake than short ones, and fill the memory. */
const mostElements = 2000

/** An answer, and the place in a run of the turn in which it came. */
export interface Noted extends Asked {
  readonly place: number
}

/** What is kept of the answers of one operation. */
export interface Given {
  readonly failing: readonly Noted[]
  readonly passing: readonly Noted[]
}

/** What an implementation answered in a run, as far as it may tell which mistake it makes. */
export class Evidence {
  /** The place in a whole run of the turn that is on, so that what parts of it noted can be put in its order. */
  place = 0
  readonly #failing = new Map<string, Noted[]>()
  readonly #passing = new Map<string, Noted[]>()

  note(asked: readonly Asked[], failed: boolean): void {
    const kept = failed ? this.#failing : this.#passing
    for (const one of asked) {
      const { operation, inputs } = one.question
      if (one.answer === null) continue
      const before = kept.get(operation.id) ?? []
      const { length } = before
      if (length >= mostOfEach) continue
      const elements = Object.values(inputs).reduce((sum, { data }) => sum + data.length, 0)
      if (elements > mostElements) continue
      kept.set(operation.id, [...before, { ...one, place: this.place }])
    }
  }

  /** Takes what another part of the same run noted: what is kept is what the whole run would have kept. */
  add(operation: string, { failing, passing }: Given): void {
    const join = (kept: Map<string, Noted[]>, more: readonly Noted[]) => {
      const all = [...(kept.get(operation) ?? []), ...more].sort((a, b) => a.place - b.place)
      kept.set(operation, all.slice(0, mostOfEach))
    }
    join(this.#failing, failing)
    join(this.#passing, passing)
  }

  get operations(): readonly string[] {
    return [...new Set([...this.#failing.keys(), ...this.#passing.keys()])]
  }

  given(operation: string): Given {
    return {
      failing: this.#failing.get(operation) ?? [],
      passing: this.#passing.get(operation) ?? [],
    }
  }

  /** The answers of an operation, those to failing cases first. */
  of(operation: string): readonly Asked[] {
    const { failing, passing } = this.given(operation)
    return [...failing, ...passing]
  }
}
