import { terminalOn } from '../base/terminal.ts'
import type { ProgressEvent } from '../suite/clauses.ts'

/** Where a run is: one line that is written over where a person watches, else a line a clause. */
export function progressOn(stream: NodeJS.WriteStream): {
  readonly show: (event: ProgressEvent) => void
  readonly end: () => void
} {
  const terminal = terminalOn(stream)
  if (!stream.isTTY) {
    const show = ({ clause, verdict, done, total }: ProgressEvent) => {
      if (verdict !== null) terminal.write(`[${done}/${total}] ${verdict} ${clause}\n`)
    }
    return { show, end: () => terminal.write('\n') }
  }
  const clear = '\r\u001b[2K'
  let failures = 0
  const show = ({ clause, verdict, done, total }: ProgressEvent) => {
    const line = `[${done}/${total}] ${clause}`.slice(0, terminal.columns - 1)
    const failed = verdict !== null && verdict !== 'conforms'
    if (failed) {
      failures++
      terminal.write(`${clear}${terminal.style('red', `${verdict} ${clause}`)}\n`)
    }
    terminal.write(clear + terminal.style('dim', line))
  }
  return { show, end: () => terminal.write(failures > 0 ? `${clear}\n` : clear) }
}
