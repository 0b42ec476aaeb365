import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../base/root.ts'

/** Whole lines of the sources that hold a definition. */
export interface Place {
  readonly path: string
  /** Where its code begins. */
  readonly line: number
  /** Where the comment above it begins; `line` when there is none. */
  readonly first: number
  readonly last: number
}

/** A function that others call. */
export interface Called extends Place {
  readonly name: string
}

/** The trees in which an operation is written down: its signature, its formula, its fast form. */
export type Tree = 'spec' | 'reference' | 'impl'

/** Where everything that can be cited stands, by the ids of the specification. */
export interface Citations {
  readonly clauses: Readonly<Record<string, CitedClause>>
  readonly operations: Readonly<Record<string, Readonly<Record<Tree, Place | null>>>>
  /**
   * By `path:line`, what reference and fast form of an operation call of these sources, what that calls in
   * turn, and so on.
   */
  readonly calls: Readonly<Record<string, readonly Called[]>>
}

export interface CitedClause {
  readonly statement: Place | null
  /** Each call of `properties` that lists properties of the clause. */
  readonly properties: readonly Place[]
}

let read: Citations | undefined

/**
 * The index that the build has written, read at the first question. A build without the parser,
 * which only development needs, has none, and then nothing has a place.
 */
export function citations(): Citations {
  const file = join(root, 'dist/citations.json')
  read ??= existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Citations)
    : { clauses: {}, operations: {}, calls: {} }
  return read
}
