import { UsageError } from '../../base/errors.ts'
import { plural } from '../../base/text.ts'
import type { Shard, SharedRun } from './shard.ts'

/** A shard, and the file that it was read from. */
export interface FiledShard {
  readonly file: string
  readonly shard: Shard
}

const called: Readonly<Record<keyof SharedRun, string>> = {
  commit: 'another commit',
  implementations: 'another implementation',
  seed: 'another seed',
  runs: 'another number of cases',
  time: 'another limit of time',
  require: 'another requirement',
  clauses: 'other clauses',
  division: 'another division of the clauses',
  kept: 'other kept cases',
}

/**
 * The shards of one run in order, each of them once.
 *
 * @throws {UsageError} one is missing or there twice, or they are not of the same run
 */
export function wholeOf(given: readonly FiledShard[]): readonly Shard[] {
  const [first, ...others] = given
  if (first === undefined) throw new UsageError('there is no shard to merge')
  for (const other of others) assertSameRun(first, other)
  const { count } = first.shard
  const byIndex = Array.from({ length: count }, (_, i) =>
    given.filter(({ shard }) => shard.index === i + 1),
  )
  for (const twice of byIndex.filter(({ length }) => length > 1)) {
    throw new UsageError(
      `shard ${twice[0]!.shard.index} of ${count} is given twice`,
      twice.map(({ file }) => file),
    )
  }
  const missing = byIndex.flatMap(({ length }, i) => (length === 0 ? [i + 1] : []))
  if (missing.length > 0) {
    throw new UsageError(
      `${plural(missing.length, 'shard')} of ${count} ${missing.length === 1 ? 'is' : 'are'} missing: ${missing.join(', ')}`,
      ['a run of which something is missing is no pass; run what is missing with --shard'],
    )
  }
  return byIndex.map(([only]) => only!.shard)
}

function assertSameRun(first: FiledShard, other: FiledShard): void {
  const [before, after] = [first.shard, other.shard]
  const facts = Object.keys(called) as (keyof SharedRun)[]
  const differing = facts.find((fact) => before.run[fact] !== after.run[fact])
  if (differing !== undefined) {
    throw new UsageError(`${other.file} is of ${called[differing]} than ${first.file}`, [
      `${first.file}: ${before.run[differing]}`,
      `${other.file}: ${after.run[differing]}`,
    ])
  }
  if (before.count !== after.count) {
    throw new UsageError(
      `${other.file} is of a run in ${after.count} shards, ${first.file} of one in ${before.count}`,
    )
  }
}
