import { parsed } from '../base/json.ts'
import { visible } from '../base/text.ts'
import { digestOf } from './digest.ts'
import type { Matrix, Report } from './model.ts'
import { problemWith } from './schema.ts'

/**
 * Reads `report.json` of one implementation or of several.
 *
 * @throws {Error} it is neither, or not as it was written: cut short, or changed since
 */
export function readReports(text: string): readonly Report[] {
  const content = parsed(text) as Report | Matrix | null
  assertKnown(content)
  const isMatrix = content?.format === 'touchstone-matrix/1'
  const problem = problemWith(isMatrix ? 'matrix' : 'report', content)
  if (problem !== null || content === null) throw new Error(problem ?? 'it is empty')
  const reports = content.format === 'touchstone-matrix/1' ? content.reports : [content]
  for (const part of new Set([content, ...reports])) assertWhole(part)
  return reports
}

/** What another version wrote is told from what is no report at all. */
function assertKnown(content: { readonly format?: unknown } | null): void {
  const format = String(content?.format ?? '')
  if (!/^touchstone-(?:report|matrix)\/(?!1$)/.test(format)) return
  throw new Error(
    `it is in the format ${visible(format)}, and this version of Touchstone reads touchstone-report/1 and touchstone-matrix/1`,
  )
}

/** A report of before there were digests has none. */
function assertWhole(content: Report | Matrix): void {
  if (content.digest === undefined || content.digest === digestOf(content)) return
  throw new Error('its digest is not that of what it holds: it was changed after it was written')
}
