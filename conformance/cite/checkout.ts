import { type Git, inCheckout } from '../base/git.ts'

/** What git says of the sources. */
export interface Checkout {
  readonly commit: string
  /** Files that are not as the commit has them. */
  readonly changed: readonly string[]
  readonly remote: string | null
}

/** Where lines are cited from. */
const trees = ['spec', 'reference', 'impl', 'conformance']

/** What git says of the sources that are here, or `null` outside a checkout. */
export function checkout(): Checkout | null {
  return inCheckout((git) => ({
    commit: git('rev-parse', 'HEAD'),
    changed: pathsIn(git('status', '--porcelain', '--no-renames', '-uall', '-z', '--', ...trees)),
    remote: remoteOf(git),
  }))
}

/** The remote that is called origin, or the only one. */
function remoteOf(git: Git): string | null {
  const names = git('remote').split('\n')
  const name = names.includes('origin') ? 'origin' : names.length === 1 ? names[0]! : ''
  return name === '' ? null : git('remote', 'get-url', name)
}

/** The paths of `git status --porcelain -z`, each after two letters and a space. */
function pathsIn(status: string): readonly string[] {
  return status.split('\0').flatMap((entry) => (entry.length > 3 ? [entry.slice(3)] : []))
}
