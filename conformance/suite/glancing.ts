import type { Property } from '../engine/property.ts'
import { slowFrom } from './rounds.ts'

/** For so much of the time that is left, and so many milliseconds in all, at most. */
const [share, mostInAll] = [0.9, 5000] as const

/** After so many slow glances in a row none is asked for in vain. */
const mostSlow = 3

/** What glances are taken of, how often and for how long. */
interface Glances {
  readonly properties: readonly Property[]
  /** How many passes over all of them. */
  readonly passes: number
  /** When the run is over, by `performance.now()`. */
  readonly deadline: number
  /**
   * Takes the glance of a pass, counted from 0, and says whether it did: one may have been taken before. No more are
   * asked for after `null`.
   */
  readonly glance: (property: Property, pass: number) => Promise<boolean | null>
}

/** Takes glances in passes over all properties: see `glancedAt`. */
export class Glancing {
  /** Milliseconds that it took so far. */
  #spent = 0

  async take({ properties, passes, deadline, glance }: Glances): Promise<void> {
    const started = performance.now()
    const end = started + Math.min(mostInAll - this.#spent, share * (deadline - started))
    await inPasses(passes, end, properties, glance)
    this.#spent += performance.now() - started
  }
}

async function inPasses(
  passes: number,
  end: number,
  properties: readonly Property[],
  glance: Glances['glance'],
): Promise<void> {
  let slow = 0
  for (let pass = 0; pass < passes; pass++) {
    for (const property of properties) {
      const now = performance.now()
      if (now >= end || slow === mostSlow) return
      const taken = await glance(property, pass)
      if (taken === null) return
      if (taken) slow = performance.now() - now > slowFrom ? slow + 1 : 0
    }
  }
}
