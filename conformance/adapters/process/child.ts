import { type ChildProcess, spawn } from 'node:child_process'
import type { Socket } from 'node:net'
import { stripVTControlCharacters } from 'node:util'
import { endingWithProgram } from './ending.ts'
import { Lines } from './lines.ts'

/** How a process ended, in words. */
export type Ending = string

export interface Listeners {
  /** Whole lines of standard output, as many as one piece of it held. */
  readonly onLines: (lines: readonly string[]) => void
  /** A line became longer than any message; the process is no longer read. */
  readonly onFlood: () => void
  /** It has ended and will write nothing more; `rest` is what followed the last line. */
  readonly onEnd: (ending: Ending, rest: string) => void
}

/** How much of what was written last on standard error is kept, in bytes. */
const keptOfStandardError = 16 * 1024

/** How long the streams may stay open after the process has ended, in milliseconds. */
const graceForStreams = 300

/** What speaks the protocol in lines, of which a session is one life. */
export interface Speaker {
  readonly ended: Promise<void>
  write(line: string): void
  /** Tells it that nothing more will come. */
  finish(): void
  kill(): void
  /** Whether this program may end while it goes on; it is killed then. */
  hold(held: boolean): void
  /** What it wrote last on standard error, a few lines of plain text; empty when nothing. */
  standardError(): string
}

/** Starts what speaks; a line may have so many bytes at most. */
export type Start = (limit: number, listeners: Listeners) => Speaker

/** A program that was started by its words, without a shell, and speaks in lines. */
export class Child implements Speaker {
  readonly #process: ChildProcess
  #standardError = Buffer.alloc(0)
  #ended = false
  readonly ended: Promise<void>

  constructor(words: readonly string[], limit: number, listeners: Listeners) {
    const [program, ...rest] = words
    // A group of its own, so that what the program starts in turn ends with it.
    this.#process = spawn(program!, rest, {
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    })
    const leave = endingWithProgram(this)
    const { stdin, stdout, stderr } = this.#process
    // A pipe that breaks is told by the end of the process.
    stdin!.on('error', () => {})
    stderr!.on('data', (piece: Buffer) => {
      const kept = Buffer.concat([this.#standardError, piece])
      this.#standardError = kept.subarray(Math.max(0, kept.length - keptOfStandardError))
    })
    const lines = new Lines(limit)
    stdout!.on('data', (piece: Buffer) => {
      try {
        const complete = [...lines.push(piece)]
        if (complete.length > 0) listeners.onLines(complete)
      } catch {
        stdout!.destroy()
        listeners.onFlood()
      }
    })
    this.ended = new Promise((resolve) => {
      const end = (ending: Ending) => {
        if (this.#ended) return
        this.#ended = true
        leave()
        // Whatever it has started and left behind goes too.
        this.#signal('SIGKILL')
        listeners.onEnd(ending, lines.rest())
        resolve()
      }
      this.#process.on('error', (error: NodeJS.ErrnoException) => end(whyNotStarted(error)))
      this.#process.on('close', (code, signal) => end(describeEnd(code, signal)))
      this.#process.on('exit', (code, signal) => {
        setTimeout(() => end(describeEnd(code, signal)), graceForStreams).unref()
      })
    })
  }

  write(line: string): void {
    if (!this.#ended) this.#process.stdin!.write(`${line}\n`)
  }

  finish(): void {
    this.#process.stdin!.end()
  }

  kill(): void {
    this.#signal('SIGKILL')
  }

  hold(held: boolean): void {
    const { stdin, stdout, stderr } = this.#process
    const change = held ? 'ref' : 'unref'
    for (const part of [this.#process, stdin, stdout, stderr]) (part as Socket)[change]()
  }

  standardError(): string {
    const text = plain(this.#standardError.toString('utf8'))
    return text.trimEnd().split('\n').slice(-20).join('\n')
  }

  #signal(signal: NodeJS.Signals): void {
    const { pid } = this.#process
    if (pid === undefined) return
    try {
      if (process.platform === 'win32') this.#process.kill(signal)
      else process.kill(-pid, signal)
    } catch {
      // It has ended by itself.
    }
  }
}

/** Text without colours, bells and what else a terminal would act upon; a line that was written over is lines. */
export function plain(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/\r+\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
}

/** How a process ended that did. */
export function describeEnd(code: number | null, signal: string | null): Ending {
  return signal === null ? `it exited with code ${code}` : `it was killed by ${signal}`
}

/** Why a program could not be started. */
export function whyNotStarted(error: Error & { readonly code?: string | undefined }): Ending {
  switch (error.code) {
    case 'ENOENT':
      return 'there is no such program'
    case 'EACCES':
      return 'the program may not be executed'
    default:
      return error.message
  }
}
