import * as touchstone from '../base/touchstone.ts'
import { type Checkout, checkout } from './checkout.ts'
import type { Place } from './citations.ts'
import { type Forge, forgeOf } from './forge.ts'

/** Which state of the sources the lines that are cited are of. */
export interface Revision {
  readonly version: string
  /** The commit that is checked out; `null` for an installed package. */
  readonly commit: string | null
  /** Files that are not as the commit has them: their lines are not those of the commit. */
  readonly changed: ReadonlySet<string>
  /** Where the commit can be read on the web, or `null`. */
  readonly forge: Forge | null
}

let known: Revision | undefined

/** The revision of the sources that are here, which git is asked for once. */
export function revision(): Revision {
  known ??= revisionFrom(checkout())
  return known
}

/** A revision from what `package.json` and git say; the former has the last word on where it is. */
export function revisionFrom(
  checkout: Checkout | null,
  repository = touchstone.repository,
): Revision {
  const address = repository ?? checkout?.remote ?? null
  return {
    version: touchstone.version,
    commit: checkout?.commit ?? null,
    changed: new Set(checkout?.changed ?? []),
    forge: address === null ? null : forgeOf(address),
  }
}

/** A link to lines that never changes, where the lines are those of a commit that the web has. */
export function permalink(place: Place, { commit, changed, forge }: Revision): string | null {
  return commit === null || changed.has(place.path) ? null : (forge?.lines(place, commit) ?? null)
}

/** `commit 0b9d093d…` or `version 0.1.0`, whichever tells more of the sources. */
export function revisionInWords({ version, commit }: Revision): string {
  return commit === null ? `version ${version}` : `commit ${commit}`
}
