import type * as node from './packages.ts'

/** The versions of the packages that were bundled, by name. */
declare const TOUCHSTONE_VERSIONS: Readonly<Record<string, string>>

export const versionOf: typeof node.versionOf = (name) => TOUCHSTONE_VERSIONS[name] ?? 'unknown'

// A bundle has one copy of each package.
const bundle = 'this bundle'

export const coreOf: typeof node.coreOf = () => bundle

export const ourCore: typeof node.ourCore = () => bundle
