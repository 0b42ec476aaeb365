import type { Environment } from '../model.ts'
import type { Part } from '../part.ts'
import type { SentEvidence } from '../sent-evidence.ts'

/** What all shards of a run must have in common, in words that can be shown where they differ. */
export interface SharedRun {
  /** The commit, or the version where there is no checkout. */
  readonly commit: string
  /** The implementations, with their versions and devices. */
  readonly implementations: string
  readonly seed: string
  readonly runs: string
  readonly time: string
  readonly require: string
  /** Digests of the ids of its clauses, of how they were divided, and of the cases that were kept. */
  readonly clauses: string
  readonly division: string
  readonly kept: string
}

/** What one implementation came to in a shard. */
export interface Shown {
  /** By what it is found again: the words of the command line, and the specifier among them. */
  readonly found: { readonly option: string; readonly specifier: string | null }
  readonly environment: Environment
  readonly parts: readonly (Pick<Part, 'clauses' | 'mismatch'> & {
    readonly evidence: SentEvidence
  })[]
  /** What explains operations that are wrong nearly everywhere, as far as the shard can tell. */
  readonly explained: Readonly<Record<string, string | null>>
}

/** A part of a run that was checked by itself: what it found, and which run it is a part of. */
export interface Shard {
  /** From 1 on. */
  readonly index: number
  readonly count: number
  readonly run: SharedRun
  /** The clauses of the whole run, by id. */
  readonly clauses: readonly string[]
  readonly seconds: number
  readonly shown: readonly Shown[]
}
