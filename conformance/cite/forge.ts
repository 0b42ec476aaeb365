import type { Place } from './citations.ts'

/** A repository on the web: where a commit has a page, and the lines of a file at a commit. */
export interface Forge {
  /** The address of its front page. */
  readonly home: string
  commit(commit: string): string
  lines(place: Pick<Place, 'path' | 'first' | 'last'>, commit: string): string
}

/** What follows the front page. */
interface Style {
  readonly commit: string
  readonly file: string
  /** What stands before the number of the first line, and of the last. */
  readonly first: string
  readonly last: string
}

const github: Style = { commit: 'commit', file: 'blob/@', first: '#L', last: '-L' }
const gitlab: Style = { commit: '-/commit', file: '-/blob/@', first: '#L', last: '-' }
const gitea: Style = { commit: 'commit', file: 'src/commit/@', first: '#L', last: '-L' }
const bitbucket: Style = { commit: 'commits', file: 'src/@', first: '#lines-', last: ':' }
const sourcehut: Style = { commit: 'commit', file: 'tree/@/item', first: '#L', last: '-' }

/** By the name of the host; a program that anyone can run is told by the name that hosts of it have. */
const styles: readonly (readonly [host: RegExp, style: Style])[] = [
  [/^github\./, github],
  [/^gitlab\./, gitlab],
  [/^bitbucket\.org$/, bitbucket],
  [/^git\.sr\.ht$/, sourcehut],
  [/^(?:codeberg\.org|gitea\..+|forgejo\..+)$/, gitea],
]

/** The short forms that `package.json` may have. */
const shorthands: Readonly<Record<string, string>> = {
  github: 'github.com',
  gitlab: 'gitlab.com',
  bitbucket: 'bitbucket.org',
}

/**
 * The repository that an address of git leads to, as `package.json` or a remote has it: `https`, `ssh`,
 * `git@host:owner/name.git` or `github:owner/name`. `null` where it is not known how to link to lines
 * there. Who logs in, and with what, is left out.
 */
export function forgeOf(address: string): Forge | null {
  const { host, path } = partsOf(address) ?? {}
  const style = styles.find(([pattern]) => host !== undefined && pattern.test(host))?.[1]
  if (style === undefined || path === undefined) return null
  const home = `https://${host}/${path}`
  return {
    home,
    commit: (commit) => `${home}/${style.commit}/${commit}`,
    lines({ path, first, last }, commit) {
      const end = first === last ? '' : `${style.last}${last}`
      return `${home}/${style.file.replace('@', commit)}/${path}${style.first}${first}${end}`
    },
  }
}

function partsOf(address: string): { readonly host: string; readonly path: string } | null {
  const [, service, short] =
    /^(?:(github|gitlab|bitbucket):)?(\w[\w.-]*\/\w[\w.-]*)$/.exec(address) ?? []
  if (short !== undefined) return { host: shorthands[service ?? 'github']!, path: bare(short) }
  const [, host, path] =
    /^(?:git\+)?(?:https?|ssh|git):\/\/(?:[^@/]*@)?([^/:@]+)(?::\d+)?\/(.+)$/.exec(address) ??
    /^(?:[^@/:]+@)([^/:@]+):(?!\/)(.+)$/.exec(address) ??
    []
  return host === undefined || path === undefined
    ? null
    : { host: host.toLowerCase(), path: bare(path) }
}

function bare(path: string): string {
  return path.replace(/\/+$/, '').replace(/\.git$/, '')
}
