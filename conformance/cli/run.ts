import { join } from 'node:path'
import { clauses } from '../../spec/index.ts'
import type { Clause } from '../../spec/language/clause.ts'
import { lookUpCommit } from '../base/runtime.ts'
import { terminalOn } from '../base/terminal.ts'
import { onDevice, oneLine, plural } from '../base/text.ts'
import { keepOn, type Shelf } from '../base/worked-out.ts'
import { loadEveryProperty, loadPropertiesOf } from '../properties/loaded.ts'
import { foldersOf } from '../report/write.ts'
import { keptCases } from '../suite/kept-folders.ts'
import type { Report } from '../suite/model.ts'
import { gather, type RunManyOptions, reportsOf } from '../suite/run.ts'
import { selectClauses } from '../suite/select.ts'
import { loadEnd, withFirstAid } from './aid.ts'
import { readText } from './files.ts'
import { finish, pageMaker, prepareOutput } from './finish.ts'
import { type Chosen, chosen } from './implementation.ts'
import { jobsWorthwhile } from './jobs/count.ts'
import { type Divided, gatherInJobs } from './jobs/run.ts'
import { addKills, type Kills, openKills } from './kills.ts'
import type { Options } from './options.ts'
import { progressOn } from './progress.ts'
import { leaveShard, prepareShard } from './shard.ts'

/** What a run that is one of several in the same process shares with the others. */
export interface Session {
  /** Aborted when the run is to end with a report of what was done. */
  readonly signal: AbortSignal
  /** What became of faults in earlier runs, and becomes of them in this one. */
  readonly kills: Kills
  /** What earlier runs worked out of the seed. */
  readonly shelf: Shelf
}

/** `touchstone run`: checks clauses on implementations, shows how it went and leaves a report. */
export async function runCommand(options: Options, session?: Session): Promise<void> {
  // Who asks for what is cached works on a kernel, and waits.
  const output = options.cached ? { ...options, pages: false } : options
  const selected = selectClauses(clauses, options.clause)
  // Shards may be divided by an earlier run, of whichever clauses.
  if (options.shard !== undefined) await loadEveryProperty()
  else await loadPropertiesOf(selected.map(({ id }) => id))
  const known = options.known === undefined ? null : await knownIn(options.known)
  const shard = prepareShard(selected, options)
  if (shard === null) prepareOutput(options)
  const stored = options.cached ? openKills(options.seed) : null
  keepOn(session?.shelf ?? stored?.shelf ?? null)
  const kills: Kills = session?.kills ?? stored?.kills ?? new Map()
  const before = kills.size
  const [entrants] = await Promise.all([
    chosen(options),
    loadEnd(),
    pageMaker(output),
    lookUpCommit(),
  ])
  const signal = session?.signal ?? interruption()
  introduce(entrants, shard?.share ?? selected, options, before > 0)

  const { kept, problems } = keptCases(
    foldersOf(options.report).map((folder) => join(folder, 'capsules')),
  )
  for (const problem of problems) process.stderr.write(`not tried: ${problem}\n`)
  const progress = progressOn(process.stderr)
  const asked = {
    clauses: selected,
    ...shard,
    implementations: entrants.map(({ implementation }) => implementation),
    runs: options.runs,
    seed: options.seed,
    seconds: options.time ?? null,
    require: options.require,
    kept,
    ...(options.caseTimeout === undefined ? {} : { caseTimeout: options.caseTimeout * 1000 }),
    signal,
    kills: new Map(kills),
    ...(options.failFast && { endsAt: known === null ? () => true : known.isUnknownTo(entrants) }),
    onProgress: progress.show,
  }
  const jobs = options.jobs ?? jobsWorthwhile({ ...asked, clauses: shard?.share ?? selected })
  const run = jobs === 1 ? gatherHere(asked) : gatherInJobs({ ...asked, jobs, choice: options })
  const found = await run.finally(progress.end)
  addKills(kills, found)
  if (kills.size > before) stored?.save()
  if (shard !== null) return leaveShard(found, asked, entrants, shard)

  progress.say('looking for what explains failures')
  const reports = await reportsOf(found, asked)
  const judged = known === null ? reports : reports.map(known.noted)
  // What ended other processes would end this one, too.
  const aided = found.crashes > 0 ? judged : await withFirstAid(judged, entrants, signal)
  await finish(aided, entrants, output, progress)
}

/** Says what is going to be checked. */
function introduce(
  entrants: readonly Chosen[],
  checked: readonly Clause[],
  { runs, seed, json }: Options,
  /** Whether some faults were noticed before. */
  knowsFaults: boolean,
): void {
  const terminal = terminalOn(json ? process.stderr : process.stdout)
  for (const { implementation } of entrants) {
    const { name, version, device } = implementation
    terminal.write(
      `${terminal.style('bold', oneLine(`${name} ${version}`))} ${oneLine(onDevice(device))}\n`,
    )
  }
  terminal.write(
    `${plural(checked.length, 'clause')}, ${plural(runs, 'case')} a property, seed ${seed}\n`,
  )
  if (knowsFaults) {
    terminal.write('faults that the same code noticed with the same seed are not tried again\n')
  }
  terminal.write('\n')
}

async function gatherHere(asked: RunManyOptions): Promise<Divided> {
  return { ...(await gather(asked)), crashes: 0 }
}

/** Aborted when the run is to end with a report of what was done; a second signal ends it at once. */
export function interruption(): AbortSignal {
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
  return stop.signal
}

/** The known failures in a file, whose versions are compared by what only such a run loads. */
async function knownIn(file: string) {
  const { isKnown, readKnown, withKnown } = await import('../suite/known.ts')
  const known = readKnown(readText(file), file)
  return {
    noted: (report: Report) => withKnown(report, known),
    /** Whether a failure of a property is none that is known of every implementation. */
    isUnknownTo: (entrants: readonly Chosen[]) => (property: string) =>
      entrants.some(({ implementation }) => !isKnown(known, implementation, property)),
  }
}
