import type { Property } from '../engine/property.ts'
import { slowFrom } from './rounds.ts'

/** For so much of the time that is left, and so many milliseconds in all, at most. */
const [share, mostInAll] = [0.9, 5000] as const

/** After so many slow glances in a row none is asked for in vain. */
const mostSlow = 3

/** What glances are taken of, how often and for how long. */
interface Glances {
  readonly properties: readonly Property[]
  /** When the run is over, by `performance.now()`. */
  readonly deadline: number
  /**
   * Takes one more glance, and says whether it did: it may have had all that are wanted. No more are asked for after
   * `null`.
   */
  readonly glance: (property: Property) => Promise<boolean | null>
}

/**
 * Takes glances: one at each property first, and from then on for as long at each of them. The next glance finds
 * something about as often as there were few before, so that most is found where each has the same time.
 */
export class Glancing {
  /** Milliseconds that it took so far, in all and for each property, there without the first glance: all code is cold. */
  #spent = 0
  readonly #spentOn = new Map<Property, number>()

  async take(glances: Glances): Promise<void> {
    const started = performance.now()
    const end = started + Math.min(mostInAll - this.#spent, share * (glances.deadline - started))
    await this.#inPasses(glances, end)
    this.#spent += performance.now() - started
  }

  async #inPasses({ properties, glance }: Glances, end: number): Promise<void> {
    let slow = 0
    for (let left = [...properties]; left.length > 0; ) {
      const times = left.map((each) => this.#timeOf(each))
      const mean = times.reduce((sum, time) => sum + time, 0) / times.length
      // The mean of times that are all the same may be rounded to less than each of them.
      const upTo = Math.max(mean, Math.min(...times))
      const done = new Set<Property>()
      for (const property of left) {
        while (this.#timeOf(property) <= upTo) {
          const now = performance.now()
          if (now >= end || slow === mostSlow) return
          const taken = await glance(property)
          if (taken === null) return
          if (!taken) {
            done.add(property)
            break
          }
          const took = performance.now() - now
          slow = took > slowFrom ? slow + 1 : 0
          const before = this.#spentOn.get(property)
          this.#spentOn.set(property, before === undefined ? 0 : before + took)
          if (before === undefined) break
        }
      }
      left = left.filter((property) => !done.has(property))
    }
  }

  #timeOf(property: Property): number {
    return this.#spentOn.get(property) ?? 0
  }
}
