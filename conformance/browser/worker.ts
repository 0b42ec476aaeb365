/// <reference lib="dom" />
import { clauses as everyClause } from '../../spec/index.ts'
import type { Clause } from '../../spec/language/clause.ts'
import { TouchstoneError } from '../base/errors.ts'
import { messageOf } from '../base/message.ts'
import type { Implementation } from '../engine/implementation.ts'
import { type ProgressEvent, propertiesOf } from '../suite/clauses.ts'
import { unitsOf } from '../suite/divide.ts'
import { environmentOf } from '../suite/environment.ts'
import { Gathering } from '../suite/gathering.ts'
import { keptIn, readOwnCapsules } from '../suite/kept.ts'
import { merge } from '../suite/merge.ts'
import { type Part, runPart } from '../suite/part.ts'
import { Progress } from '../suite/progress.ts'
import { noStanding } from '../suite/schedule.ts'
import { selectClauses } from '../suite/select.ts'
import { evidenceFrom, sentEvidence } from '../suite/sent-evidence.ts'
import type { FromWorker, KeptPart, ToWorker } from './messages.ts'
import { open } from './open.ts'
import { Pause } from './pause.ts'
import { sealed } from './seal.ts'

type Run = Extract<ToWorker, { readonly kind: 'run' }>

/** The work of a page, beside it, so that the page stays at hand. */
export function work(): void {
  const pause = new Pause()
  const stop = new AbortController()
  const act = (message: ToWorker): unknown => {
    switch (message.kind) {
      case 'run':
        return run(message, pause, stop.signal).catch(tellFailure)
      case 'pause':
        return pause.begin()
      case 'go on':
        return pause.end()
      case 'stop':
        stop.abort('the run was stopped')
        return pause.end()
    }
  }
  globalThis.onmessage = ({ data }: MessageEvent<ToWorker>) => void act(data)
}

function tell(message: FromWorker): void {
  postMessage(message)
}

function tellFailure(error: unknown): void {
  const hint = error instanceof TouchstoneError ? error.hint : ''
  tell({ kind: 'failed', message: messageOf(error), hint })
}

async function run(
  { settings, module, done, killing = true }: Run,
  pause: Pause,
  signal: AbortSignal,
) {
  const clauses = selectClauses(everyClause, [settings.clauses])
  const implementation = await open(settings, module)
  const { name, version, device, versions = {} } = implementation
  const restored = Object.values(done).reduce((sum, part) => sum + part.clauses.length, 0)
  tell({ kind: 'opened', name, version, device, versions, restored })
  const { runs, seed, seconds } = settings
  const environment = environmentOf(implementation, { runs, seed, clauses })
  const started = performance.now()
  const parts = await partsOf(clauses, pause.holding(implementation), {
    ...{ runs, seed, signal, done, killing },
    deadline: seconds === null ? null : performance.now() + 1000 * seconds,
  })
  const took = (performance.now() - started) / 1000
  const report = await merge(parts, { clauses, implementation, environment, seconds: took })
  tell({ kind: 'report', report: await sealed(report) })
}

interface PartOptions {
  readonly runs: number
  readonly seed: number
  readonly signal: AbortSignal
  readonly deadline: number | null
  readonly done: Readonly<Record<string, KeptPart>>
  readonly killing: boolean
}

/**
 * The parts of a run. Clauses that belong together are brought to their end before others are begun, so that
 * there are verdicts soon, and each part can be kept; in a limited time all have a few cases first.
 */
async function partsOf(
  clauses: readonly Clause[],
  implementation: Implementation,
  { runs, seed, signal, deadline, done, killing }: PartOptions,
): Promise<readonly Part[]> {
  const units = deadline === null ? soonestFirst(clauses, runs) : [clauses]
  const onProgress = (event: ProgressEvent) => tell({ kind: 'progress', event })
  const progress = new Progress(units, runs, 1, deadline, onProgress)
  const among = clauses.flatMap(({ id }) => propertiesOf(id))
  const { kept } = keptIn(readOwnCapsules())
  const gathering = new Gathering()
  for (const [i, unit] of units.entries()) {
    const toCome = units.slice(i + 1).flat()
    const key = unit[0]!.id
    const before = done[key]
    if (before !== undefined) {
      gathering.take({ ...before, evidence: evidenceFrom(before.evidence) }, toCome)
      for (const report of before.clauses) {
        const { id: clause, verdict } = report
        progress.take(unit, {
          clause,
          verdict,
          finished: [report],
          done: 0,
          total: 0,
          ...noStanding,
        })
      }
      continue
    }
    const [part] = await runPart({
      clauses: unit,
      implementations: [implementation],
      ...{ runs, seed, deadline, kept, signal, among, killing },
      onProgress: (event) => progress.take(unit, event),
    })
    gathering.take(part!, toCome)
    if (signal.aborted || deadline !== null) continue
    const { evidence, ...found } = part!
    const sent = { ...found, evidence: sentEvidence(evidence, evidence.operations) }
    tell({ kind: 'part', unit: key, part: sent })
  }
  return gathering.parts
}

/** What takes least before everything else, in the order of the specification. */
function soonestFirst(clauses: readonly Clause[], runs: number): readonly (readonly Clause[])[] {
  const units = unitsOf(clauses, runs)
  const soonest = units.at(-1)
  const place = (unit: readonly Clause[]) =>
    unit === soonest ? -1 : Math.min(...unit.map((clause) => clauses.indexOf(clause)))
  return units.toSorted((a, b) => place(a) - place(b))
}
