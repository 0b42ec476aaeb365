import { Command, CommanderError } from 'commander'
import { closeOpened } from '../adapters/opened.ts'
import { endWithParent } from '../adapters/process/orphan.ts'
import { UnrunnableError, UsageError } from '../base/errors.ts'
import { exitCodes } from '../base/exit-codes.ts'
import { standardOutputIsWritten, terminalOn } from '../base/terminal.ts'
import { visible } from '../base/text.ts'
import * as touchstone from '../base/touchstone.ts'
import { tuneV8 } from '../base/v8.ts'
import { addChecking } from './commands/checking.ts'
import { addLooking } from './commands/looking.ts'
import { addProviding } from './commands/providing.ts'
import { inSources } from './stack.ts'

/**
 * The command line. Each command is loaded when it is called, so that `show` does not wait for a
 * device to start. `below`: in a process that another one waits for, and that goes with it.
 */
export async function main(argv: readonly string[], { below = false } = {}): Promise<void> {
  if (below) endWithParent()
  tuneV8()
  process.stdout.on('error', endWithReader)
  const program = commandLine()
  try {
    await program.parseAsync(argv)
  } catch (error) {
    process.exitCode = failed(error)
  }
  await closeOpened()
  // A GPU keeps the process alive for as long as it can be reached.
  await standardOutputIsWritten()
  process.exit()
}

/** `touchstone list | head`: when nobody reads any more, end as programs do that are told so by a signal. */
function endWithReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
  process.exit(exitCodes.unread)
}

function commandLine(): Command {
  const program = new Command('touchstone')
    .description(touchstone.description)
    .version(touchstone.version, '-V, --version')
    .showHelpAfterError('(touchstone --help shows what there is)')
    .configureHelp({ helpWidth: Math.min(process.stdout.columns ?? 80, 100) })
    .exitOverride()

  addChecking(program)
  addLooking(program)
  addProviding(program)
  for (const command of program.commands) {
    command.showHelpAfterError(`(touchstone ${command.name()} --help shows what there is)`)
  }
  return program
}

function failed(error: unknown): number {
  const terminal = terminalOn(process.stderr)
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.usage
  if (error instanceof UsageError) {
    terminal.write(`${terminal.style('red', 'error:')} ${visible(error.message)}\n`)
    for (const line of error.advice) terminal.write(`  ${visible(line)}\n`)
    return error instanceof UnrunnableError ? exitCodes.unrunnable : exitCodes.usage
  }
  const stack = error instanceof Error ? inSources(error.stack ?? error.message) : String(error)
  terminal.write(`${terminal.style('red', 'this is a defect of touchstone:')} ${stack}\n`)
  return exitCodes.defect
}
