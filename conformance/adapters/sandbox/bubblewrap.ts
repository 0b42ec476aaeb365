import { spawnSync } from 'node:child_process'
import { lstatSync, readlinkSync } from 'node:fs'
import { keptVariables } from './variables.ts'

/** What a program needs of the system beside `/usr`, which holds no secrets. */
const ofTheSystem = ['/etc/ld.so.cache', '/etc/alternatives', '/etc/localtime', '/nix/store']

/** Which are links into `/usr` nearly everywhere. */
const programsAndLibraries = ['/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32']

/**
 * Words that start a program confined: without a network, other processes, devices or variables of the
 * environment, with a private `/tmp`, the system to read and nothing else but what is named.
 */
export function inBubblewrap(
  words: readonly string[],
  readable: readonly string[],
): readonly string[] {
  return [
    'bwrap',
    ...['--unshare-all', '--die-with-parent', '--cap-drop', 'ALL', '--clearenv'],
    ...Object.entries(keptVariables()).flatMap(([name, value]) => ['--setenv', name, value]),
    ...['--setenv', 'HOME', '/tmp', '--setenv', 'TMPDIR', '/tmp'],
    ...['--ro-bind', '/usr', '/usr'],
    ...programsAndLibraries.flatMap(sameAsHere),
    ...ofTheSystem.flatMap((path) => ['--ro-bind-try', path, path]),
    ...['--dev', '/dev', '--proc', '/proc', '--tmpfs', '/tmp'],
    ...readable.flatMap((path) => ['--ro-bind', path, path]),
    ...['--dir', process.cwd(), '--chdir', process.cwd(), '--', ...words],
  ]
}

function sameAsHere(path: string): readonly string[] {
  const there = lstatSync(path, { throwIfNoEntry: false })
  if (there === undefined) return []
  return there.isSymbolicLink()
    ? ['--symlink', readlinkSync(path), path]
    : ['--ro-bind', path, path]
}

/** Why bubblewrap cannot be used here; `null` where it can. */
export function whyNoBubblewrap(): string | null {
  const [program, ...rest] = inBubblewrap(['true'], []) as [string]
  const { error, status, stderr } = spawnSync(program, rest, { encoding: 'utf8' })
  if (error !== undefined) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    return isMissing ? 'bubblewrap (bwrap) is not installed' : error.message
  }
  return status === 0 ? null : `bubblewrap does not work here: ${stderr.trim()}`
}
