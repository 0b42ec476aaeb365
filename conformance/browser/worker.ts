/// <reference lib="dom" />
import { clauses as everyClause } from '../../spec/index.ts'
import { TouchstoneError } from '../base/errors.ts'
import { messageOf } from '../base/message.ts'
import { propertiesOf } from '../properties/loaded.ts'
import { environmentOf } from '../suite/environment.ts'
import { keptIn, readOwnCapsules } from '../suite/kept.ts'
import { merge } from '../suite/merge.ts'
import { selectClauses } from '../suite/select.ts'
import type { Checked } from './checked.ts'
import { checkInFull } from './in-full.ts'
import { checkInTime } from './in-time.ts'
import {
  type FromWorker,
  type KeptRun,
  nothingKept,
  type Restored,
  type ToWorker,
} from './messages.ts'
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
  tell({ kind: 'opened', name, version, device, versions, restored: restoredBy(done) })
  const { runs, seed, seconds: limit } = settings
  const environment = environmentOf(implementation, { runs, seed, clauses })
  const started = performance.now()
  const took = () => done.seconds + (performance.now() - started - pause.took) / 1000
  const checked: Checked = {
    ...{ clauses, runs, seed, signal, pause, killing, done },
    implementations: [pause.holding(implementation)],
    among: clauses.flatMap(({ id }) => propertiesOf(id)),
    kept: keptIn(readOwnCapsules()).kept,
    keep: (more) => tell({ kind: 'kept', kept: { ...nothingKept, ...more, seconds: took() } }),
    onProgress: (event) => tell({ kind: 'progress', event }),
  }
  const parts = await (limit === null ? checkInFull(checked) : checkInTime(limit, checked))
  const report = await merge(parts, { clauses, implementation, environment, seconds: took() })
  tell({ kind: 'report', report: await sealed(report) })
}

/** What need not be done again, in numbers. */
function restoredBy({ seconds, parts, underway }: KeptRun): Restored | null {
  if (seconds === 0) return null
  const clauses = Object.values(parts).reduce((sum, part) => sum + part.clauses.length, 0)
  const examinations = Object.values(underway).flatMap((it) => it.checking?.examinations ?? [])
  const cases = examinations.reduce((sum, { tally }) => sum + tally.cases, 0)
  return { clauses, cases, seconds }
}
