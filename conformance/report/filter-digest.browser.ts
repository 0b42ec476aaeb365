import type * as node from './filter-digest.ts'

// A page that shows a site in a frame has a policy of its own, which keeps scripts from running there.
export const filterDigest: typeof node.filterDigest = 'none'
