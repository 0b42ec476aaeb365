import type { Asked } from './trial.ts'

/** Of each operation, at most so many answers are kept of cases that fail, and so many of others. */
const mostOfEach = 48

/** Longer arrays tell no more of a mistake than short ones, and fill the memory. */
const mostElements = 2000

/** What an implementation answered in a run, as far as it may tell which mistake it makes. */
export class Evidence {
  readonly #failing = new Map<string, Asked[]>()
  readonly #passing = new Map<string, Asked[]>()

  note(asked: readonly Asked[], failed: boolean): void {
    const kept = failed ? this.#failing : this.#passing
    for (const one of asked) {
      const { operation, inputs } = one.question
      if (one.answer === null) continue
      const before = kept.get(operation.id) ?? []
      const { length } = before
      if (length >= mostOfEach) continue
      const elements = Object.values(inputs).reduce((sum, { data }) => sum + data.length, 0)
      if (elements <= mostElements) kept.set(operation.id, [...before, one])
    }
  }

  /** The answers of an operation, those to failing cases first. */
  of(operation: string): readonly Asked[] {
    return [...(this.#failing.get(operation) ?? []), ...(this.#passing.get(operation) ?? [])]
  }
}
