import { citations } from '../cite/citations.ts'
import type { Report } from '../suite/model.ts'
import type { Gathered } from '../suite/run.ts'
import type { Chosen } from './implementation.ts'

const loaded = () => import('../smoke/first-aid.ts')

/**
 * Loads what the end of a run takes while its work goes on: what it was built into may be gone by then.
 */
export async function loadEnd(): Promise<void> {
  citations()
  await loaded()
}

/** The same reports with what explains operations that are wrong at once, unless the run is to end. */
export async function withFirstAid(
  reports: readonly Report[],
  entrants: readonly Chosen[],
  signal: AbortSignal,
): Promise<readonly Report[]> {
  const { firstAid } = await loaded()
  const aided: Report[] = []
  for (const [position, report] of reports.entries()) {
    const { implementation } = entrants[position]!
    if (reports.length > 1) await implementation.use?.()
    const found = signal.aborted ? [] : await firstAid(report, implementation)
    aided.push(found.length === 0 ? report : { ...report, firstAid: found })
  }
  return aided
}

/**
 * What explains operations that are wrong nearly everywhere, by implementation: of all that may turn out to be so
 * in the whole of a run, of which this is a part.
 */
export async function explanationsFor(
  { parts }: Pick<Gathered, 'parts'>,
  entrants: readonly Chosen[],
  /** Whether anything may still be asked. */
  asks: boolean,
): Promise<readonly Readonly<Record<string, string | null>>[]> {
  if (!asks) return entrants.map(() => ({}))
  const { explanationOf, patientsIn } = await loaded()
  const all: Record<string, string | null>[] = []
  for (const [position, { implementation }] of entrants.entries()) {
    if (entrants.length > 1) await implementation.use?.()
    const explained: Record<string, string | null> = {}
    // Where most of a whole fails, most of one of its parts does.
    const clauses = parts[position]!.flatMap((part) => part.clauses)
    for (const { operation } of patientsIn({ clauses, known: null })) {
      explained[operation] = await explanationOf(operation, implementation)
    }
    all.push(explained)
  }
  return all
}
