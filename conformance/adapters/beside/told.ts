import type { Source } from '../imported.ts'

/** What the program beside a run is told first: what it imports, and how that is called in errors. */
export interface Told {
  readonly source: Source
  readonly specifier: string
}
