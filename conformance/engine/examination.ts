import type { References } from '../../reference/reference.ts'
import { attemptNumbered } from './attempt.ts'
import type { Candidate, Checked } from './candidate.ts'
import { Drawn, makerOf, plannedPairs } from './cases.ts'
import { conclude } from './conclude.ts'
import { confirm } from './confirm.ts'
import { looksWrong } from './glance.ts'
import { type Failing, Groups } from './groups.ts'
import { inLanes } from './lanes.ts'
import { missing } from './missing.ts'
import { type CasePlace, type Domain, domainOf, placeOf } from './place.ts'
import { type Plan, planOf } from './plan.ts'
import type { Property } from './property.ts'
import { isLast, mostFailing, timeOver, verdictOfEnd, verdictOfStopping } from './stopping.ts'
import type { Subject } from './subject.ts'
import { Tally, type TallyState } from './tally.ts'
import { type Failure, fails, failuresIn, type Trial } from './trial.ts'
import { isFailure, type Verdict } from './verdict.ts'
import { Watch } from './watch.ts'

/** Half a minute: a hundred times what the slowest first call of a device takes. */
const defaultCaseTimeout = 30_000

/** How far an examination is in which nothing is wrong, as plain data. */
export interface ExaminationState {
  readonly tally: TallyState
  readonly verdict: Verdict | null
  readonly ended: boolean
  readonly triedExamples: boolean
  readonly casesOfExamples: number
  readonly seconds: number
}

/**
 * One property on one implementation, chunk by chunk. What is tried is in the plan, when it stops in
 * `stopping.ts`, what is made of a failing case in `conclude.ts`.
 */
export class Examination {
  readonly takesTurns: boolean
  readonly concurrency: number
  readonly #subject: Subject
  readonly #plan: Plan
  readonly #tally: Tally
  readonly #groups = new Groups()
  readonly #domain: Domain | null
  readonly #onTrial: Candidate['onTrial']
  #verdict: Verdict | null
  /** Whether nothing more is tried; the verdict may still have to be made of what failed. */
  #ended = false
  /** Whether the time was over before a case came to its end. */
  #wasLate = false
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
    const { implementation, deadline, caseTimeout, repeat = true, evidence } = candidate
    this.concurrency = Math.max(1, Math.floor(implementation.concurrency ?? 1))
    // One that answers a question at a time, within this process, would gain nothing from others.
    this.takesTurns = shares || this.concurrency === 1
    const limit = implementation.keepsTime ? Number.POSITIVE_INFINITY : caseTimeout
    const watch = new Watch(limit ?? defaultCaseTimeout, deadline)
    const domain = domainOf(property, implementation)
    this.#domain = domain
    this.#onTrial = candidate.onTrial
    this.#subject = {
      property,
      // Made for the first case: a run that has little time comes to few properties.
      get maker() {
        return domain?.maker ?? makerOf(property)
      },
      implementation,
      references,
      watch,
      repeat,
      ...(evidence && { evidence }),
    }
    this.#plan = planOf(property, candidate, seed)
    this.#tally = new Tally(property)
    this.#verdict = missing(property, implementation)
  }

  /** How many more cases it is to try. */
  get wanted(): number {
    if (this.#verdict !== null || this.#ended) return 0
    return this.#plan.runs - (this.#tally.cases - this.#casesOfExamples)
  }

  /** How many more cases it is to try, those before the drawn ones among them. */
  get left(): number {
    const over = this.#triedExamples || this.#ended || this.#verdict !== null
    return this.wanted + (over ? 0 : this.#plan.examples.length)
  }

  /** Cases tried so far. */
  get cases(): number {
    return this.#tally.cases
  }

  /** Whether the implementation provides what the property asks for. */
  get isAsked(): boolean {
    return this.#verdict?.outcome !== 'unsupported'
  }

  /** Whether something is wrong with the implementation, by what has been tried so far. */
  get failed(): boolean {
    return this.#groups.cases > 0 || (this.#verdict !== null && isFailure(this.#verdict))
  }

  /** How far it is, for another to go on from; `null` where something is wrong, or it was cut short. */
  get state(): ExaminationState | null {
    const verdict = this.#verdict
    const isInOrder = verdict === null || ['unsupported', 'inconclusive'].includes(verdict.outcome)
    if (this.failed || this.#wasLate || !isInOrder) return null
    return {
      tally: this.#tally.state,
      verdict,
      ended: this.#ended,
      triedExamples: this.#triedExamples,
      casesOfExamples: this.#casesOfExamples,
      seconds: this.#seconds,
    }
  }

  /** Goes on from where another was, as if it had tried what that did. */
  goOnFrom({ tally, verdict, ...state }: ExaminationState): void {
    this.#tally.state = tally
    this.#verdict = verdict
    this.#ended = state.ended
    this.#triedExamples = state.triedExamples
    this.#casesOfExamples = state.casesOfExamples
    this.#seconds = state.seconds
  }

  /** What failed so far, as it was drawn: of each kind of failure the smallest case. */
  get failures(): readonly Failing[] {
    return this.#groups.list.map(({ failing }) => failing)
  }

  /** From now on it has until then, by `performance.now()`; also what it waits for now. */
  set deadline(deadline: number | null) {
    this.#subject.watch.deadline = deadline
  }

  /** Has the end be so much later. */
  putOff(milliseconds: number): void {
    const { watch } = this.#subject
    if (watch.deadline !== null) watch.deadline += milliseconds
  }

  close(): void {
    this.#subject.watch.close()
  }

  /** The cases that it is to try before the drawn ones. */
  async tryExamples(): Promise<void> {
    this.#triedExamples = true
    if (this.#verdict !== null) return
    const { property, references } = this.#subject
    const examples = this.#plan.examples.map((example) => new Drawn(property, references, example))
    const before = this.#tally.cases
    await this.#try(examples, 0)
    this.#casesOfExamples += this.#tally.cases - before
  }

  /** Asks about a case once, and judges it if the answer looks wrong; else nothing is counted. */
  async glance(drawn: Drawn): Promise<void> {
    if (this.wanted === 0) return
    if (!(await looksWrong(this.#subject, placeOf(drawn, this.#domain).tried))) return
    const before = this.#tally.cases
    await this.#try([drawn], 0)
    this.#casesOfExamples += this.#tally.cases - before
  }

  /** As many of the drawn cases as it is still to try; a discarded one is made up for by the next. */
  async tryChunk(chunk: readonly Drawn[], first: number): Promise<void> {
    for (let at = 0; at < chunk.length && this.wanted > 0; ) {
      const part = chunk.slice(at, at + this.wanted)
      await this.#try(part, this.#plan.examples.length + first + at)
      at += part.length
    }
  }

  /** What is made of the cases that failed. */
  async conclude(): Promise<void> {
    if (this.#verdict !== null || this.#groups.cases === 0) return
    const started = performance.now()
    if (this.shares) await this.#subject.implementation.use?.()
    this.#verdict = await conclude(this.#subject, this.#plan, this.#groups, this.#tally.cases)
    this.#seconds += (performance.now() - started) / 1000
  }

  /** How many cases it lacks. */
  get #lacking(): number {
    const { runs, examples } = this.#plan
    return this.#wasLate ? Math.max(1, runs + examples.length - this.#tally.cases) : this.left
  }

  checked(reason = timeOver, mayConform = false): Checked {
    const { discarded, open, utilizations, byAdjoints, classes, declines, floors } = this.#tally
    const { declined } = declines
    const { floor } = floors
    const { implementation, property } = this.#subject
    const shortage = { left: this.#lacking, reason, isBegun: this.#wasLate, mayConform }
    const verdict = this.#verdict ?? verdictOfEnd(this.#tally, shortage, implementation, property)
    const covered = this.#tally.covered(this.#planned(verdict))
    const counts = { utilizations, byAdjoints, floor, classes, covered, declined, discarded, open }
    return { verdict, ...counts, seconds: this.#seconds }
  }

  /** The pairs that it would meet in a run with time enough: whatever was planned before it counts for nothing. */
  #planned(verdict: Verdict): Uint8Array | null {
    if (verdict.outcome === 'unsupported') return null
    const isShort = ['not-run', 'interrupted'].includes(verdict.outcome) || 'left' in verdict
    return plannedPairs(this.#subject.property, this.#plan.seed, !isShort)
  }

  async #try(part: readonly Drawn[], first: number): Promise<void> {
    const started = performance.now()
    const { implementation, watch } = this.#subject
    if (this.shares) await implementation.use?.()
    const places = part.map((drawn) => placeOf(drawn, this.#domain))
    const trials = await inLanes(places, {
      lanes: this.concurrency,
      act: ({ tried }, position) => attemptNumbered(this.#subject, tried, first + position),
      ends: (trial) => isLast(trial, this.#plan),
      over: () => watch.over,
    })
    for (let i = 0; i < part.length && !this.#ended; i++) {
      await this.#take(places[i]!, trials[i], first + i)
    }
    this.#seconds += (performance.now() - started) / 1000
  }

  /** Notes how a case came out; `undefined` when it was not tried. */
  async #take(place: CasePlace, trial: Trial | undefined, index: number): Promise<void> {
    const { precision } = this.#subject.implementation
    if (trial !== undefined) {
      this.#tally.count(place, trial, precision)
      this.#onTrial?.(place.tried, trial, precision)
    }
    if (trial !== undefined && fails(trial)) await this.#note(place.tried, trial, index)
    else if (this.#groups.cases === 0) {
      this.#verdict = verdictOfStopping(trial, this.#tally, this.#plan, precision)
    }
    this.#wasLate ||= trial === undefined || trial.result === 'interrupted'
    const over = trial === undefined || isLast(trial, this.#plan) || this.#tally.declinesTooMany
    this.#ended = over || this.#verdict !== null || this.#groups.cases >= mostFailing
  }

  /** Notes a case that failed; the first of its kind is asked again before. */
  async #note(drawn: Drawn, trial: Failure, index: number): Promise<void> {
    const { untilFirst } = this.#plan
    const prepared = drawn.on(this.#subject.implementation.precision)
    const known = untilFirst || failuresIn(trial).every((failure) => this.#groups.has(failure))
    const confirmed = known ? trial : await confirm(this.#subject, prepared, trial)
    if (this.#groups.cases++ === 0) this.#groups.first = this.#tally.cases
    const { testCase } = prepared
    this.#groups.add({ testCase, trial: confirmed, index, planned: drawn.planned })
  }
}
