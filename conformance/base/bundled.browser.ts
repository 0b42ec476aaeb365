/** What Node reads from disk, put into a bundle for browsers when it is built. */
export interface Bundled {
  readonly commit: string | null
  /** What git says of the sources that are cited. */
  readonly checkout: unknown
  /** The index of what can be cited. */
  readonly citations: unknown
  /** The capsules that come with the project, by file. */
  readonly capsules: Readonly<Record<string, unknown>>
}

declare const TOUCHSTONE_BUNDLED: Bundled

export const bundled = TOUCHSTONE_BUNDLED
