import type * as node from './excerpt.ts'

/** Filled by the modules of a bundle that are cited; a script that has none does without. */
const { touchstoneExcerpts: excerpts = {} } = globalThis as {
  readonly touchstoneExcerpts?: Readonly<Record<string, string>>
}

export const excerptOf: typeof node.excerptOf = ({ path, first, last }) =>
  excerpts[`${path}:${first}-${last}`] ?? ''

/** The page has excerpts of sources, and no whole ones. */
export const fileOf: typeof node.fileOf = (path) => ({ path, line: 1, first: 1, last: 1 })
