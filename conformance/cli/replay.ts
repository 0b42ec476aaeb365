import { UsageError } from '../base/errors.ts'
import { exitCodes } from '../base/exit-codes.ts'
import { stringify } from '../base/json.ts'
import { messageOf } from '../base/message.ts'
import { terminalOn } from '../base/terminal.ts'
import { onDevice, oneLine } from '../base/text.ts'
import { loadEveryProperty } from '../properties/loaded.ts'
import { describeRows, rowsOf } from '../report/rows.ts'
import { attemptCapsule, readCapsule } from '../suite/replay.ts'
import { readText } from './files.ts'
import { type Choice, chosenOne } from './implementation.ts'

/** `touchstone replay`: the case of a capsule once more, on the same implementation or another. */
export async function replayCommand(
  file: string,
  options: Choice & { readonly json?: boolean },
): Promise<void> {
  await loadEveryProperty()
  const capsule = capsuleIn(file)
  const { implementation } = await chosenOne(options)
  const verdict = await attemptCapsule(capsule, implementation)
  const terminal = terminalOn(process.stdout)
  if (options.json) terminal.write(`${stringify(verdict)}\n`)
  else {
    const { name, version, device } = implementation
    terminal.write(
      `${terminal.style('bold', oneLine(`${name} ${version}`))} ${oneLine(onDevice(device))}\n`,
    )
    const style = verdict.outcome === 'conforms' ? 'green' : 'red'
    terminal.write(`${terminal.style(style, verdict.outcome)}  ${capsule.property}\n`)
    const rows = describeRows(rowsOf(verdict), Math.min(terminal.columns, 100))
    for (const row of rows) terminal.write(`${row}\n`)
  }
  process.exitCode = verdict.outcome === 'conforms' ? exitCodes.conforms : exitCodes.fails
}

function capsuleIn(file: string) {
  const text = readText(file)
  try {
    return readCapsule(text)
  } catch (error) {
    throw new UsageError(`${file} is no capsule that can be replayed`, [messageOf(error)])
  }
}
