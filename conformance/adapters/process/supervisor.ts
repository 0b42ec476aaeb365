import { operations } from '../../../spec/index.ts'
import { givingWay } from '../../base/breath.ts'
import { CannotStart, ImplementationFailure, ImplementationGone } from '../../base/errors.ts'
import * as touchstone from '../../base/touchstone.ts'
import { type Introduction, problemWith, type Response } from '../../protocol/messages.ts'
import type { Start } from './child.ts'
import { type Answer, type Breakdown, type Open, Session } from './session.ts'

/** A question with where its answer goes. */
export interface Question extends Open {
  readonly resolve: (response: Response) => void
  readonly reject: (error: Error) => void
}

export interface SupervisorOptions {
  readonly start: Start
  /** How long the answer to a question may take, in milliseconds. */
  readonly timeout: number
  readonly startTimeout: number
  readonly limit: number
  /** How many times the process is started at most. */
  readonly starts: number
}

/**
 * Several questions were open when it broke. Each is now asked alone until the one is found that did
 * it; what is left is then asked together, so that a program which breaks on many questions costs a
 * few new starts, not one a question.
 */
interface Inquiry {
  readonly breakdown: Breakdown
  readonly suspects: Question[]
  readonly acquitted: { readonly question: Question; readonly response: Response }[]
  /** Whether one that did it has been found, and the rest is asked together. */
  together: boolean
  /** Whether the first suspect, or the rest, is being asked. */
  asking: boolean
}

/**
 * Asks a process, and starts it again when it breaks.
 *
 * Questions that come in the same turn of the event loop travel in one message. When the process
 * breaks, the question that broke it fails: if several were open, each is asked again alone, and if
 * none of them breaks it then, the first fails, so that a breakdown is never lost.
 */
export class Supervisor {
  readonly #options: SupervisorOptions
  #session: Session | null = null
  #starts = 0
  #starting = false
  #waiting: Question[] = []
  #flushing = false
  #inquiry: Inquiry | null = null
  /** What happened while no question was open; the next one is told. */
  #brokenBetween: string | null = null
  #gone: ImplementationGone | null = null
  #concurrency = 1

  constructor(options: SupervisorOptions) {
    this.#options = options
  }

  /**
   * Starts the process.
   *
   * @throws {CannotStart} with the reason, and what it wrote on standard error
   */
  async start(): Promise<Introduction> {
    this.#starts++
    const introduction = await this.#introduce()
    this.#concurrency = introduction.concurrency ?? 1
    return introduction
  }

  ask(question: Question): void {
    if (this.#gone !== null) {
      question.reject(this.#gone)
      return
    }
    this.#waiting.push(question)
    if (this.#flushing) return
    this.#flushing = true
    void givingWay().then(() => {
      this.#flushing = false
      this.#flush()
    })
  }

  async close(): Promise<void> {
    this.#leave('it has been closed', this.#session?.open as readonly Question[] | undefined)
    await this.#session?.close(2000)
  }

  async #introduce(): Promise<Introduction> {
    const { promise, resolve, reject } = withResolvers<Introduction>()
    let introduced = false
    const session = new Session({
      ...this.#options,
      onAnswers: (answers) => {
        if (introduced) {
          this.#onAnswers(answers)
          return
        }
        for (const { response } of answers) {
          if ('error' in response) {
            reject(new CannotStart(`it refused to start: ${response.error.message}`))
            session.kill()
            return
          }
          const problem = problemWith('initializeResult', response.result)
          if (problem !== null) {
            reject(new CannotStart(`its answer to initialize is wrong: ${problem}`))
            session.kill()
            return
          }
          introduced = true
          session.introduced()
          this.#session = session
          resolve(response.result as Introduction)
        }
      },
      onBreakdown: (breakdown) => {
        if (introduced) this.#onBreakdown(breakdown)
        else reject(new CannotStart(breakdown.reason))
      },
    })
    session.send([
      {
        about: 'initialize',
        message: (id) => ({
          jsonrpc: '2.0',
          id,
          method: 'initialize',
          params: {
            protocolVersion: 1,
            harness: { name: 'touchstone', version: touchstone.version },
            operations: operations.map((operation) => operation.id),
          },
        }),
      },
    ])
    return promise
  }

  /** Sends what waits, as far as the process may be asked now. */
  #flush(): void {
    if (this.#gone !== null || this.#starting) return
    if (this.#brokenBetween !== null && this.#waiting.length > 0) {
      const question = this.#waiting.shift()!
      question.reject(failure(question, this.#brokenBetween))
      this.#brokenBetween = null
    }
    if (this.#waiting.length === 0 && this.#inquiry === null) return
    if (this.#session === null) {
      this.#restart()
      return
    }
    if (this.#inquiry !== null) {
      const [suspect] = this.#inquiry.suspects
      if (suspect === undefined || this.#inquiry.asking) return
      this.#inquiry.asking = true
      const { suspects, together } = this.#inquiry
      const most = together ? this.#concurrency : 1
      for (let i = 0; i < (together ? suspects.length : 1); i += most) {
        this.#session.send(suspects.slice(i, i + most))
      }
      return
    }
    while (this.#waiting.length > 0) this.#session.send(this.#waiting.splice(0, this.#concurrency))
  }

  #onAnswers(answers: readonly Answer[]): void {
    for (const { open, response } of answers) {
      const question = open as Question
      if (this.#inquiry === null) question.resolve(response)
      else {
        const { suspects, acquitted, together } = this.#inquiry
        if (!together) this.#inquiry.asking = false
        suspects.splice(suspects.indexOf(question), 1)
        acquitted.push({ question, response })
      }
    }
    if (this.#inquiry === null) return
    this.#concludeIfOver()
    // Not at once: the session may be about to tell that it broke.
    void givingWay().then(() => this.#flush())
  }

  #onBreakdown(breakdown: Breakdown): void {
    this.#session = null
    const open = breakdown.open as readonly Question[]
    const culprit = (breakdown.culprit ?? (open.length === 1 ? open[0] : null)) as Question | null
    if (this.#inquiry !== null) {
      const { suspects, together } = this.#inquiry
      const guilty = suspects.splice(0, together ? suspects.length : 1)
      const { length } = guilty
      const note = length > 1 ? `\n${length} questions were open, after another had broken it` : ''
      for (const question of guilty) question.reject(failure(question, breakdown.reason + note))
      if (guilty.length === 0) this.#brokenBetween = breakdown.reason
      this.#inquiry.asking = false
      this.#inquiry.together = true
      this.#concludeIfOver()
    } else if (culprit !== null) {
      culprit.reject(failure(culprit, breakdown.reason))
      const suspects = open.filter((question) => question !== culprit)
      if (suspects.length > 0) {
        this.#inquiry = { breakdown, suspects, acquitted: [], together: true, asking: false }
      }
    } else if (open.length === 0) this.#brokenBetween = breakdown.reason
    else {
      this.#inquiry = {
        breakdown,
        suspects: [...open],
        acquitted: [],
        together: false,
        asking: false,
      }
    }
    this.#flush()
  }

  #concludeIfOver(): void {
    const inquiry = this.#inquiry
    if (inquiry === null || inquiry.suspects.length > 0) return
    this.#inquiry = null
    const { acquitted, together, breakdown } = inquiry
    if (!together && breakdown.late) {
      // Each took no longer than one may take; together they did, so fewer are asked from now on.
      this.#concurrency = Math.max(1, Math.floor(this.#concurrency / 2))
    } else if (!together) {
      const { question } = acquitted.shift()!
      const others = `${breakdown.open.length} questions were open; asked one at a time, each was answered`
      question.reject(failure(question, `${breakdown.reason}\n${others}`))
    }
    for (const { question, response } of acquitted) question.resolve(response)
  }

  #restart(): void {
    if (this.#starts >= this.#options.starts) {
      this.#leave(`it broke each of the ${this.#starts} times that it was started`)
      return
    }
    this.#starts++
    this.#starting = true
    this.#introduce().then(
      () => {
        this.#starting = false
        this.#flush()
      },
      (error: Error) => this.#leave(`it could not be started again: ${error.message}`),
    )
  }

  /** Gives up: nothing is asked any more. */
  #leave(reason: string, open: readonly Question[] = []): void {
    this.#gone ??= new ImplementationGone(reason)
    const acquitted = this.#inquiry?.acquitted ?? []
    for (const { question, response } of acquitted) question.resolve(response)
    const questions = [...open, ...(this.#inquiry?.suspects ?? []), ...this.#waiting]
    this.#inquiry = null
    this.#waiting = []
    for (const question of questions) question.reject(this.#gone)
  }
}

function failure(question: Question, reason: string): ImplementationFailure {
  return new ImplementationFailure(`${question.about}: ${reason}`, true)
}

function withResolvers<T>() {
  let resolve!: (value: T) => void
  let reject!: (error: Error) => void
  const promise = new Promise<T>((keep, fail) => {
    resolve = keep
    reject = fail
  })
  return { promise, resolve, reject }
}
