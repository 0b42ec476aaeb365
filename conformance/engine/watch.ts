import { TimeOver, TooLate } from '../base/errors.ts'

interface Wait {
  readonly since: number
  readonly end: (reason: Error) => void
}

/**
 * Ends the wait for answers that do not come.
 *
 * One clock looks after every question that is open, so a question costs no timer of its own, and an
 * implementation that answers at once costs nothing. Code that never gives the processor back cannot
 * be ended from within its own process; an implementation in a process of its own can.
 */
export class Watch {
  readonly #open = new Set<Wait>()
  #clock: NodeJS.Timeout | null = null

  constructor(
    /** How long an answer may take, in milliseconds. */
    readonly limit: number,
    /** When the run is over, by `performance.now()`; `null` for never. It may be put off, or come at once. */
    public deadline: number | null,
  ) {}

  /** Whether the time given to the run is over. */
  get over(): boolean {
    return this.deadline !== null && performance.now() >= this.deadline
  }

  /** The answer, or `TooLate` or `TimeOver`, whichever comes first. */
  wait<T>(answer: PromiseLike<T>): Promise<T> {
    this.#clock ??= setInterval(() => this.#look(), Math.min(50, Math.max(1, this.limit / 4)))
    return new Promise((resolve, reject) => {
      const wait = { since: performance.now(), end: reject }
      this.#open.add(wait)
      answer.then(
        (value) => {
          this.#open.delete(wait)
          resolve(value)
        },
        (reason) => {
          this.#open.delete(wait)
          reject(reason)
        },
      )
    })
  }

  /** Stops the clock; without that it would keep the process alive. */
  close(): void {
    if (this.#clock !== null) clearInterval(this.#clock)
    this.#clock = null
  }

  #look(): void {
    // Many may be kept for later, and none should cost anything meanwhile.
    if (this.#open.size === 0) this.close()
    const now = performance.now()
    for (const wait of this.#open) {
      if (this.over) wait.end(new TimeOver('the time given was over'))
      else if (now - wait.since < this.limit) return
      else wait.end(new TooLate(`no answer within ${this.limit / 1000} s`))
      this.#open.delete(wait)
    }
  }
}
