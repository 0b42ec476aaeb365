import { timeOver } from '../engine/stopping.ts'

/** Up to this share of the time is kept for what is made of failing cases. */
const kept = 0.2

/** What making one of them small takes, as a rule, in milliseconds. */
const millisecondsEach = 250

/** What is made of all of them may take this long where a run is stopped, in milliseconds. */
const grace = 1000

/** When a run is over, and why. */
export class Clock {
  #started = performance.now()
  #over: string | null = null
  #stoppedAt = 0

  constructor(
    /** When to stop, by `performance.now()`, which no change of the clock moves; `null` for never. */
    public deadline: number | null,
  ) {}

  /** Has a time not count, such as that of a pause. */
  putOff(milliseconds: number): void {
    this.#started += milliseconds
    if (this.deadline !== null) this.deadline += milliseconds
  }

  /** Why nothing more is to be tried; `null` while there is time. */
  get over(): string | null {
    return this.#over
  }

  stop(reason: string): void {
    if (this.#over !== null) return
    this.#over = reason
    this.#stoppedAt = performance.now()
  }

  /** Until when cases are tried where so many properties have failed; looks whether it is later already. */
  tryingEnds(failed: number): number | null {
    if (this.#over !== null) return 0
    if (this.deadline === null) return null
    const most = kept * (this.deadline - this.#started)
    const ends = this.deadline - Math.min(most, failed * millisecondsEach)
    if (performance.now() < ends) return ends
    this.stop(timeOver)
    return 0
  }

  /** Until when one failure may be made small, if so many are left. */
  concludingEnds(left: number): number | null {
    const now = performance.now()
    if (this.deadline === null && this.#over === null) return null
    const end =
      this.deadline !== null && this.deadline > now ? this.deadline : this.#stoppedAt + grace
    return now + Math.max(0, end - now) / left
  }
}

/** How long it is until then; `null` where that is never. */
export function secondsUntil(deadline: number | null): number | null {
  return deadline === null ? null : Math.max(0, (deadline - performance.now()) / 1000)
}
