import type { References } from '../../reference/reference.ts'
import type { Case } from '../arbitraries/case.ts'
import type { Candidate, Checked } from './candidate.ts'
import { casesOf, Drawn } from './cases.ts'
import { encapsulate } from './encapsulate.ts'
import { missing } from './missing.ts'
import type { Property } from './property.ts'
import { type Failing, isFinal, type Shrunk, shrink } from './shrink.ts'
import { Tally } from './tally.ts'
import { attempt, type Trial } from './trial.ts'
import type { Verdict } from './verdict.ts'
import { Watch } from './watch.ts'

/** Every how many cases a question is asked twice; the first case always is. */
const twiceEvery = 16

/** Half a minute: a hundred times what the slowest first call of a device takes. */
const defaultCaseTimeout = 30_000

/**
 * At most nine of ten drawn cases may be discarded. What remains is then the tenth of the cases that
 * are best conditioned, and no longer speaks for the domain of the clause.
 */
const discardedPerCase = 9

/** One property on one implementation, chunk by chunk. */
export class Run {
  readonly takesTurns: boolean
  readonly concurrency: number
  readonly #tally: Tally
  readonly #watch: Watch
  readonly #examples: readonly Case[]
  readonly #runs: number
  #verdict: Verdict | null = null
  #casesOfExamples = 0
  #seconds = 0

  constructor(
    readonly property: Property,
    readonly candidate: Candidate,
    readonly references: References,
    readonly seed: number,
    /** Whether others want to use the same thing meanwhile. */
    readonly shares: boolean,
  ) {
    const { implementation, runs, deadline, kept, caseTimeout } = candidate
    this.concurrency = Math.max(1, Math.floor(implementation.concurrency ?? 1))
    // One that answers a question at a time, within this process, would gain nothing from others.
    this.takesTurns = shares || this.concurrency === 1
    this.#tally = new Tally(property)
    const limit = implementation.keepsTime ? Number.POSITIVE_INFINITY : caseTimeout
    this.#watch = new Watch(limit ?? defaultCaseTimeout, deadline)
    this.#examples = [...property.examples, ...kept]
    this.#runs = Math.ceil(runs * property.share)
    this.#verdict = missing(property, implementation)
  }

  /** How many more cases it is to try. */
  get wanted(): number {
    if (this.#verdict !== null) return 0
    return this.#runs - (this.#tally.cases - this.#casesOfExamples)
  }

  close(): void {
    this.#watch.close()
  }

  /** The cases that it is to try before the drawn ones. */
  async tryExamples(): Promise<void> {
    if (this.#verdict !== null) return
    const examples = this.#examples.map(
      (example) => new Drawn(this.property, this.references, example),
    )
    await this.#try(examples, 0)
    this.#casesOfExamples = this.#tally.cases
  }

  /** As many of the drawn cases as it is still to try; a discarded one is made up for by the next. */
  async tryChunk(chunk: readonly Drawn[], first: number): Promise<void> {
    for (let at = 0; at < chunk.length && this.wanted > 0; ) {
      const part = chunk.slice(at, at + this.wanted)
      await this.#try(part, this.#examples.length + first + at)
      at += part.length
    }
  }

  checked(): Checked {
    const { cases, discarded, worstUtilization, utilizations, classes } = this.#tally
    const none: Verdict =
      discarded > 0
        ? { outcome: 'inconclusive', cases, discarded, reason: tooMany }
        : { outcome: 'not-run', reason: 'no case was asked for' }
    const conforms: Verdict = { outcome: 'conforms', cases, worstUtilization }
    const verdict = this.#verdict ?? (cases === 0 ? none : conforms)
    return { verdict, utilizations, classes, discarded, seconds: this.#seconds }
  }

  async #try(part: readonly Drawn[], first: number): Promise<void> {
    const started = performance.now()
    if (this.shares) await this.candidate.implementation.use?.()
    const trials = await this.#attemptAll(part, first)
    for (let i = 0; i < part.length && this.#verdict === null; i++) {
      await this.#take(part[i]!, trials[i], first + i)
    }
    this.#seconds += (performance.now() - started) / 1000
  }

  /**
   * Tries cases, as many at once as the implementation likes, until one fails. Cases are begun in
   * order, so when one fails all before it have been tried too.
   */
  async #attemptAll(
    part: readonly Drawn[],
    first: number,
  ): Promise<readonly (Trial | undefined)[]> {
    const trials: Trial[] = []
    let next = 0
    const lane = async () => {
      while (next < part.length && !this.#watch.over) {
        const i = next++
        try {
          trials[i] = await this.#attempt(part[i]!, first + i)
        } catch (error) {
          next = part.length
          throw error
        }
        if (fails(trials[i]!)) next = part.length
      }
    }
    const lanes = Math.min(this.concurrency, part.length)
    await Promise.all(Array.from({ length: lanes }, lane))
    return trials
  }

  #attempt(drawn: Drawn, index: number): Promise<Trial> {
    const { implementation, repeat } = this.candidate
    const { testCase, expectations } = drawn.on(implementation.precision)
    const twice = repeat !== false && index % twiceEvery === 0
    return attempt(this.property, testCase, expectations, implementation, {
      twice,
      watch: this.#watch,
    })
  }

  /** Takes note of how a case came out; `undefined` when there was no time left to try it. */
  async #take(drawn: Drawn, trial: Trial | undefined, index: number): Promise<void> {
    const tally = this.#tally
    const { testCase } = drawn.on(this.candidate.implementation.precision)
    if (trial !== undefined) tally.count(testCase, trial)
    const { cases, discarded } = tally
    if (trial === undefined || trial.result === 'interrupted') {
      this.#verdict = { outcome: 'interrupted', cases, reason: 'the time given was over' }
    } else if (trial.result === 'not-run') {
      this.#verdict = { outcome: 'not-run', reason: trial.reason }
    } else if (fails(trial)) {
      this.#verdict = await this.#conclude({ testCase, trial }, index)
    } else if (discarded > discardedPerCase * (this.#runs + this.#examples.length)) {
      this.#verdict = { outcome: 'inconclusive', cases, discarded, reason: tooMany }
    }
  }

  /**
   * Where a kept case is violated, the first drawn one that is violated too, if there is one: sizes of
   * a kept case cannot be made smaller.
   */
  async #orDrawn(kept: Failing, keptIndex: number): Promise<[Failing, number]> {
    const { property, references, seed, candidate } = this
    if (keptIndex >= this.#examples.length || kept.trial.result !== 'violates') {
      return [kept, keptIndex]
    }
    const cases = casesOf(property, references, seed)
    for (let i = 0; i < this.#runs && !this.#watch.over; i++) {
      const drawn = cases.next().value
      const index = this.#examples.length + i
      const trial = await this.#attempt(drawn, index)
      if (trial.result === 'violates') {
        return [{ testCase: drawn.on(candidate.implementation.precision).testCase, trial }, index]
      }
      if (fails(trial)) break
    }
    return [kept, keptIndex]
  }

  async #conclude(failed: Failing, failedIndex: number): Promise<Verdict> {
    const { property, candidate, references, seed } = this
    const { implementation } = candidate
    const [failing, index] = candidate.shrink
      ? await this.#orDrawn(failed, failedIndex)
      : [failed, failedIndex]
    const subject = { property, implementation, references, watch: this.#watch }
    const unshrunk: Shrunk = { ...failing, path: String(index), steps: 0 }
    // A case worked by hand has its answer with it, and is as small as it gets.
    const byHand = property.share === 0
    const shrunk =
      candidate.shrink && !byHand && !isFinal(failing.trial)
        ? await shrink(subject, failing, { seed, index, examples: this.#examples })
        : unshrunk
    const { trial, testCase, path, steps: shrinks } = shrunk
    const { cases } = this.#tally
    const asked = candidate.intermediates === false ? {} : references
    const capsule = encapsulate(property, implementation, testCase, trial, asked, { seed, path })
    switch (trial.result) {
      case 'violates': {
        const { reason, difference } = trial
        const found = { cases, reason, difference, shrinks, capsule }
        return { outcome: 'violates', ...found, diagnosis: null, replay: null }
      }
      case 'unstable':
      case 'errored':
        return { outcome: trial.result, cases, reason: trial.reason, capsule, replay: null }
      default:
        throw new Error(`${property.id} ended with a case that ${trial.result}`)
    }
  }
}

const tooMany = 'too many cases were too ill-conditioned to tell'

function fails(trial: Trial): boolean {
  return trial.result !== 'agrees' && trial.result !== 'discarded'
}
