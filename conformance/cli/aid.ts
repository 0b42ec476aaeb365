import type { Report } from '../suite/model.ts'
import type { Chosen } from './implementation.ts'

/** The same reports with what explains operations that are wrong at once, unless the run is to end. */
export async function withFirstAid(
  reports: readonly Report[],
  entrants: readonly Chosen[],
  signal: AbortSignal,
): Promise<readonly Report[]> {
  const { firstAid } = await import('../smoke/first-aid.ts')
  const aided: Report[] = []
  for (const [position, report] of reports.entries()) {
    const { implementation } = entrants[position]!
    if (reports.length > 1) await implementation.use?.()
    const found = signal.aborted ? [] : await firstAid(report, implementation)
    aided.push(found.length === 0 ? report : { ...report, firstAid: found })
  }
  return aided
}
