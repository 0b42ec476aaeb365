import type { Implementation } from '../engine/implementation.ts'

/** Holds a run between two questions for as long as someone wants. */
export class Pause {
  #over: Promise<void> | null = null
  #end = () => {}

  begin(): void {
    this.#over ??= new Promise((resolve) => {
      this.#end = resolve
    })
  }

  end(): void {
    this.#over = null
    this.#end()
  }

  /** The same implementation, which is asked nothing during a pause. */
  holding(implementation: Implementation): Implementation {
    return { ...implementation, ready: () => this.#over }
  }
}
