import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { clauses } from '../../spec/index.ts'
import { UsageError } from '../base/errors.ts'
import { exitCodes } from '../base/exit-codes.ts'
import { messageOf } from '../base/message.ts'
import { terminalOn } from '../base/terminal.ts'
import { plural, visible } from '../base/text.ts'
import { describe } from '../report/terminal.ts'
import { describeMatrix } from '../report/terminal-matrix.ts'
import { folderOf, foldersOf, prepare, writeAll } from '../report/write.ts'
import { fileOf, keptCases, withReplays } from '../suite/capsules.ts'
import { serialized } from '../suite/digest.ts'
import { isKnown, type KnownFailures, readKnown, withKnown } from '../suite/known.ts'
import type { Matrix, Report, Requirement } from '../suite/model.ts'
import { type RunManyOptions, runMany } from '../suite/run.ts'
import { selectClauses } from '../suite/select.ts'
import { passes } from '../suite/verdict.ts'
import { withFirstAid } from './aid.ts'
import { readText } from './files.ts'
import type { FormOptions } from './form-options.ts'
import { type Choice, type Chosen, chosen, quoted } from './implementation.ts'
import { jobsWorthwhile } from './jobs/count.ts'
import { type Divided, runInJobs } from './jobs/run.ts'
import { prepareForms, writeForms } from './other-forms.ts'
import { progressOn } from './progress.ts'
import { withSources } from './sources.ts'

export interface Options extends Choice, FormOptions {
  readonly clause: readonly string[]
  readonly runs: number
  readonly seed: number
  readonly time?: number
  readonly failFast?: boolean
  readonly jobs?: number
  readonly require: Requirement
  readonly report: string
  readonly known?: string
  readonly json?: boolean
}

/** `touchstone run`: checks clauses on implementations, shows how it went and leaves a report. */
export async function runCommand(options: Options): Promise<void> {
  const selected = selectClauses(clauses, options.clause)
  const known =
    options.known === undefined ? null : readKnown(readText(options.known), options.known)
  writable(options.report)
  prepareForms(options)
  const entrants = await chosen(options)
  const signal = interruption()

  const terminal = terminalOn(options.json ? process.stderr : process.stdout)
  for (const { implementation } of entrants) {
    const { name, version, device } = implementation
    terminal.write(
      `${terminal.style('bold', visible(`${name} ${version}`))} on ${visible(device)}\n`,
    )
  }
  terminal.write(
    `${plural(selected.length, 'clause')}, ${plural(options.runs, 'case')} a property, seed ${options.seed}\n\n`,
  )

  const { kept, problems } = keptCases(
    foldersOf(options.report).map((folder) => join(folder, 'capsules')),
  )
  for (const problem of problems) process.stderr.write(`not tried: ${problem}\n`)
  const progress = progressOn(process.stderr)
  const asked = {
    clauses: selected,
    implementations: entrants.map(({ implementation }) => implementation),
    runs: options.runs,
    seed: options.seed,
    seconds: options.time ?? null,
    require: options.require,
    kept,
    ...(options.caseTimeout === undefined ? {} : { caseTimeout: options.caseTimeout * 1000 }),
    signal,
    ...(options.failFast && { endsAt: known === null ? () => true : unknownTo(known, entrants) }),
    onProgress: progress.show,
  }
  const jobs = options.jobs ?? jobsWorthwhile(asked)
  const run = jobs === 1 ? inOneProcess(asked) : runInJobs({ ...asked, jobs, choice: options })
  const { reports, crashes } = await run.finally(progress.end)

  const several = reports.length > 1
  const judged = known === null ? reports : reports.map((report) => withKnown(report, known))
  // What ended other processes would end this one, too.
  const aided = crashes > 0 ? judged : await withFirstAid(judged, entrants, signal)
  const finished = aided.map((report, position) => {
    const folder = several ? join(options.report, folderOf(reports, position)) : options.report
    const entrant = entrants[position]!
    return withReplays(withSources(report, entrant), (capsule) => {
      const path = join(nearby(folder), 'capsules', fileOf(capsule))
      return `npx touchstone replay ${quoted(path)}${entrant.option}`
    })
  })
  const saved = save(finished, options.report)
  const text = several ? describeMatrix(finished, terminal) : describe(finished[0]!, terminal)
  terminal.write(`${text}\n\n`)
  terminal.write(`${join(saved, 'index.html')}, ${join(saved, 'report.json')}\n`)
  const isWritten = writeForms(finished, options, options.json ? process.stderr : process.stdout)
  if (options.json) terminalOn(process.stdout).write(serialized(asOne(finished)))
  process.exitCode = isWritten ? exitCodeOf(finished) : exitCodes.usage
}

async function inOneProcess(asked: RunManyOptions): Promise<Divided> {
  return { reports: await runMany(asked), crashes: 0 }
}

/** Aborted when the run is to end with a report of what was done; a second signal ends it at once. */
function interruption(): AbortSignal {
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
  return stop.signal
}

/** Whether a failure of a property is none that is known of every implementation. */
function unknownTo(known: KnownFailures, entrants: readonly Chosen[]) {
  return (property: string) =>
    entrants.some(({ implementation }) => !isKnown(known, implementation, property))
}

/** A folder as one types it from here: relative where it lies below. */
function nearby(folder: string): string {
  const path = relative('', folder) || '.'
  return path.startsWith('..') ? resolve(folder) : path
}

/** One report as it is, several as a matrix: what `report.json` holds. */
export function asOne(reports: readonly Report[]): Report | Matrix {
  return reports.length === 1 ? reports[0]! : { format: 'touchstone-matrix/1', reports }
}

function exitCodeOf(reports: readonly Report[]): number {
  if (reports.some(({ environment }) => environment.mismatch !== null)) return exitCodes.unrunnable
  return reports.every(passes) ? exitCodes.conforms : exitCodes.fails
}

function writable(folder: string): void {
  try {
    prepare(folder)
  } catch (error) {
    throw new UsageError(`the report cannot be written to ${folder}`, [
      messageOf(error),
      'choose another folder with --report',
    ])
  }
}

/** Writes the reports, elsewhere if their folder went away meanwhile: the work is not lost. */
function save(reports: readonly Report[], folder: string): string {
  try {
    writeAll(reports, folder)
    return folder
  } catch (error) {
    const refuge = join(tmpdir(), `touchstone-report-${process.pid}`)
    writeAll(reports, refuge)
    process.stderr.write(`${folder} could not be written (${String(error)}); see ${refuge}\n`)
    return refuge
  }
}
