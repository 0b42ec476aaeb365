import { $, type ProcessOutput } from 'zx'

export interface Outcome {
  readonly failed: boolean
  readonly stdout: string
  /** The end of what was said, for a message. */
  readonly tail: string
}

/** Runs a command to its end, quietly. */
export async function run(
  words: readonly string[],
  options: { readonly cwd?: string; readonly minutes?: number } = {},
): Promise<Outcome> {
  const { cwd = process.cwd(), minutes = 60 } = options
  const output: ProcessOutput = await $({
    cwd,
    nothrow: true,
    quiet: true,
    timeout: minutes * 60_000,
    stdio: ['ignore', 'pipe', 'pipe'],
  })`${words}`
  const said = `${output.stdout}\n${output.stderr}`.trim().split('\n')
  return { failed: !output.ok, stdout: output.stdout, tail: said.slice(-8).join('\n') }
}

/** A step that went wrong, in words for the person who waits for it. */
export class SetupError extends Error {
  override readonly name = 'SetupError'
}

/** Runs a command that has to succeed. */
export async function must(
  words: readonly string[],
  options: { readonly cwd?: string; readonly purpose: string },
): Promise<string> {
  const { failed, stdout, tail } = await run(words, options)
  if (failed) throw new SetupError(`${options.purpose} failed: ${words.join(' ')}\n${tail}`)
  return stdout
}
