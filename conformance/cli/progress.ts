import { type Terminal, terminalOn } from '../base/terminal.ts'
import type { ProgressEvent } from '../suite/clauses.ts'
import { standingOf } from '../suite/standing.ts'

/** How often a line is left where nobody watches, and how often the one that is written over changes, in ms. */
const [lineEvery, frameEvery] = [10_000, 500]

/** How far a run is, for whoever waits for it. */
export interface Progress {
  readonly show: (event: ProgressEvent) => void
  /** What goes on after the last case, where a person watches. */
  readonly say: (text: string) => void
  readonly end: () => void
}

/**
 * Where a run is: one line that is written over where a person watches, else a line now and then. A terminal that
 * cannot write over a line, a log of an integration, and who asks for it by `ACCESSIBLE=1`, since a screen reader
 * would read out every change, get lines.
 */
export function progressOn(stream: NodeJS.WriteStream, env = process.env): Progress {
  const terminal = terminalOn(stream)
  const isStill = env.TERM === 'dumb' || Boolean(env.CI) || Boolean(env.ACCESSIBLE)
  return stream.isTTY && !isStill ? movingOn(terminal) : linesOn(terminal)
}

function movingOn(terminal: Terminal): Progress {
  const started = performance.now()
  const clear = '\r\u001b[2K'
  let last = { at: Number.NEGATIVE_INFINITY, line: '' }
  const say = (text: string) => {
    const line = text.slice(0, terminal.columns - 1)
    if (line !== last.line) terminal.write(clear + terminal.style('dim', line))
    last = { at: performance.now(), line }
  }
  const show = (event: ProgressEvent) => {
    const now = performance.now()
    if (now - last.at >= frameEvery) say(`${standingOf(event, now - started)}, ${event.clause}`)
  }
  return { show, say, end: () => terminal.write(clear) }
}

function linesOn(terminal: Terminal): Progress {
  const started = performance.now()
  let last = { at: started, line: '' }
  const show = (event: ProgressEvent) => {
    const now = performance.now()
    if (now - last.at < lineEvery) return
    const line = standingOf(event, now - started)
    if (line !== last.line) terminal.write(`${line}\n`)
    last = { at: now, line }
  }
  return { show, say: () => {}, end: () => {} }
}
