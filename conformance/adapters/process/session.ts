import { givingWay } from '../../base/breath.ts'
import { lineOf, problemWith, type Request, type Response } from '../../protocol/messages.ts'
import { plain, type Speaker, type Start } from './child.ts'

/** A request that waits for its answer. */
export interface Open {
  /** What is asked, in words, for error messages. */
  readonly about: string
  readonly message: (id: number) => Request
}

export interface Answer {
  readonly open: Open
  readonly response: Response
}

export interface Breakdown {
  readonly reason: string
  /** The request that is to blame, where that is known. */
  readonly culprit: Open | null
  /** Whether it only took too long. */
  readonly late: boolean
  /** All that were open, the culprit too, in the order in which they were asked. */
  readonly open: readonly Open[]
}

export interface SessionOptions {
  readonly start: Start
  /** How long an answer may take, in milliseconds. */
  readonly timeout: number
  /** How long it may take to start. */
  readonly startTimeout: number
  /** The most bytes that a message may have. */
  readonly limit: number
  readonly onAnswers: (answers: readonly Answer[]) => void
  /** The process is of no more use and has been killed; told once. */
  readonly onBreakdown: (breakdown: Breakdown) => void
}

/**
 * One life of a process, from its start to its end or to the first thing that it must not do.
 *
 * Answers are handed on a moment after they came, so that a second answer to the same request, which
 * nearly always follows at once, is laid to that request.
 */
export class Session {
  readonly #child: Speaker
  readonly #options: SessionOptions
  readonly #open = new Map<number, Open>()
  /** Answers that have come in and are about to be handed on. */
  readonly #answered = new Map<number, Answer>()
  readonly #done = new Map<number, Open>()
  #next = 0
  #timer: NodeJS.Timeout | undefined
  #over = false
  /** Lines that came before it introduced itself and were no messages: the first question fails. */
  #noise: string | null = null
  #introduced = false

  constructor(options: SessionOptions) {
    this.#options = options
    this.#child = options.start(options.limit, {
      onLines: (lines) => this.#read(lines),
      onFlood: () =>
        this.#break(
          `it wrote a line of more than ${Math.round(options.limit / 2 ** 20)} MiB on standard output`,
        ),
      onEnd: (ending, rest) => {
        const unfinished = rest.trim() === '' ? '' : `, in the middle of a message: ${shown(rest)}`
        this.#break(ending + unfinished)
      },
    })
  }

  /** The requests that wait for their answers. */
  get open(): readonly Open[] {
    return [...this.#open.values()]
  }

  /** Sends requests in one message. */
  send(requests: readonly Open[]): void {
    if (this.#over) throw new Error('the session is over')
    const messages = requests.map((open) => {
      const id = this.#next++
      this.#open.set(id, open)
      return open.message(id)
    })
    this.#child.hold(true)
    this.#child.write(lineOf(messages.length === 1 ? messages[0]! : messages))
    if (this.#noise !== null && this.#introduced) {
      const noise = this.#noise
      queueMicrotask(() => this.#break(noise))
    } else if (this.#timer === undefined) this.#watch()
  }

  /** Everything that follows the introduction is held to the protocol. */
  introduced(): void {
    this.#introduced = true
  }

  /** What it wrote on standard error lately, introduced by a sentence; empty when nothing. */
  #spoken(): string {
    const text = this.#child.standardError()
    return text === '' ? '' : `\non standard error it wrote last:\n${text}`
  }

  /** Asks it to end, and ends it if it does not. */
  async close(patience: number): Promise<void> {
    if (this.#over) return
    this.#over = true
    clearTimeout(this.#timer)
    this.#child.write(lineOf({ jsonrpc: '2.0', id: this.#next++, method: 'shutdown' }))
    this.#child.finish()
    const timer = setTimeout(() => this.#child.kill(), patience)
    await this.#child.ended
    clearTimeout(timer)
  }

  kill(): void {
    this.#over = true
    clearTimeout(this.#timer)
    this.#child.kill()
  }

  #read(lines: readonly string[]): void {
    if (this.#over) return
    const before = this.#answered.size
    for (const line of lines) {
      const problem = this.#readLine(line)
      if (problem !== null) {
        this.#break(problem.reason, problem.culprit)
        return
      }
    }
    if (this.#answered.size === before) return
    this.#watch()
    // Two turns: what is already on its way is read between them.
    if (before === 0)
      void givingWay()
        .then(givingWay)
        .then(() => this.#settle())
  }

  #readLine(line: string): { reason: string; culprit: Open | null } | null {
    if (line.trim() === '') return null
    let message: unknown
    try {
      message = JSON.parse(line)
    } catch {
      const reason = `it wrote on standard output, where only messages belong: ${shown(line)}`
      if (this.#introduced) return { reason, culprit: null }
      this.#noise ??= reason
      return null
    }
    for (const response of Array.isArray(message) ? message : [message]) {
      const wrong = problemWith('response', response)
      if (wrong !== null) {
        return { reason: `it wrote what is no response: ${wrong}: ${shown(line)}`, culprit: null }
      }
      const { id } = response as Response
      const answered = id === null ? undefined : this.#answered.get(id)
      if (answered !== undefined) {
        this.#answered.delete(id!)
        this.#open.set(id!, answered.open)
        return { reason: 'it answered twice', culprit: answered.open }
      }
      const open = id === null ? undefined : this.#open.get(id)
      if (open === undefined) return { reason: this.#stranger(response as Response), culprit: null }
      this.#open.delete(id!)
      this.#answered.set(id!, { open, response: response as Response })
    }
    return null
  }

  /** Hands the answers on that have come in. */
  #settle(): void {
    if (this.#answered.size === 0) return
    const answers = [...this.#answered]
    this.#answered.clear()
    for (const [id, { open }] of answers) this.#done.set(id, open)
    for (const id of this.#done.keys()) {
      if (this.#done.size <= 1024) break
      this.#done.delete(id)
    }
    this.#options.onAnswers(answers.map(([, answer]) => answer))
  }

  /** What is wrong with the answer to a request that is not open. */
  #stranger(response: Response): string {
    const { id } = response
    if (id === null) {
      const error = 'error' in response ? `: ${plain(response.error.message)}` : ''
      return `it answered without telling what (its id is null)${error}`
    }
    const before = this.#done.get(id)
    return before === undefined
      ? `it answered a request that was never made (id ${id})`
      : `it answered again what it had answered before (id ${id}, ${before.about})`
  }

  /** Waits for the next answer, or for a question. */
  #watch(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#open.size === 0) {
      this.#child.hold(false)
      return
    }
    const { timeout, startTimeout } = this.#options
    const time = this.#introduced ? timeout : startTimeout
    this.#timer = setTimeout(
      () => this.#break(`it gave no answer within ${time / 1000} s`, null, true),
      time,
    )
  }

  #break(reason: string, culprit: Open | null = null, late = false): void {
    if (this.#over) return
    this.kill()
    this.#settle()
    const noise = this.#noise !== null && this.#noise !== reason ? `; ${this.#noise}` : ''
    this.#options.onBreakdown({
      reason: reason + noise + this.#spoken(),
      culprit,
      late,
      open: this.open,
    })
  }
}

/** The beginning of a line as it can be shown. */
function shown(line: string): string {
  const text = JSON.stringify(plain(line.slice(0, 400)))
  return text.length > 160 ? `${text.slice(0, 160)}…` : text
}
