import { dirname } from 'node:path'
import { openHere } from '../adapters/load.ts'
import { endWithParent } from '../adapters/process/orphan.ts'
import { linesIn, serve } from '../adapters/process/serve.ts'
import { keepStandardOutput, terminalOn } from '../base/terminal.ts'

/** `touchstone serve`: an implementation of this process as a program that speaks the protocol. */
export async function serveCommand(specifier: string): Promise<void> {
  endWithParent()
  const terminal = terminalOn(process.stdout)
  keepStandardOutput()
  process.setSourceMapsEnabled(true)
  const { confineHere, isConfinedHere } = await import('../adapters/sandbox/here.ts')
  if (isConfinedHere()) confineHere(dirname(specifier))
  await serve(await openHere(specifier), linesIn(), (line) => terminal.write(line))
}
