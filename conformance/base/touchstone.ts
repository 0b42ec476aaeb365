import manifest from '../../package.json' with { type: 'json' }

/** What this project says of itself. */
export const { version, description } = manifest

/** Where its sources are kept, as `package.json` says it: an address that git takes, or `null`. */
export const repository: string | null = repositoryIn(manifest)

function repositoryIn({ repository = null }: Repository): string | null {
  return typeof repository === 'string' ? repository : (repository?.url ?? null)
}

declare const TOUCHSTONE_BUILD: string | undefined

/** A digest of the sources that this was built from; `null` where it runs from them. */
export const build = typeof TOUCHSTONE_BUILD === 'undefined' ? null : TOUCHSTONE_BUILD

interface Repository {
  readonly version: string
  readonly repository?: string | { readonly url: string } | null
}
