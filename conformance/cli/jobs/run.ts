import { build } from '../../base/touchstone.ts'
import { propertiesOf } from '../../properties/loaded.ts'
import { divided, unitsOf } from '../../suite/divide.ts'
import { environmentOf } from '../../suite/environment.ts'
import { runPart } from '../../suite/part.ts'
import { Progress } from '../../suite/progress.ts'
import type { Gathered, RunManyOptions } from '../../suite/run.ts'
import type { Choice } from '../implementation.ts'
import { aheadOfThis } from './messages.ts'
import { Pool, type Unit } from './pool.ts'

export interface JobsOptions extends RunManyOptions {
  /** How many processes share the work. */
  readonly jobs: number
  /** How each of them opens the same implementations. */
  readonly choice: Choice
  readonly signal: AbortSignal
  /** The operations whose answers are wanted, by id; of those that turn out to be wrong, unless told otherwise. */
  readonly evidenceOf?: readonly string[]
}

/** What came of a run by several processes. */
export interface Divided extends Gathered {
  /** How often one of them ended while it was asking an implementation. */
  readonly crashes: number
}

/**
 * Checks clauses on several implementations in several processes. What is found is what a run in one finds: each
 * property is tried in one process, from its first case to its last, and `merge` does what needs all of them.
 *
 * Work is handed out piece by piece, so that nobody waits for long. Where the run may end early, each process
 * has its whole share from the beginning, and tries a few cases of everything before more of any.
 */
export async function gatherInJobs(options: JobsOptions): Promise<Divided> {
  const { clauses, implementations, runs, seed, seconds, signal, endsAt, kept, caseTimeout } =
    options
  const { share = clauses, evidenceOf } = options
  const environments = implementations.map((implementation) =>
    environmentOf(implementation, options),
  )
  const started = performance.now()
  const deadline = seconds === null ? null : performance.now() + seconds * 1000
  const properties = clauses.flatMap(({ id }) => propertiesOf(id))
  const pieces = unitsOf(share, runs)
  const isWhole = seconds === null && endsAt === undefined
  const divisions = isWhole ? pieces : divided(pieces, options.jobs, runs)
  const units = divisions.map((piece): Unit => ({ clauses: piece, barred: {} }))
  const pool = new Pool(units, {
    jobs: options.jobs,
    implementations,
    signal,
    ...(evidenceOf && { evidenceOf }),
    progress: new Progress(divisions, runs, implementations.length, deadline, options.onProgress),
    opening: {
      kind: 'open',
      build,
      choice: choiceOf(options),
      clauses: clauses.map(({ id }) => id),
      ...{ runs, seed },
      deadline: deadline === null ? null : deadline + aheadOfThis,
      kept: Object.fromEntries(properties.flatMap(({ id }) => (kept[id] ? [[id, kept[id]]] : []))),
      ...(caseTimeout !== undefined && { caseTimeout }),
      kills: properties.flatMap(({ id }) => {
        const known = options.kills?.get(id)
        return known === undefined ? [] : [[id, known] as const]
      }),
      endsAt: properties.flatMap(({ id }) => (endsAt?.(id) ? [id] : [])),
    },
  })
  const { parts, left, crashes, problem, over } = await pool.run()
  if (problem !== null) {
    process.stderr.write(`a process could not share the work: ${problem}\n`)
  }
  const rest = await theRest(left, options, deadline, over)
  const took = (performance.now() - started) / 1000
  const all = implementations.map((_, i) => [...parts[i]!, ...rest[i]!])
  return { environments, parts: all, seconds: took, crashes }
}

/** How a job opens what is open here: a device by its name where it was to be found first. */
function choiceOf({ choice, implementations }: JobsOptions): Choice {
  const { implementation, precision, caseTimeout, sandbox } = choice
  const isByDefault = choice.device.length + implementation.length === 0
  const devices = [...new Set(isByDefault ? ['auto'] : choice.device)]
  const found = devices.map((name, i) =>
    name === 'auto' ? (implementations[i]!.deviceName ?? name) : name,
  )
  // Which are the same is opened twice only where one of them is to be found.
  const device = new Set(found).size === found.length ? found : devices
  const limits = { ...(caseTimeout !== undefined && { caseTimeout }), ...(sandbox && { sandbox }) }
  return { implementation, device, precision, ...limits }
}

/** What no job took is told to be over where the run is, and is else checked here. */
async function theRest(
  left: readonly Unit[],
  options: JobsOptions,
  deadline: number | null,
  over: string | null,
) {
  const { implementations, clauses, signal } = options
  if (left.length === 0) return implementations.map(() => [])
  const parts = await runPart({
    ...options,
    clauses: left.flatMap((unit) => unit.clauses),
    barred: Object.assign({}, ...left.map(({ barred }) => barred)),
    among: clauses.flatMap(({ id }) => propertiesOf(id)),
    deadline,
    signal: over === null ? signal : AbortSignal.abort(over),
  })
  return parts.map((part) => [part])
}
