import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { UsageError } from '../base/errors.ts'
import { exitCodes } from '../base/exit-codes.ts'
import { messageOf } from '../base/message.ts'
import { terminalOn } from '../base/terminal.ts'
import { describe } from '../report/terminal.ts'
import { describeMatrix } from '../report/terminal-matrix.ts'
import { folderOf, type PageMaker, prepare, writeAll } from '../report/write.ts'
import { fileOf, withReplays } from '../suite/capsules.ts'
import { serialized } from '../suite/digest.ts'
import type { Matrix, Report } from '../suite/model.ts'
import { passes } from '../suite/verdict.ts'
import type { FormOptions } from './form-options.ts'
import { type Chosen, quoted } from './implementation.ts'
import { prepareForms, writeForms } from './other-forms.ts'
import type { Progress } from './progress.ts'
import { withSources } from './sources.ts'

/** Where the reports of a run go, and in which forms. */
export interface Output extends FormOptions {
  readonly report: string
  readonly json?: boolean
  /** Whether pages are written; they are, unless told otherwise. */
  readonly pages?: boolean
}

/** By what an implementation is found again. */
type Found = Pick<Chosen, 'option' | 'specifier'>

/**
 * Makes sure that reports can be written, before the work of a run is spent on them.
 *
 * @throws {UsageError} they cannot
 */
export function prepareOutput(output: Output): void {
  writable(output.report)
  prepareForms(output)
}

/** What makes the pages, where they are wanted. A run loads it while its work goes on. */
export async function pageMaker({ pages }: Pick<Output, 'pages'>): Promise<PageMaker | null> {
  return pages === false ? null : import('../report/site.tsx')
}

/** Shows the reports, writes them in all forms that are asked for, and says by the exit code whether they pass. */
export async function finish(
  reports: readonly Report[],
  /** By what the implementation of each is found again. */
  found: readonly Found[],
  output: Output,
  /** What tells that somebody waits while they are written. */
  progress: Pick<Progress, 'say' | 'end'> | null = null,
): Promise<void> {
  const terminal = terminalOn(output.json ? process.stderr : process.stdout)
  const several = reports.length > 1
  const finished = reports.map((report, position) => {
    const folder = several ? join(output.report, folderOf(reports, position)) : output.report
    const entrant = found[position]!
    return withReplays(withSources(report, entrant), (capsule) => {
      const path = join(nearby(folder), 'capsules', fileOf(capsule))
      return `npx touchstone replay ${quoted(path)}${entrant.option}`
    })
  })
  progress?.end()
  const text = several ? describeMatrix(finished, terminal) : describe(finished[0]!, terminal)
  terminal.write(`${text}\n\n`)
  progress?.say('writing the report')
  const saved = save(finished, output.report, await pageMaker(output))
  progress?.end()
  if (saved !== null) {
    const written = output.pages === false ? ['report.json'] : ['index.html', 'report.json']
    terminal.write(`${written.map((file) => join(saved, file)).join(', ')}\n`)
  }
  const isWritten = writeForms(finished, output, output.json ? process.stderr : process.stdout)
  if (output.json) terminalOn(process.stdout).write(serialized(asOne(finished)))
  process.exitCode = isWritten && saved !== null ? exitCodeOf(finished) : exitCodes.usage
}

/** A folder as one types it from here: relative where it lies below. */
function nearby(folder: string): string {
  const path = relative('', folder) || '.'
  return path.startsWith('..') ? resolve(folder) : path
}

/** One report as it is, several as a matrix: what `report.json` holds. */
function asOne(reports: readonly Report[]): Report | Matrix {
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

/** Writes the reports, elsewhere if their folder went away meanwhile, so that the work is not lost; `null` if nowhere. */
function save(reports: readonly Report[], folder: string, pages: PageMaker | null): string | null {
  const refuge = join(tmpdir(), `touchstone-report-${process.pid}`)
  for (const place of [folder, refuge]) {
    try {
      writeAll(reports, place, pages)
      return place
    } catch (error) {
      const instead = place === folder ? `; ${refuge} is tried instead` : ''
      process.stderr.write(
        `the report could not be written to ${place}: ${messageOf(error)}${instead}\n`,
      )
    }
  }
  return null
}
