import type { Implementation } from '../engine/implementation.ts'

/** Holds a run between two questions for as long as someone wants. */
export class Pause {
  #over: Promise<void> | null = null
  #end = () => {}
  #since = 0
  #took = 0

  /** Told how long a pause took, in milliseconds, before anything is asked again. */
  onEnd: (milliseconds: number) => void = () => {}

  begin(): void {
    if (this.#over !== null) return
    this.#since = performance.now()
    this.#over = new Promise((resolve) => {
      this.#end = resolve
    })
  }

  end(): void {
    if (this.#over === null) return
    const milliseconds = performance.now() - this.#since
    this.#took += milliseconds
    this.#over = null
    this.onEnd(milliseconds)
    this.#end()
  }

  /** How long all pauses took that are over, and so far one that is not, in milliseconds. */
  get took(): number {
    return this.#took + (this.#over === null ? 0 : performance.now() - this.#since)
  }

  /** The same implementation, which is asked nothing during a pause. */
  holding(implementation: Implementation): Implementation {
    return { ...implementation, ready: () => this.#over }
  }
}
