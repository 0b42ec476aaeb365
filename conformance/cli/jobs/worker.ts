import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { endingWithProgram } from '../../adapters/process/ending.ts'
import { root } from '../../base/root.ts'
import type { FromJob, ToJob } from './messages.ts'

export interface WorkerListeners {
  readonly onMessage: (message: FromJob) => void
  /** Its process has ended, and nothing more comes of it. */
  readonly onEnd: (ending: string) => void
}

/** How long a process that nothing more is wanted of may take to end, in milliseconds. */
const graceToEnd = 5000

/** A process that a run has started to check a part of its clauses. */
export class Worker {
  readonly #process: ChildProcess
  readonly #ended: Promise<void>

  constructor({ onMessage, onEnd }: WorkerListeners) {
    this.#process = fork(join(root, 'dist/job.js'), {
      // Cases and their answers live for a moment: with more room for them, few outlive a collection. With 16 MB a run of
      // all clauses takes a quarter more time, with 64 a twentieth; a process has up to 600 MB then.
      execArgv: [...process.execArgv, '--min-semi-space-size=128', '--max-semi-space-size=128'],
      // Arrays, NaN and −0 arrive as they are.
      serialization: 'advanced',
      // Standard output is the report's: whatever an implementation prints goes where complaints do.
      stdio: ['ignore', 2, 2, 'ipc'],
    })
    const leave = endingWithProgram({ kill: () => this.#process.kill('SIGKILL') })
    this.#process.on('message', (message) => onMessage(message as FromJob))
    const disconnected = new Promise<void>((resolve) => {
      this.#process.once('disconnect', resolve)
    })
    this.#ended = new Promise((resolve) => {
      const end = (ending: string) => {
        leave()
        onEnd(ending)
        resolve()
      }
      this.#process.once('error', ({ message }) => end(message))
      this.#process.once('exit', async (code, signal) => {
        // Every message that was sent has arrived then.
        await disconnected
        end(signal === null ? `it exited with code ${code}` : `it was killed by ${signal}`)
      })
    })
  }

  tell(message: ToJob): void {
    // Where it has ended, `close` tells so.
    if (this.#process.connected) this.#process.send(message, () => {})
  }

  /** Has it end what it started and go. */
  async end(): Promise<void> {
    if (this.#process.connected) this.#process.disconnect()
    const kill = setTimeout(() => this.#process.kill('SIGKILL'), graceToEnd)
    await this.#ended
    clearTimeout(kill)
  }
}
