/// <reference lib="dom" />
import { hash } from '../base/hash.ts'
import { runtime } from '../base/runtime.ts'
import * as touchstone from '../base/touchstone.ts'
import { onnxruntimeSpeaker } from './block.browser.ts'
import type { FromWorker, ToWorker } from './messages.ts'
import { onnxruntimeDevice, type Settings } from './settings.ts'
import { Store } from './store.ts'

/** The text of the script of this page, which its worker runs, too; there is no document in a worker. */
const script = globalThis.document?.currentScript?.textContent ?? ''

/** A worker that has read the script already when a run is started. */
let spare: Worker | null = null

/** Has the next run begin sooner. */
export function prepare(): void {
  spare ??= begun()
}

function begun(): Worker {
  const address = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }))
  const worker = new Worker(address)
  URL.revokeObjectURL(address)
  return worker
}

/** A run in a worker of its own, which may be paused and stopped. */
export class Runner {
  readonly #store = new Store()
  readonly #worker: Worker
  readonly #run: string

  constructor(
    readonly settings: Settings,
    readonly module: string | null,
    readonly onMessage: (message: FromWorker) => void,
  ) {
    const about = [touchstone.version, runtime, hash(script), settings, module]
    this.#run = JSON.stringify(about.map((part) => (part === module ? hash(module ?? '') : part)))
    this.#worker = spare ?? begun()
    spare = null
    this.#worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#take(data)
    this.#worker.onerror = ({ message }) => this.#fail(`the worker ended: ${message}`)
  }

  async start(): Promise<void> {
    const done = await this.#store.read(this.#run)
    const device = onnxruntimeDevice(this.settings.subject)
    const module = device === null ? this.module : await onnxruntimeSpeaker(device)
    this.#tell({ kind: 'run', settings: this.settings, module, done })
  }

  pause(): void {
    this.#tell({ kind: 'pause' })
  }

  goOn(): void {
    this.#tell({ kind: 'go on' })
  }

  /** Ends the run with a report of what was done. */
  stop(): void {
    this.#tell({ kind: 'stop' })
  }

  #tell(message: ToWorker): void {
    this.#worker.postMessage(message)
  }

  #fail(message: string): void {
    this.#worker.terminate()
    this.onMessage({ kind: 'failed', message, hint: 'start again: it goes on with what is left' })
  }

  #take(message: FromWorker): void {
    if (message.kind === 'kept') void this.#store.keep(this.#run, message.kept)
    if (message.kind === 'report') void this.#store.forget(this.#run)
    if (message.kind === 'report' || message.kind === 'failed') this.#worker.terminate()
    this.onMessage(message)
  }
}
