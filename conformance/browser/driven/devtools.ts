import type { Readable, Writable } from 'node:stream'

/** What the browser tells without being asked. */
interface DevToolsEvent {
  readonly method: string
  readonly params: Readonly<Record<string, unknown>>
  readonly sessionId?: string
}

type Answer = { readonly id: number } & (
  | { readonly result: Readonly<Record<string, unknown>> }
  | { readonly error: { readonly message: string } }
)

const end = Buffer.from([0])

/**
 * The DevTools protocol over two pipes: messages in JSON, each ended by a zero.
 *
 * Not a library, since users need this at run time and for ten messages: playwright-core is 14 MB and takes 0.4 s of
 * processor time to load, puppeteer-core has six dependencies, and chrome-remote-interface and chrome-launcher speak
 * through a port, to which every program of the machine could connect, and which stays when this process is killed.
 */
export class DevTools {
  readonly #to: Writable
  readonly #waiting = new Map<
    number,
    { readonly resolve: (result: Answer) => void; readonly reject: (error: Error) => void }
  >()
  #pieces: Buffer[] = []
  #next = 1

  constructor(to: Writable, from: Readable, onEvent: (event: DevToolsEvent) => void) {
    this.#to = to
    // A pipe that breaks is told by the end of the browser.
    to.on('error', () => {})
    from.on('error', () => {})
    from.on('data', (piece: Buffer) => {
      let rest = piece
      for (let at = rest.indexOf(0); at >= 0; at = rest.indexOf(0)) {
        const text = Buffer.concat([...this.#pieces, rest.subarray(0, at)]).toString('utf8')
        this.#pieces = []
        rest = rest.subarray(at + 1)
        this.#take(JSON.parse(text), onEvent)
      }
      if (rest.length > 0) this.#pieces.push(rest)
    })
  }

  /**
   * Asks for something, of a page where `sessionId` names one.
   *
   * @throws {Error} the browser refuses, or has ended
   */
  async ask(
    method: string,
    params: Readonly<Record<string, unknown>> = {},
    sessionId?: string,
  ): Promise<Readonly<Record<string, unknown>>> {
    const id = this.#next++
    const answer = await new Promise<Answer>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#to.write(JSON.stringify({ id, method, params, sessionId }))
      this.#to.write(end)
    })
    if ('error' in answer) throw new Error(`${method}: ${answer.error.message}`)
    return answer.result
  }

  /** Nothing will be answered any more. */
  close(): void {
    for (const { reject } of this.#waiting.values()) reject(new Error('the browser has ended'))
    this.#waiting.clear()
  }

  #take(message: Answer | DevToolsEvent, onEvent: (event: DevToolsEvent) => void): void {
    if ('id' in message) {
      this.#waiting.get(message.id)?.resolve(message)
      this.#waiting.delete(message.id)
    } else onEvent(message)
  }
}
