import { messageOf } from '../base/message.ts'
import { digestOf } from './digest.ts'
import type { Matrix, Report } from './model.ts'
import { problemWith } from './schema.ts'

/**
 * Reads `report.json` of one implementation or of several.
 *
 * @throws {Error} it is neither, or not as it was written: cut short, or changed since
 */
export function readReports(text: string): readonly Report[] {
  const content = parsed(text)
  const isMatrix = content?.format === 'touchstone-matrix/1'
  const problem = problemWith(isMatrix ? 'matrix' : 'report', content)
  if (problem !== null || content === null) throw new Error(problem ?? 'it is empty')
  const reports = content.format === 'touchstone-matrix/1' ? content.reports : [content]
  for (const part of new Set([content, ...reports])) assertWhole(part)
  return reports
}

function parsed(text: string): Report | Matrix | null {
  try {
    return JSON.parse(text) as Report | Matrix | null
  } catch (error) {
    const start = text.trimStart()
    if (start.startsWith('{') && !text.trimEnd().endsWith('}')) {
      throw new Error(`it is cut short, after ${Buffer.byteLength(text)} bytes`)
    }
    throw new Error(start === '' ? 'it is empty' : messageOf(error))
  }
}

/** A report of before there were digests has none. */
function assertWhole(content: Report | Matrix): void {
  if (content.digest === undefined || content.digest === digestOf(content)) return
  throw new Error('its digest is not that of what it holds: it was changed after it was written')
}
