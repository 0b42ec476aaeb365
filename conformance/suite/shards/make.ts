import { toLossless } from '../../base/lossless.ts'
import { onDevice } from '../../base/text.ts'
import type { Environment } from '../model.ts'
import type { Gathered, RunManyOptions } from '../run.ts'
import { sentEvidence } from '../sent-evidence.ts'
import { digestOf } from './file.ts'
import type { Shard, SharedRun, Shown } from './shard.ts'

/** Which shard it is, and how the clauses of its run were divided. */
interface Which extends Pick<Shard, 'index' | 'count'> {
  readonly division: string
}

/** What is known of each implementation beside what it answered, in its place. */
interface Beside {
  readonly found: readonly Shown['found'][]
  readonly explained: readonly Shown['explained'][]
}

/** What was found of a share of a run, with all that a merge needs. */
export function makeShard(
  { index, count, division }: Which,
  { parts, environments, seconds }: Gathered,
  asked: RunManyOptions,
  { found, explained }: Beside,
): Shard {
  const shown = parts.map(
    (its, i): Shown => ({
      found: found[i]!,
      environment: environments[i]!,
      parts: its.map(({ clauses, mismatch, evidence }) => {
        return { clauses, mismatch, evidence: sentEvidence(evidence, evidence.operations) }
      }),
      explained: explained[i]!,
    }),
  )
  const clauses = asked.clauses.map(({ id }) => id)
  return { index, count, run: sharedRun(asked, environments, division), clauses, seconds, shown }
}

function sharedRun(
  { clauses, kept, seed, runs, seconds, require = 'provided' }: RunManyOptions,
  environments: readonly Environment[],
  division: string,
): SharedRun {
  const { commit, touchstone } = environments[0]!
  return {
    commit: commit ?? `version ${touchstone}`,
    implementations: environments.map(nameOf).join('; '),
    seed: String(seed),
    runs: `${runs} cases a property`,
    time: seconds === null ? 'without a limit' : `${seconds} s`,
    require,
    clauses: digestOf(clauses.map(({ id }) => id).join()),
    division,
    kept: digestOf(toLossless(kept)),
  }
}

function nameOf({ implementation, device, precision, profile }: Environment): string {
  return `${implementation.name} ${implementation.version} ${onDevice(device)}, ${precision}, ${profile}`
}
