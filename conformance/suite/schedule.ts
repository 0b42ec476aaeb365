import { referencesById } from '../../reference/index.ts'
import { operations } from '../../spec/index.ts'
import type { Checked } from '../engine/candidate.ts'
import { Checking, type CheckingState } from '../engine/checking.ts'
import { Evidence } from '../engine/evidence.ts'
import { referenceImplementation } from '../engine/fault.ts'
import type { Implementation } from '../engine/implementation.ts'
import { type Kill, killFaults, knownKills } from '../engine/kills.ts'
import type { Property } from '../engine/property.ts'
import { timeOver } from '../engine/stopping.ts'
import { Clock, secondsUntil } from './clock.ts'
import { Glancing } from './glancing.ts'
import { breadthOf, deeper, glancedAt, type Round, roundsOf, slowFrom } from './rounds.ts'
import type { ScheduleOptions } from './schedule-options.ts'
import type { Standing } from './standing.ts'
import type { Underway } from './underway.ts'
import { crashOf, defectOf, failedOnce } from './unjudged.ts'

/** What came of a property: of every implementation, and of its faults, if they were tried. */
export interface Found {
  readonly checked: readonly Checked[]
  readonly kills: readonly Kill[]
}

const right = referenceImplementation(operations, referencesById)

/** A property in a run. */
interface Entry {
  readonly property: Property
  readonly checking: Checking
  /** Seconds of its latest cases, each. */
  pace: number | null
  /** What became of its faults, once they were tried. */
  kills: readonly Kill[] | null
  /** How far it was when it was last asked for and nothing was wrong. */
  right: CheckingState | null
  found: Found | null
}

/**
 * Properties that are checked on implementations, a few cases of each before more of any. Faults are
 * killed at the end of each. Whatever the order, a run that comes to its end finds the same.
 */
export class Schedule {
  readonly #entries: ReadonlyMap<Property, Entry>
  readonly #clock: Clock
  /** What each implementation answered, to find out which mistake gives such answers. */
  readonly evidences: readonly Evidence[]
  /** What failed, and of which nothing has been made yet. */
  readonly #failing = new Set<Entry>()
  readonly #glancing = new Glancing()

  constructor(
    properties: readonly Property[],
    readonly implementations: readonly Implementation[],
    readonly options: ScheduleOptions,
    /** Told of each property that is done, with what came of it. */
    readonly onFound: (property: Property, found: Found) => void,
    readonly onTurn: (property: Property) => void,
  ) {
    this.#clock = new Clock(options.deadline)
    this.evidences = implementations.map(() => new Evidence())
    this.#entries = new Map(properties.map((property) => [property, this.#entryOf(property)]))
  }

  async run(): Promise<void> {
    const { signal, among = [...this.#entries.keys()] } = this.options
    const stop = () => {
      const { reason } = signal!
      this.#clock.stop(typeof reason === 'string' ? reason : 'the run was stopped')
      for (const { checking } of this.#entries.values()) checking.deadline = 0
    }
    const putOff = (milliseconds: number) => {
      this.#clock.putOff(milliseconds)
      for (const { checking } of this.#entries.values()) checking.putOff(milliseconds)
    }
    this.options.onPause?.(putOff)
    signal?.addEventListener('abort', stop)
    if (signal?.aborted) stop()
    try {
      this.#bar()
      await this.#failAgain()
      let [place, upTo] = [0, 0]
      for (const round of this.#rounds(among)) {
        if (round.glances !== undefined) await this.#glance(among, round.glances, upTo)
        upTo = round.upTo
        for (const property of round.properties) {
          place++
          const entry = this.#entries.get(property)
          if (entry === undefined) continue
          if (this.#clock.tryingEnds(this.#failing.size) === 0) break
          for (const evidence of this.evidences) evidence.place = place
          if (entry.found === null) await this.#guarded(entry, () => this.#turn(entry, round))
        }
      }
      await this.#end()
    } finally {
      signal?.removeEventListener('abort', stop)
      for (const { checking } of this.#entries.values()) checking.close()
    }
  }

  get standing(): Standing {
    const entries = [...this.#entries.values()]
    const sum = (part: (entry: Entry) => number) => entries.reduce((all, it) => all + part(it), 0)
    const usual = this.#pace
    const seconds = sum(({ checking, pace }) => checking.left * (pace ?? usual))
    const given = secondsUntil(this.#clock.deadline)
    return {
      cases: sum(({ checking }) => checking.cases),
      casesLeft: sum(({ checking }) => checking.left),
      failed: sum(({ checking }) => (checking.failed ? 1 : 0)),
      secondsLeft: Number.isNaN(usual) ? null : Math.min(seconds, given ?? seconds),
      secondsGiven: given,
    }
  }

  #entryOf(property: Property): Entry {
    const { runs, seed, deadline, kept, caseTimeout, shrink = true } = this.options
    const candidates = this.implementations.map((implementation, i) => ({
      implementation,
      evidence: this.evidences[i]!,
      runs,
      deadline,
      kept: kept[property.id] ?? [],
      shrink,
      ...(caseTimeout !== undefined && { caseTimeout }),
    }))
    const checking = new Checking(property, candidates, referencesById, seed)
    const before = this.options.before?.[property.id]
    const { checking: right = null, pace = null, kills = null } = before ?? {}
    if (right !== null) checking.goOnFrom(right)
    return { property, checking, pace, kills, right, found: null }
  }

  #underway(entry: Entry): Underway {
    const { checking, pace, kills } = entry
    entry.right = checking.state ?? entry.right
    return { checking: entry.right, pace, kills, failed: checking.failed ? checking.reached : null }
  }

  #tellUnderway(entry: Entry): void {
    this.options.onUnderway?.(entry.property.id, () => this.#underway(entry))
  }

  /** What failed in the run that this one continues comes before anything else, even when the time is over. */
  async #failAgain(): Promise<void> {
    for (const entry of this.#entries.values()) {
      const failed = this.options.before?.[entry.property.id]?.failed ?? null
      if (failed === null || entry.found !== null) continue
      await this.#guarded(entry, async () => {
        const { property, checking } = entry
        if (this.#clock.over === null) checking.deadline = null
        while (checking.glances < failed.glances && !checking.failed) await checking.glance()
        await checking.tryUpTo(failed.next)
        if (checking.failed) return this.#fail(entry)
        checking.close()
        entry.found = { checked: this.implementations.map(failedOnce), kills: [] }
        this.onFound(property, entry.found)
      })
    }
  }

  async #turn(entry: Entry, round: Round): Promise<void> {
    const { property, checking } = entry
    const isLast = round.upTo === Number.POSITIVE_INFINITY
    checking.deadline = this.#clock.tryingEnds(this.#failing.size)
    const [started, before] = [performance.now(), checking.cases]
    // Without a limit of time, the order of all questions is the same each time: some remember what they were asked.
    const { deadline } = this.options
    await checking.tryUpTo(round.upTo, deadline === null ? undefined : round.milliseconds)
    const tried = checking.cases - before
    if (tried > 0) entry.pace = (performance.now() - started) / 1000 / tried
    if (checking.failed) this.#fail(entry)
    if (round.withFaults && deadline !== null) await this.#killFaults(entry)
    const isFree = !checking.failed || deadline === null
    if (isLast && isFree && this.#clock.tryingEnds(this.#failing.size) !== 0) {
      await this.#finish(entry)
    }
    this.#tellUnderway(entry)
    this.onTurn(property)
  }

  /** Where time is limited and answers take long, everything has a case, and its faults, before anything has more. */
  *#rounds(among: readonly Property[]): Generator<Round, void> {
    const isLimited = this.options.deadline !== null
    const rounds = roundsOf(among).filter(({ isHurried = false }) => isLimited || !isHurried)
    const [first, ...others] = rounds
    yield first!
    if (isLimited && this.#pace > slowFrom / 1000) {
      for (const { checking } of this.#entries.values()) checking.shortFirst()
      yield breadthOf(among)
    }
    yield* others.slice(0, -1)
    if (this.options.deadline !== null) yield* deeper(among, this.options.runs)
    yield* others.slice(-1)
  }

  /** Seconds of a case, on average, as far as any was tried. */
  get #pace(): number {
    // After every turn of every property: without an array of all.
    let [sum, known] = [0, 0]
    for (const { pace } of this.#entries.values()) {
      if (pace === null) continue
      sum += pace
      known++
    }
    return sum / known
  }

  /**
   * Where time is limited, glances at answers of every operation tell which are to be judged first: most mistakes show
   * at once. They are no evidence of anything, and no case is tried less for them. A run that is continued takes none
   * where it had cases beyond those that come before, nor does one that is slow after these.
   */
  async #glance(among: readonly Property[], most: number, after: number): Promise<void> {
    const { deadline, before = {} } = this.options
    const [implementation, ...others] = this.implementations
    // One that takes its time for each answer likes to be asked for several at once, which are judged as well.
    if (deadline === null || others.length > 0 || (implementation?.concurrency ?? 1) > 1) return
    if (Object.values(before).some(({ checking }) => (checking?.next ?? 0) > after)) return
    if (this.#pace > slowFrom / 1000) return
    const asked = among.filter(
      (property) => this.#entries.get(property)?.checking.isAsked !== false,
    )
    await this.#glancing.take({
      ...{ properties: glancedAt(asked), deadline },
      glance: (property) => this.#glanceAt(property, most),
    })
  }

  /** One more glance, unless as many were taken before; `null` where no time is left. */
  async #glanceAt(property: Property, most: number): Promise<boolean | null> {
    const entry = this.#entries.get(property)
    if (entry === undefined || entry.found !== null || entry.checking.glances >= most) return false
    if (this.#clock.tryingEnds(this.#failing.size) === 0) return null
    await this.#guarded(entry, async () => {
      this.options.onGlance?.(property.id)
      await entry.checking.glance()
      if (entry.checking.failed) this.#fail(entry)
      this.#tellUnderway(entry)
    })
    return true
  }

  #bar(): void {
    const { barred = {} } = this.options
    for (const entry of this.#entries.values()) {
      const { property, checking } = entry
      if (!Object.hasOwn(barred, property.id)) continue
      const untried = checking.checked()
      const checked = checking.examinations.map(({ isAsked }, i) =>
        isAsked ? crashOf(barred[property.id]!) : untried[i]!,
      )
      entry.found = { checked, kills: [] }
      this.onFound(property, entry.found)
    }
  }

  #fail(entry: Entry): void {
    this.#failing.add(entry)
    if (this.options.endsAt?.(entry.property.id)) {
      this.#clock.stop('the run ended at the first failure')
    }
  }

  /** What is made of properties that did not come to their end, and of failures that time is kept for. */
  async #end(): Promise<void> {
    for (const entry of this.#failing) {
      entry.checking.deadline = this.#clock.concludingEnds(this.#failing.size)
      await this.#guarded(entry, () => this.#finish(entry))
    }
    for (const entry of this.#entries.values()) {
      if (entry.found === null) await this.#guarded(entry, () => this.#finish(entry))
    }
  }

  /** What goes wrong with a property, and is not the implementation's, is reported in its place. */
  async #guarded(entry: Entry, act: () => Promise<void>): Promise<void> {
    this.options.onBegin?.(entry.property)
    try {
      await act()
    } catch (thrown) {
      entry.checking.close()
      this.#failing.delete(entry)
      entry.found = { checked: this.implementations.map(() => defectOf(thrown)), kills: [] }
      this.onFound(entry.property, entry.found)
    }
  }

  async #finish(entry: Entry): Promise<void> {
    const { property, checking } = entry
    const { implementations } = this
    await checking.conclude()
    checking.close()
    this.#failing.delete(entry)
    for (const implementation of implementations) {
      if (implementations.length > 1) await implementation.use?.()
      implementation.assertDevice?.()
    }
    const { over } = this.#clock
    if (over === null) await this.#killFaults(entry)
    const mayConform = over === timeOver && entry.kills !== null
    const checked = checking.checked(over ?? undefined, mayConform)
    const found: Found = {
      checked: over === null || mayConform ? checked : checked.map((it) => unfinished(it, over)),
      kills: entry.kills ?? [],
    }
    entry.found = found
    this.onFound(property, found)
  }

  async #killFaults(entry: Entry): Promise<void> {
    const { property, checking } = entry
    const { killing = true, kills, seed } = this.options
    // Where nobody who is asked provides what the faults are mistakes in, there is nothing to show.
    entry.kills ??=
      checking.isAsked && killing
        ? (knownKills(property, kills) ?? (await killFaults(property, right, referencesById, seed)))
        : []
  }
}

/** What conforms as far as it goes is no pass where the run was over before its faults were tried. */
function unfinished(checked: Checked, over: string): Checked {
  const { verdict } = checked
  if (verdict.outcome !== 'conforms' && verdict.outcome !== 'interrupted') return checked
  const { cases } = verdict
  const reason = over === timeOver && cases > 0 ? `${over} before its faults were tried` : over
  return { ...checked, verdict: { outcome: 'interrupted', cases, reason } }
}
