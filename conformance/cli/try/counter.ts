import { terminalOn } from '../../base/terminal.ts'
import { figure } from '../../base/text.ts'

/** Where nobody watches, how often a line is left, in milliseconds. */
const lineEvery = 10_000

/** How many cases were tried: one line that is written over where a person watches, else a line now and then. */
export function counterOn(stream: NodeJS.WriteStream): {
  readonly show: (tried: number, wanted: number) => void
  readonly end: () => void
} {
  const terminal = terminalOn(stream)
  const started = performance.now()
  const clear = '\r\u001b[2K'
  let last = started
  return {
    show(tried, wanted) {
      if (tried === wanted) return
      const now = performance.now()
      const left = ((wanted - tried) * (now - started)) / tried / 1000
      const line = `${figure(tried)} of ${figure(wanted)} cases, ${Math.ceil(left)} s left`
      if (stream.isTTY) terminal.write(clear + terminal.style('dim', line))
      else if (now - last >= lineEvery) {
        last = now
        terminal.write(`${line}\n`)
      }
    },
    end: () => {
      if (stream.isTTY) terminal.write(clear)
    },
  }
}
