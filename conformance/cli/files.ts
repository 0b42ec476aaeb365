import { readFileSync, writeFileSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { UsageError } from '../base/errors.ts'
import { messageOf } from '../base/message.ts'
import { tryFile } from '../base/writable.ts'
import type { Report } from '../suite/model.ts'
import { readReports } from '../suite/read.ts'

/**
 * The text of a file that the command line names.
 *
 * @throws {UsageError} it cannot be read
 */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw unreadable(file, error)
  }
}

/** What is to be said of a file that cannot be read: in our words where there is none, or a folder in its place. */
function unreadable(file: string, error: unknown): UsageError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EISDIR') return new UsageError(`${file} is a folder, not a file`)
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    const advice = isAbsolute(file) ? [] : [`it is looked for in ${process.cwd()}`]
    return new UsageError(`there is no file ${file}`, advice)
  }
  return new UsageError(`${file} cannot be read`, [messageOf(error)])
}

/**
 * The reports of a `report.json` that the command line names.
 *
 * @throws {UsageError} it cannot be read, or is no whole report
 */
export function readReportFile(file: string): readonly Report[] {
  const text = readText(file)
  try {
    return readReports(text)
  } catch (error) {
    throw new UsageError(`${file} is no report`, [messageOf(error)])
  }
}

/**
 * Makes sure that a file can be written, before the work of a run is spent on it.
 *
 * @throws {UsageError} it cannot
 */
export function prepareFile(file: string): void {
  try {
    tryFile(file)
  } catch (error) {
    throw new UsageError(`${file} cannot be written`, [messageOf(error)])
  }
}

/** Writes a file; where that fails after all, says so and goes on: the report is saved already. */
export function writeFile(file: string, text: string): boolean {
  try {
    writeFileSync(file, text)
    return true
  } catch (error) {
    process.stderr.write(`${file} could not be written: ${messageOf(error)}\n`)
    return false
  }
}
