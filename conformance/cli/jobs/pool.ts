import type { Clause } from '../../../spec/language/clause.ts'
import { Evidence } from '../../engine/evidence.ts'
import type { Implementation } from '../../engine/implementation.ts'
import { wrongInParts } from '../../suite/merge.ts'
import type { Part } from '../../suite/part.ts'
import type { Progress } from '../../suite/progress.ts'
import { evidenceFrom } from '../../suite/sent-evidence.ts'
import type { FromJob, Introduced, Opening, ToJob } from './messages.ts'
import { Worker } from './worker.ts'

/** Clauses that one job checks together. */
export interface Unit {
  readonly clauses: readonly Clause[]
  /** Properties that ended the process of a job: how, by their ids. */
  readonly barred: Readonly<Record<string, string>>
}

export interface PoolOptions {
  readonly jobs: number
  readonly opening: Opening
  /** What each job opens, as the run knows it. */
  readonly implementations: readonly Implementation[]
  readonly progress: Progress
  readonly signal: AbortSignal
  /** The operations whose answers are wanted, by id; of those that turn out to be wrong, unless told otherwise. */
  readonly evidenceOf?: readonly string[]
}

/** What jobs came to. */
export interface Outcome {
  /** By implementation, the parts that are done; their evidence stands in parts without clauses. */
  readonly parts: readonly (readonly Part[])[]
  /** What no job took. */
  readonly left: readonly Unit[]
  /** How often the process of a job ended while it was checking. */
  readonly crashes: number
  /** Why jobs could not be used; `null` where they could. */
  readonly problem: string | null
  /** Why the run was ended before its end; `null` where it was not. */
  readonly over: string | null
}

/** A job of a run, as the run sees it. */
interface Hand {
  readonly worker: Worker
  unit: Unit | null
  /** The property that it began last. */
  property: string | null
  isOpen: boolean
  /** Called with what it gives when it was asked for evidence, or when it ends instead. */
  given: ((evidence: Extract<FromJob, { kind: 'given' }>['evidence']) => void) | null
}

/** What ends its process more often than this is not tried any more. */
const mostCrashes = 20

/**
 * Hands units out to processes, the next to whichever is done first, and collects what came of them. One that
 * ends while it checks is replaced; its unit is checked again, but for the property that ended it.
 */
export class Pool {
  readonly #queue: Unit[]
  readonly #hands = new Set<Hand>()
  readonly #ending: Promise<void>[] = []
  readonly #parts: Part[][]
  #crashes = 0
  #problem: string | null = null
  #over: string | null = null
  #defect: Error | null = null
  #settled: () => void = () => {}

  constructor(
    units: readonly Unit[],
    readonly options: PoolOptions,
  ) {
    this.#queue = [...units]
    this.#parts = options.implementations.map(() => [])
  }

  async run(): Promise<Outcome> {
    const { signal, jobs } = this.options
    const stop = () => this.#stop('the run was stopped')
    signal.addEventListener('abort', stop)
    try {
      await new Promise<void>((resolve) => {
        this.#settled = resolve
        if (signal.aborted) stop()
        for (let i = 0; i < Math.min(jobs, this.#queue.length); i++) this.#start()
        this.#settle()
      })
      if (this.#defect !== null) throw this.#defect
      await this.#gather()
    } finally {
      signal.removeEventListener('abort', stop)
      for (const hand of this.#hands) this.#dismiss(hand)
      await Promise.all(this.#ending)
    }
    return {
      parts: this.#parts,
      left: this.#queue,
      crashes: this.#crashes,
      problem: this.#problem,
      over: this.#over,
    }
  }

  #start(): void {
    if (this.#over !== null) return
    const hand: Hand = {
      worker: new Worker({
        onMessage: (message) => this.#hear(hand, message),
        onEnd: (ending) => this.#lose(hand, ending),
      }),
      unit: null,
      property: null,
      isOpen: false,
      given: null,
    }
    this.#hands.add(hand)
    hand.worker.tell(this.options.opening)
  }

  #hear(hand: Hand, message: FromJob): void {
    switch (message.kind) {
      case 'opened':
        this.#admit(hand, message.implementations)
        break
      case 'not opened':
        this.#discharge(hand, message.reason)
        break
      case 'begins':
        hand.property = message.property
        break
      case 'progress':
        this.options.progress.take(hand.unit!.clauses, message.event)
        break
      case 'ends':
        this.#stop(message.reason)
        break
      case 'checked':
        for (const [i, part] of message.parts.entries()) {
          this.#parts[i]!.push({ ...part, evidence: new Evidence() })
        }
        this.#next(hand)
        break
      case 'given':
        hand.given?.(message.evidence)
        break
      case 'defect':
        this.#defect = Object.assign(new Error('a job failed'), { stack: message.stack })
        this.#settled()
    }
  }

  /** Lets a job begin that has opened the implementations of the run, and not others. */
  #admit(hand: Hand, opened: readonly Introduced[]): void {
    const isSame = this.options.implementations.every(({ name, version, device }, i) => {
      const its = opened[i]
      return its?.name === name && its.version === version && its.device === device
    })
    hand.isOpen = isSame
    if (isSame) this.#next(hand)
    else this.#discharge(hand, 'it opened another implementation')
  }

  /** Gives a job what is to be checked next, if there is anything. */
  #next(hand: Hand): void {
    const unit = this.#over === null ? this.#queue.shift() : undefined
    hand.unit = unit ?? null
    hand.property = null
    if (unit === undefined) this.#settle()
    else {
      const { clauses, barred } = unit
      hand.worker.tell({ kind: 'check', clauses: clauses.map(({ id }) => id), barred })
    }
  }

  /** A process has ended. */
  #lose(hand: Hand, ending: string): void {
    if (!this.#hands.delete(hand)) return
    hand.given?.([])
    const { unit, property } = hand
    if (unit === null) this.#problem = ending
    else if (property === null) {
      this.#problem = ending
      this.#again(unit)
    } else {
      this.#again({ ...unit, barred: { ...unit.barred, [property]: ending } })
      if (++this.#crashes >= mostCrashes) {
        this.#stop(`the process that asks the implementation ended ${mostCrashes} times`)
      }
      this.#start()
    }
    this.#settle()
  }

  /** Gives a unit that a process did not come to the end of to another. */
  #again(unit: Unit): void {
    this.#queue.unshift(unit)
    const free = [...this.#hands].find((hand) => hand.isOpen && hand.unit === null)
    if (free !== undefined) this.#next(free)
  }

  /** A job that cannot be used. */
  #discharge(hand: Hand, reason: string): void {
    this.#problem = reason
    this.#dismiss(hand)
    this.#settle()
  }

  #dismiss(hand: Hand): void {
    this.#hands.delete(hand)
    this.#ending.push(hand.worker.end())
  }

  #stop(reason: string): void {
    if (this.#over !== null) return
    this.#over = reason
    for (const hand of this.#hands) {
      if (hand.unit !== null) hand.worker.tell({ kind: 'stop', reason })
      else if (!hand.isOpen) this.#dismiss(hand)
    }
    this.#settle()
  }

  /** Ends the wait when no job has anything to do, or could get anything. */
  #settle(): void {
    const hands = [...this.#hands]
    const isBusy = hands.some(({ unit, isOpen }) => unit !== null || !isOpen)
    if (!isBusy) this.#settled()
  }

  /** Asks every job for what was answered. */
  async #gather(): Promise<void> {
    const operations = this.options.evidenceOf ?? wrongInParts(this.#parts.flat())
    if (operations.length === 0) return
    await Promise.all(
      [...this.#hands].map(async (hand) => {
        const given = await this.#evidenceOf(hand, { kind: 'give', operations })
        for (const [i, sent] of given.entries()) {
          this.#parts[i]!.push({ clauses: [], mismatch: null, evidence: evidenceFrom(sent) })
        }
      }),
    )
  }

  #evidenceOf(hand: Hand, question: ToJob) {
    return new Promise<Extract<FromJob, { kind: 'given' }>['evidence']>((resolve) => {
      hand.given = resolve
      hand.worker.tell(question)
    })
  }
}
