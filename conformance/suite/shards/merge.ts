import type { Precision } from '../../../reference/arithmetic/precision.ts'
import { type AccuracyProfile, profileNamed } from '../../../reference/arithmetic/profile.ts'
import { clauseById } from '../../../spec/index.ts'
import { merge } from '../merge.ts'
import type { Environment, Report } from '../model.ts'
import type { Part } from '../part.ts'
import { evidenceFrom } from '../sent-evidence.ts'
import type { Shard, Shown } from './shard.ts'

/** What came of one implementation in all shards of a run. */
export interface MergedShards {
  readonly report: Report
  readonly found: Shown['found']
  /** What explains that an operation is wrong nearly everywhere, by its id. */
  readonly explained: Readonly<Record<string, string | null>>
}

/** The reports of a run from all of its shards, as a run in one place would have made them. */
export function mergeShards(shards: readonly Shard[]): Promise<readonly MergedShards[]> {
  const [first] = shards as readonly [Shard]
  return Promise.all(first.shown.map((_, i) => mergeOne(shards, i)))
}

async function mergeOne(shards: readonly Shard[], place: number): Promise<MergedShards> {
  const shown = shards.map((shard) => shard.shown[place]!)
  const { found, environment } = shown[0]!
  const parts = shown.flatMap((each) =>
    each.parts.map((part): Part => ({ ...part, evidence: evidenceFrom(part.evidence) })),
  )
  const report = await merge(parts, {
    clauses: shards[0]!.clauses.map((id) => clauseById(id)!),
    implementation: {
      precision: environment.precision as Precision,
      profile: profileCalled(environment.profile),
    },
    environment: together(shown),
    // They need not wait for each other: a run takes as long as the longest of them.
    seconds: Math.max(...shards.map(({ seconds }) => seconds)),
  })
  const explained = Object.assign({}, ...shown.map((each) => each.explained))
  return { report, found, explained }
}

/** The first one's surroundings, in all of which so many processes worked since the earliest began. */
function together(shown: readonly Shown[]): Environment {
  const environments = shown.map(({ environment }) => environment)
  return {
    ...environments[0]!,
    jobs: environments.reduce((sum, { jobs }) => sum + jobs, 0),
    startedAt: environments.map(({ startedAt }) => startedAt).toSorted()[0]!,
  }
}

function profileCalled(name: string): AccuracyProfile {
  return profileNamed(name)!
}
