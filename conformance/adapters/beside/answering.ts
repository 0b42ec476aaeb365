import { keepStandardOutput, standardOutputIsWritten, terminalOn } from '../../base/terminal.ts'
import { importedFrom } from '../imported.ts'
import { endWithParent } from '../process/orphan.ts'
import { linesIn, serve } from '../process/serve.ts'
import type { Told } from './told.ts'

// Its first line tells what it is to import, the others are questions about that.
endWithParent()
const terminal = terminalOn(process.stdout)
keepStandardOutput()
const lines = linesIn()[Symbol.asyncIterator]()
const first = await lines.next()
if (!first.done) {
  const { source, specifier }: Told = JSON.parse(first.value)
  process.setSourceMapsEnabled(true)
  const implementation = await importedFrom(source, specifier)
  const others = { [Symbol.asyncIterator]: () => lines }
  await serve(implementation, others, (line) => terminal.write(line))
}
await standardOutputIsWritten()
process.exit()
