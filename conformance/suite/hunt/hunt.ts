import { referencesById } from '../../../reference/index.ts'
import type { Case } from '../../arbitraries/case.ts'
import { givingWay } from '../../base/breath.ts'
import { hash } from '../../base/hash.ts'
import { onDevice } from '../../base/text.ts'
import type { Capsule } from '../../engine/capsule.ts'
import type { Implementation } from '../../engine/implementation.ts'
import type { Property } from '../../engine/property.ts'
import { TargetedCases } from '../../engine/targeted.ts'
import { fileOf } from '../capsules.ts'
import { causeIn, type Problem } from '../problems.ts'
import { type HuntProblem, type HuntState, together } from './state.ts'
import { takeTurn } from './turn.ts'

export interface HuntOptions {
  readonly properties: readonly Property[]
  readonly implementations: readonly Implementation[]
  /** The words of the command line that choose each of them again. */
  readonly choosing: readonly string[]
  /** Which of several that hunt with seeds of their own, from 1 on. */
  readonly place: { readonly index: number; readonly count: number }
  /** When to stop, by `performance.now()`. */
  readonly deadline: number
  /** Cases by property that are tried once before all others. */
  readonly kept: Readonly<Record<string, readonly Case[]>>
  readonly caseTimeout?: number
  readonly signal: AbortSignal
  /** Told of each turn before it begins: what ends the process in it is known then. */
  readonly onTurn: (turn: number, property: Property) => void
  /** Told of a case as soon as it is found; what is new has not been seen before. */
  readonly onFound: (problem: HuntProblem, capsule: Capsule | null, isNew: boolean) => void
  /** Told how far the hunt is after each turn. */
  readonly onState: (state: HuntState) => void
}

/** Cases of a property in a turn, for which it has so many milliseconds at most. */
const [casesOfTurn, timeOfTurn] = [32, 5000]

/**
 * Hunts for cases that fail, property after property, round after round, each with a fresh seed, until the time
 * is over. It goes on from a state, and a hunt that goes on tries what one that was not interrupted does but for
 * what that had learned of bounds.
 */
export async function hunt(from: HuntState, options: HuntOptions): Promise<HuntState> {
  const { properties, deadline, signal, kept } = options
  const hunting = new Hunting(from, options)
  const over = () => signal.aborted || performance.now() >= deadline
  for (const property of properties) {
    if (over()) break
    const cases = kept[property.id] ?? []
    if (cases.length > 0) await hunting.retry(property, cases)
  }
  while (!over()) {
    await hunting.turn()
    // An implementation that answers at once would keep the process from its signals for all of the time.
    await givingWay()
  }
  return hunting.state
}

class Hunting {
  readonly #started = performance.now()
  readonly #targeted = new Map<Property, TargetedCases>()

  constructor(
    public state: HuntState,
    readonly options: HuntOptions,
  ) {
    this.#before = state.seconds
  }

  readonly #before: number

  /** The cases that were kept of a property, and no others. */
  async retry(property: Property, kept: readonly Case[]): Promise<void> {
    await this.#take(property, { runs: 0, kept, seed: this.state.seed })
  }

  /** The turn of the next property: those that hunt beside each other begin in different places. */
  async turn(): Promise<void> {
    const { properties, place, onTurn } = this.options
    const { turns, seed } = this.state
    const at = turns + Math.floor(((place.index - 1) * properties.length) / place.count)
    const property = properties[at % properties.length]!
    const round = Math.floor(at / properties.length)
    this.state = { ...this.state, turns: turns + 1 }
    // An example that is worked by hand is the same in each round.
    if (property.share === 0 && round > 0) return
    onTurn(turns, property)
    const fresh = hash(`${place.index} of ${place.count}, round ${round}`, seed)
    await this.#take(property, { runs: casesOfTurn, kept: [], seed: fresh })
  }

  async #take(
    property: Property,
    what: { readonly runs: number; readonly kept: readonly Case[]; readonly seed: number },
  ): Promise<void> {
    const { signal, ...options } = this.options
    let end = () => {}
    const onAbort = () => end()
    signal.addEventListener('abort', onAbort)
    const { cases, problems } = await takeTurn(property, {
      ...options,
      ...what,
      targeted: this.#targetedFor(property, what.seed),
      milliseconds: timeOfTurn,
      onBegin: (ending) => {
        end = ending
      },
    }).finally(() => signal.removeEventListener('abort', onAbort))
    for (const [i, ofOne] of problems.entries()) {
      for (const problem of ofOne) this.#find(problem, i)
    }
    const seconds = this.#before + (performance.now() - this.#started) / 1000
    this.state = { ...this.state, cases: this.state.cases + cases, seconds }
    options.onState(this.state)
  }

  /** What was learned of a property is kept as long as the process lives. */
  #targetedFor(property: Property, seed: number): TargetedCases {
    const before = this.#targeted.get(property)
    const targeted = before ?? new TargetedCases(property, referencesById, seed)
    targeted.plan(seed)
    this.#targeted.set(property, targeted)
    return targeted
  }

  #find({ kind, operation, says, outcome, properties, smallest }: Problem, place: number): void {
    const { implementations, choosing, onFound } = this.options
    const { name, version, device } = implementations[place]!
    const implementation = `${name} ${version} ${onDevice(device)}`
    const { capsule } = smallest
    const found: HuntProblem = {
      key: [implementation, operation ?? properties[0], kind, causeIn(says)].join('|'),
      ...{ implementation, outcome, operation, says, properties },
      turns: 1,
      capsule: capsule === null ? null : fileOf(capsule),
      option: choosing[place]!,
    }
    const isNew = !this.state.problems.some(({ key }) => key === found.key)
    onFound(found, capsule, isNew)
    this.state = { ...this.state, problems: together([...this.state.problems, found]) }
  }
}
