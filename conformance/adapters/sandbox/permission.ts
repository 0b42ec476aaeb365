import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../base/root.ts'

/**
 * Words that serve a module under Node's permission model, which denies files but those that are named, other
 * programs, threads and addons. What else there is denies the process itself, see `confineHere`.
 */
export function underPermissions(
  bundle: string,
  readable: readonly string[],
  writable: string,
): readonly string[] {
  const flag = process.allowedNodeEnvironmentFlags.has('--permission')
    ? '--permission'
    : '--experimental-permission'
  return [
    ...[process.execPath, flag, '--disable-warning=ExperimentalWarning'],
    ...readable.map((path) => `--allow-fs-read=${join(path, '*')}`),
    ...[`--allow-fs-read=${join(writable, '*')}`, `--allow-fs-write=${join(writable, '*')}`],
    ...[join(realpathSync(root), 'conformance/cli/touchstone.js'), 'serve', bundle],
  ]
}
