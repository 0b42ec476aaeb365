import { join } from 'node:path'
import type { Clause } from '../../spec/language/clause.ts'
import { UsageError } from '../base/errors.ts'
import { exitCodes } from '../base/exit-codes.ts'
import { messageOf } from '../base/message.ts'
import { terminalOn } from '../base/terminal.ts'
import { plural } from '../base/text.ts'
import { propertiesOf } from '../properties/loaded.ts'
import { asMeasured } from '../suite/divide.ts'
import { readReports } from '../suite/read.ts'
import type { RunManyOptions } from '../suite/run.ts'
import { divide } from '../suite/shards/divide.ts'
import { shardFile, writeShard } from '../suite/shards/file.ts'
import { makeShard } from '../suite/shards/make.ts'
import type { Shown } from '../suite/shards/shard.ts'
import { explanationsFor } from './aid.ts'
import { prepareFile, readText } from './files.ts'
import type { Chosen } from './implementation.ts'
import type { Divided } from './jobs/run.ts'
import type { Options } from './options.ts'
import type { Place } from './values.ts'

/** What is checked of a run here, and where what is found goes. */
export interface ChosenShard extends Place {
  readonly file: string
  /** The clauses of this shard. */
  readonly share: readonly Clause[]
  /** The operations that they ask for, by id: answers to any of them may be needed to name a mistake. */
  readonly evidenceOf: readonly string[]
  /** A digest of how the clauses are divided. */
  readonly division: string
}

/**
 * The shard that the options ask for; `null` for a whole run.
 *
 * @throws {UsageError} an option makes no sense for a shard, or its file cannot be written
 */
export function prepareShard(clauses: readonly Clause[], options: Options): ChosenShard | null {
  const { shard, measured, report, runs } = options
  if (shard === undefined) {
    if (measured === undefined) return null
    throw new UsageError('--measured is by what --shard divides a run', ['give it a --shard 1/2'])
  }
  for (const option of [
    'known',
    'junit',
    'markdown',
    'sarif',
    'badge',
    'annotations',
    'json',
  ] as const) {
    if (options[option] === undefined) continue
    throw new UsageError(`a shard is no report: --${option} is for touchstone merge`)
  }
  if (options.failFast) {
    throw new UsageError('--fail-fast would end one shard and not the others')
  }
  const file = join(report, shardFile(shard))
  prepareFile(file)
  const weigh = measured === undefined ? undefined : asMeasured(reportsIn(measured), runs)
  const { shares, division } = divide(clauses, { count: shard.count, runs, weigh })
  const share = shares[shard.index - 1]!
  const asked = share.flatMap(({ id }) => propertiesOf(id)).flatMap(({ operations }) => operations)
  const evidenceOf = [...new Set(asked.map(({ id }) => id))]
  return { ...shard, file, share, evidenceOf, division }
}

/** Writes what was found to a file, for `touchstone merge`, and says by the exit code whether anything fails. */
export async function leaveShard(
  found: Divided,
  asked: RunManyOptions,
  entrants: readonly Chosen[],
  chosen: ChosenShard,
): Promise<void> {
  const isOver = asked.signal?.aborted === true
  const explained = await explanationsFor(found, entrants, !isOver && found.crashes === 0)
  const { index, count, file, share } = chosen
  const choosing = entrants.map(({ option, specifier }) => ({ option, specifier }))
  const shard = makeShard(chosen, found, asked, { found: choosing, explained })
  writeShard(shard, file)
  const fails = countFailing(shard.shown)
  const standing = isOver ? 'interrupted' : `${plural(fails, 'property', 'properties')} no pass`
  terminalOn(process.stdout).write(
    `shard ${index} of ${count}: ${plural(share.length, 'clause')} in ${found.seconds.toFixed(1)} s, ${standing}\n${file}; touchstone merge makes one report of all\n`,
  )
  process.exitCode = isOver ? exitCodes.interrupted : exitCodeOf(shard.shown, fails)
}

function exitCodeOf(shown: readonly Shown[], fails: number): number {
  const isMismatch = shown.some(({ parts }) => parts.some(({ mismatch }) => mismatch !== null))
  if (isMismatch) return exitCodes.unrunnable
  return fails > 0 ? exitCodes.fails : exitCodes.conforms
}

function countFailing(shown: readonly Shown[]): number {
  const properties = shown.flatMap(({ parts }) =>
    parts.flatMap(({ clauses }) => clauses.flatMap((clause) => clause.properties)),
  )
  const isNoFailure = ['conforms', 'declined', 'unsupported']
  return properties.filter(({ verdict }) => !isNoFailure.includes(verdict.outcome)).length
}

function reportsIn(file: string) {
  try {
    return readReports(readText(file))
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${file} is no report`, [messageOf(error)])
  }
}
