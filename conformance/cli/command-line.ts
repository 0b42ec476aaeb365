import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../cite/sources.ts'

/** Runs the real command line in a folder, for tests. */
export function touchstone(
  words: readonly string[],
  { cwd = root, env = {} }: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
) {
  const program = join(root, 'conformance/cli/touchstone.js')
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
    cwd,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, ...env },
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}
