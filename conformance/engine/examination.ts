import type { References } from '../../reference/reference.ts'
import { attemptNumbered } from './attempt.ts'
import type { Candidate, Checked } from './candidate.ts'
import { Drawn } from './cases.ts'
import { conclude } from './conclude.ts'
import { inLanes } from './lanes.ts'
import { missing } from './missing.ts'
import { type Plan, planOf } from './plan.ts'
import type { Property } from './property.ts'
import type { Failing } from './shrink.ts'
import { isLast, timeOver, verdictOfEnd, verdictOfStopping } from './stopping.ts'
import type { Subject } from './subject.ts'
import { Tally } from './tally.ts'
import { fails, type Trial } from './trial.ts'
import { isFailure, type Verdict } from './verdict.ts'
import { Watch } from './watch.ts'

/** Half a minute: a hundred times what the slowest first call of a device takes. */
const defaultCaseTimeout = 30_000

/**
 * One property on one implementation, chunk by chunk; it may be left for others and continued. What is
 * tried is in the plan, when it stops in `stopping.ts`, what is made of a failing case in `conclude.ts`.
 */
export class Examination {
  readonly takesTurns: boolean
  readonly concurrency: number
  readonly #subject: Subject
  readonly #plan: Plan
  readonly #tally: Tally
  #verdict: Verdict | null
  /** What is still to be made a verdict of. */
  #failing: Failing | null = null
  #triedExamples = false
  #casesOfExamples = 0
  #seconds = 0

  constructor(
    property: Property,
    candidate: Candidate,
    references: References,
    seed: number,
    /** Whether others want to use the same thing meanwhile. */
    readonly shares: boolean,
  ) {
    const { implementation, deadline, caseTimeout, repeat = true } = candidate
    this.concurrency = Math.max(1, Math.floor(implementation.concurrency ?? 1))
    // One that answers a question at a time, within this process, would gain nothing from others.
    this.takesTurns = shares || this.concurrency === 1
    const limit = implementation.keepsTime ? Number.POSITIVE_INFINITY : caseTimeout
    const watch = new Watch(limit ?? defaultCaseTimeout, deadline)
    this.#subject = { property, implementation, references, watch, repeat }
    this.#plan = planOf(property, candidate, seed)
    this.#tally = new Tally(property)
    this.#verdict = missing(property, implementation)
  }

  /** How many more cases it is to try. */
  get wanted(): number {
    if (this.#ended) return 0
    return this.#plan.runs - (this.#tally.cases - this.#casesOfExamples)
  }

  /** How many more cases it is to try, those before the drawn ones among them. */
  get left(): number {
    return this.wanted + (this.#triedExamples || this.#ended ? 0 : this.#plan.examples.length)
  }

  /** Cases tried so far. */
  get cases(): number {
    return this.#tally.cases
  }

  /** Whether something is wrong with the implementation, by what has been tried so far. */
  get failed(): boolean {
    return this.#failing !== null || (this.#verdict !== null && isFailure(this.#verdict))
  }

  /** From now on it has until then, in milliseconds since the epoch; also what it waits for now. */
  set deadline(deadline: number | null) {
    this.#subject.watch.deadline = deadline
  }

  close(): void {
    this.#subject.watch.close()
  }

  /** The cases that it is to try before the drawn ones. */
  async tryExamples(): Promise<void> {
    this.#triedExamples = true
    if (this.#ended) return
    const { property, references } = this.#subject
    const examples = this.#plan.examples.map((example) => new Drawn(property, references, example))
    await this.#try(examples, 0)
    this.#casesOfExamples = this.#tally.cases
  }

  /** As many of the drawn cases as it is still to try; a discarded one is made up for by the next. */
  async tryChunk(chunk: readonly Drawn[], first: number): Promise<void> {
    for (let at = 0; at < chunk.length && this.wanted > 0; ) {
      const part = chunk.slice(at, at + this.wanted)
      await this.#try(part, this.#plan.examples.length + first + at)
      at += part.length
    }
  }

  /** What is made of the case that failed. */
  async conclude(): Promise<void> {
    if (this.#failing === null) return
    const started = performance.now()
    if (this.shares) await this.#subject.implementation.use?.()
    this.#verdict = await conclude(this.#subject, this.#plan, this.#failing, this.#tally.cases)
    this.#failing = null
    this.#seconds += (performance.now() - started) / 1000
  }

  checked(reason = timeOver): Checked {
    const { discarded, utilizations, classes } = this.#tally
    const verdict = this.#verdict ?? verdictOfEnd(this.#tally, this.left, reason)
    return { verdict, utilizations, classes, discarded, seconds: this.#seconds }
  }

  async #try(part: readonly Drawn[], first: number): Promise<void> {
    const started = performance.now()
    const { implementation, watch } = this.#subject
    if (this.shares) await implementation.use?.()
    const trials = await inLanes(part, {
      lanes: this.concurrency,
      act: (drawn, position) => attemptNumbered(this.#subject, drawn, first + position),
      ends: isLast,
      over: () => watch.over,
    })
    for (let i = 0; i < part.length && !this.#ended; i++) {
      this.#take(part[i]!, trials[i], first + i)
    }
    this.#seconds += (performance.now() - started) / 1000
  }

  get #ended(): boolean {
    return this.#verdict !== null || this.#failing !== null
  }

  /** Notes how a case came out; `undefined` when it was not tried. */
  #take(drawn: Drawn, trial: Trial | undefined, index: number): void {
    const { testCase } = drawn.on(this.#subject.implementation.precision)
    if (trial !== undefined) this.#tally.count(testCase, trial)
    if (trial !== undefined && fails(trial)) this.#failing = { testCase, trial, index }
    else this.#verdict = verdictOfStopping(trial, this.#tally, this.#plan)
  }
}
