import { percent } from '../base/text.ts'

/** What an implementation does not take of the cases of a property, as plain data. */
export interface Declined {
  /** Cases that were drawn, before others were put in the place of those that it does not take. */
  readonly drawn: number
  /** How many of them it declines, by the reason. */
  readonly reasons: Readonly<Record<string, number>>
  /** How many of these are of each class, by `operation: class`; classes of none are left out. */
  readonly classes: Readonly<Record<string, number>>
}

/** An implementation that gives every case a reason of its own has one reason: all others. */
const mostReasons = 20
const otherReasons = 'other reasons'

/**
 * So many cases may be declined for each that was judged, beside the first two hundred. What takes less
 * than one case in fifty is asked no longer: it declares ranges, from which cases can be drawn.
 */
const [declinedPerCase, declinedAtFirst] = [50, 200]

/** What was counted so far, as plain data. */
export interface DeclinesState {
  readonly drawn: number
  readonly count: number
  readonly reasons: ReadonlyMap<string, number>
  readonly classes: ReadonlyMap<string, number>
}

/** Counts the cases that one implementation declines. */
export class Declines {
  drawn = 0
  count = 0
  #reasons = new Map<string, number>()
  #classes = new Map<string, number>()

  get state(): DeclinesState {
    const { drawn, count } = this
    return { drawn, count, reasons: new Map(this.#reasons), classes: new Map(this.#classes) }
  }

  set state({ drawn, count, reasons, classes }: DeclinesState) {
    Object.assign(this, { drawn, count })
    this.#reasons = new Map(reasons)
    this.#classes = new Map(classes)
  }

  add(reason: string): void {
    this.count++
    const isNew = !this.#reasons.has(reason)
    const key = isNew && this.#reasons.size >= mostReasons ? otherReasons : reason
    this.#reasons.set(key, (this.#reasons.get(key) ?? 0) + 1)
  }

  /** Notes the class of a case that was declined. */
  addClass(name: string): void {
    this.#classes.set(name, (this.#classes.get(name) ?? 0) + 1)
  }

  /** Whether more cases would be asked for at no gain, where so many were judged. */
  tooMany(judged: number): boolean {
    return this.count > declinedAtFirst + declinedPerCase * judged
  }

  /** Those of the most frequent reason first; `null` where nothing was declined. */
  get declined(): Declined | null {
    if (this.count === 0) return null
    const reasons = [...this.#reasons].sort(([, a], [, b]) => b - a)
    return {
      drawn: this.drawn,
      reasons: Object.fromEntries(reasons),
      classes: Object.fromEntries(this.#classes),
    }
  }
}

/** Why cases are not taken, each reason with its share of all that were drawn: `strides above 1 (54 %)`. */
export function reasonsIn({ drawn, reasons }: Declined): string {
  return Object.entries(reasons)
    .map(([reason, count]) => `${reason} (${percent(count, drawn)})`)
    .join(', ')
}
