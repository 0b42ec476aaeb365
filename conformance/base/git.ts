import { execFile, execFileSync, type StdioOptions } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { root } from './root.ts'

/**
 * What git says of the checkout that this code is, or `null` outside one. A package that is installed
 * inside another project's checkout is not of that checkout.
 */
export function inCheckout<T>(ask: (git: Git) => T): T | null {
  try {
    return existsSync(join(root, '.git')) ? ask(git) : null
  } catch {
    return null
  }
}

/** Runs git in the root of the checkout; throws where it fails. */
export type Git = (...words: readonly string[]) => string

const git: Git = (...words) => {
  const stdio: StdioOptions = ['ignore', 'pipe', 'ignore']
  return execFileSync('git', words, { cwd: root, encoding: 'utf8', stdio }).trimEnd()
}

/** What git answers in the root of the checkout, while other work goes on; `null` outside one, or where it fails. */
export async function askCheckout(...words: readonly string[]): Promise<string | null> {
  if (!existsSync(join(root, '.git'))) return null
  try {
    const { stdout } = await promisify(execFile)('git', words, { cwd: root, encoding: 'utf8' })
    return stdout.trimEnd()
  } catch {
    return null
  }
}
