import { writeAsIs } from '../base/terminal.ts'
import { annotationsOf } from '../report/annotations.ts'
import { badgeOf } from '../report/badge.ts'
import { junitOf } from '../report/junit.ts'
import { markdownOf } from '../report/markdown.ts'
import { sarifOf } from '../report/sarif.ts'
import type { Report } from '../suite/model.ts'
import { prepareFile, writeFile } from './files.ts'
import type { FormOptions } from './form-options.ts'

/** What becomes a file, by the option that names it. */
const forms = {
  junit: junitOf,
  markdown: markdownOf,
  sarif: (reports: readonly Report[]) => `${JSON.stringify(sarifOf(reports), null, 2)}\n`,
  badge: (reports: readonly Report[]) => `${JSON.stringify(badgeOf(reports))}\n`,
}
const names = Object.keys(forms) as (keyof typeof forms)[]

/**
 * Makes sure that every file that is asked for can be written.
 *
 * @throws {UsageError} one cannot
 */
export function prepareForms(options: FormOptions): void {
  for (const name of names) if (options[name] !== undefined) prepareFile(options[name])
}

/**
 * Writes the report in the forms that are asked for, and prints annotations on a stream; whether all of it
 * could be written.
 */
export function writeForms(
  reports: readonly Report[],
  options: FormOptions,
  stream: NodeJS.WriteStream,
): boolean {
  if (options.annotations) writeAsIs(stream, annotationsOf(reports))
  const written = names.map((name) => {
    const file = options[name]
    return file === undefined || writeFile(file, forms[name](reports))
  })
  return written.every(Boolean)
}
