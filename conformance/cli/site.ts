import { statSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '../base/errors.ts'
import { messageOf } from '../base/message.ts'
import { terminalOn } from '../base/terminal.ts'
import { plural } from '../base/text.ts'
import { loadEveryProperty } from '../properties/loaded.ts'
import { prepare, writeAll } from '../report/write.ts'
import type { Report } from '../suite/model.ts'
import { readReportFile } from './files.ts'
import type { FormOptions } from './form-options.ts'
import { prepareForms, writeForms } from './other-forms.ts'

export interface SiteOptions extends FormOptions {
  readonly report: string
}

/**
 * `touchstone site`: one site of many runs, of any machines, devices and versions. A report that is not whole is
 * refused, and one that was given before is left out.
 *
 * @throws {UsageError} a file is no whole report, or nothing can be written
 */
export async function siteCommand(files: readonly string[], options: SiteOptions): Promise<void> {
  await loadEveryProperty()
  const reports = new Map<string, Report>()
  for (const file of files) {
    for (const report of wholeReports(file)) reports.set(report.digest!, report)
  }
  try {
    prepare(options.report)
  } catch (error) {
    throw new UsageError(`the site cannot be written to ${options.report}`, [messageOf(error)])
  }
  prepareForms(options)
  const terminal = terminalOn(process.stdout)
  const all = [...reports.values()]
  terminal.write(`writing the pages of ${plural(all.length, 'run')}\n`)
  writeAll(all, options.report, await import('../report/site.tsx'))
  terminal.write(`${join(options.report, 'index.html')}, ${join(options.report, 'report.json')}\n`)
  writeForms(all, options, process.stdout)
}

function wholeReports(path: string): readonly Report[] {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
  const file = isFolder ? join(path, 'report.json') : path
  const reports = readReportFile(file)
  if (reports.every(({ digest }) => digest !== undefined)) return reports
  throw new UsageError(`${file} may not be whole`, [
    'it has no digest: it is from before reports had one, or was edited; run it again',
  ])
}
