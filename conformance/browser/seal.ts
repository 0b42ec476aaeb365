/// <reference lib="dom" />
import { digested } from '../suite/digested.ts'
import type { Report } from '../suite/model.ts'

/**
 * The same report with the digest that Node would give it. Browsers work one out on pages only that came safely,
 * from disk or by HTTPS; elsewhere a report has none.
 */
export async function sealed(report: Report): Promise<Report> {
  const { subtle } = crypto as { readonly subtle?: SubtleCrypto }
  if (subtle === undefined) return report
  const bytes = await subtle.digest('SHA-256', new TextEncoder().encode(digested(report)))
  const digits = [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0'))
  return { ...report, digest: `sha256:${digits.join('')}` }
}
