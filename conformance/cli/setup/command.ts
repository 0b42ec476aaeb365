import { $, type ProcessOutput } from 'zx'
import { UnrunnableError } from '../../base/errors.ts'
import { terminalOn } from '../../base/terminal.ts'

export interface Outcome {
  readonly failed: boolean
  readonly stdout: string
  /** The end of what was said, for a message. */
  readonly tail: string
}

/** Runs a command to its end, quietly. */
export async function run(
  words: readonly string[],
  options: {
    readonly cwd?: string
    readonly minutes?: number
    readonly env?: Readonly<Record<string, string>>
  } = {},
): Promise<Outcome> {
  const { cwd = process.cwd(), minutes = 60, env = {} } = options
  const output: ProcessOutput = await $({
    cwd,
    env: { ...process.env, ...env },
    nothrow: true,
    quiet: true,
    timeout: minutes * 60_000,
    stdio: ['ignore', 'pipe', 'pipe'],
  })`${words}`
  const said = `${output.stdout}\n${output.stderr}`.trim().split('\n')
  return { failed: !output.ok, stdout: output.stdout, tail: said.slice(-8).join('\n') }
}

/** Tells the person who waits what is being done. */
export function say(line: string): void {
  terminalOn(process.stdout).write(`${line}\n`)
}

/**
 * Runs a command that has to succeed.
 *
 * @throws {UnrunnableError} it failed, with the end of what it said
 */
export async function must(
  words: readonly string[],
  options: {
    readonly cwd?: string
    readonly env?: Readonly<Record<string, string>>
    readonly purpose: string
  },
): Promise<string> {
  const { failed, stdout, tail } = await run(words, options)
  if (failed) {
    throw new UnrunnableError(`${options.purpose} failed`, [words.join(' '), ...tail.split('\n')])
  }
  return stdout
}
