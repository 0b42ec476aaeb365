/// <reference lib="dom" />
import type * as node from './child.ts'

/**
 * A worker in the place of a process: `words` is the text of its script, and each message of the protocol is
 * posted as the text that its line would be.
 */
export class Child implements node.Speaker {
  readonly #worker: Worker
  readonly ended: Promise<void>
  #end = () => {}

  constructor([script]: readonly string[], limit: number, listeners: node.Listeners) {
    const address = URL.createObjectURL(new Blob([script!], { type: 'text/javascript' }))
    this.#worker = new Worker(address)
    URL.revokeObjectURL(address)
    this.ended = new Promise((resolve) => {
      this.#end = resolve
    })
    this.#worker.onmessage = ({ data }: MessageEvent<unknown>) => {
      const line = typeof data === 'string' ? data : JSON.stringify(data)
      if (line.length > limit) listeners.onFlood()
      else listeners.onLines([line])
    }
    this.#worker.onerror = (event) => {
      event.preventDefault()
      this.kill()
      listeners.onEnd(`it threw what nothing caught: ${event.message}`, '')
    }
  }

  write(line: string): void {
    this.#worker.postMessage(line)
  }

  // A worker has no input that could be closed; it is told to end by a message.
  finish(): void {
    this.kill()
  }

  kill(): void {
    this.#worker.terminate()
    this.#end()
  }

  // A page does not end by itself.
  hold(): void {}

  standardError(): string {
    return ''
  }
}

/** Sequences that terminals act upon: an escape, a bracket, numbers and a letter. */
const sequences = new RegExp(`${String.fromCharCode(27)}\\[[0-9;?]*[A-Za-z]`, 'g')

export const plain: typeof node.plain = (text) =>
  text
    .replace(sequences, '')
    .replace(/\r+\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
