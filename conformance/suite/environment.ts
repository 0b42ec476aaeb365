import { execFileSync, type StdioOptions } from 'node:child_process'
import { availableParallelism, cpus, release, type } from 'node:os'
import { root } from '../base/root.ts'
import * as touchstone from '../base/touchstone.ts'
import type { Implementation } from '../engine/implementation.ts'
import type { Environment } from './model.ts'

/** What a run depends on, so that someone else can run it again. */
export function environmentOf(
  implementation: Implementation,
  { seed, runs }: { readonly seed: number; readonly runs: number },
): Environment {
  const { name, version, device, precision, profile, proof, versions, levels, conventions } =
    implementation
  return {
    implementation: { name, version },
    device,
    proof: proof ?? null,
    mismatch: null,
    precision,
    profile: profile.name,
    levels: levels ?? [],
    conventions: conventions ?? {},
    seed,
    runs,
    touchstone: touchstone.version,
    node: process.version,
    platform: `${type()} ${release()}, ${process.arch}`,
    processor: cpus()[0]?.model.trim() || 'unknown',
    cores: availableParallelism(),
    commit: commit(),
    versions: versions ?? {},
    startedAt: new Date().toISOString(),
  }
}

/** The commit that is checked out, with `-dirty` where files differ from it; `null` outside a checkout. */
function commit(): string | null {
  try {
    // A package that is installed inside another project's checkout is not of that commit.
    if (git('rev-parse', '--show-prefix') !== '') return null
    return git('describe', '--always', '--dirty', '--abbrev=40', '--exclude=*')
  } catch {
    return null
  }
}

function git(...words: readonly string[]): string {
  const stdio: StdioOptions = ['ignore', 'pipe', 'ignore']
  return execFileSync('git', words, { cwd: root, encoding: 'utf8', stdio }).trim()
}
