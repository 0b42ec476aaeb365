import { createHash } from 'node:crypto'
import { stringify } from '../base/json.ts'
import { digested } from './digested.ts'
import type { Matrix, Report } from './model.ts'

/**
 * What a report or a matrix comes to: SHA-256 of its canonical JSON without its own digest. It tells that a file
 * was cut short or changed after it was written. It is no signature: who means to forge a report can work out
 * another digest, so that it guards against accidents and careless edits alone.
 */
export function digestOf(content: Report | Matrix): string {
  return `sha256:${createHash('sha256').update(digested(content)).digest('hex')}`
}

/** The same report, or matrix with its reports, with digests: as it is written. */
function sealed<T extends Report | Matrix>(content: T): T {
  const inner =
    'reports' in content ? { ...content, reports: content.reports.map(sealed) } : content
  return { ...inner, digest: digestOf(inner) }
}

/** A report or matrix as `report.json` holds it. */
export function serialized(content: Report | Matrix): string {
  return `${stringify(sealed(content))}\n`
}
