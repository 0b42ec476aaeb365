import { type ChildProcess, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import {
  describeEnd,
  type Listeners,
  plain,
  type Speaker,
  whyNotStarted,
} from '../../adapters/process/child.ts'
import { endingWithProgram } from '../../adapters/process/ending.ts'
import { messageOf } from '../../base/message.ts'
import { DevTools } from './devtools.ts'
import { flagsFor } from './flags.ts'
import { profileFolder, removeFolder } from './folder.ts'

/** The page of a browser of its own, without a window, in the place of a process that speaks in lines. */
export class Tab implements Speaker {
  readonly #process: ChildProcess
  readonly #devTools: DevTools
  readonly #listeners: Listeners
  readonly #limit: number
  readonly #folder = profileFolder()
  /** What stands for the page, once it is open; before that, lines wait. */
  #page: { readonly sessionId: string; readonly objectId: string } | null = null
  #waiting: string[] = []
  #standardError = ''
  #over = false
  readonly ended: Promise<void>

  constructor(program: string, html: string, limit: number, listeners: Listeners) {
    this.#listeners = listeners
    this.#limit = limit
    const file = join(this.#folder, 'page.html')
    writeFileSync(file, html)
    // A group of its own, so that all its processes end together, and no signal of a terminal reaches them.
    this.#process = spawn(program, flagsFor(join(this.#folder, 'profile')), {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    })
    const [, , stderr, to, from] = this.#process.stdio
    const leave = endingWithProgram({
      kill: () => {
        this.kill()
        removeFolder(this.#folder)
      },
    })
    ;(stderr as Readable).on('data', (piece: Buffer) => {
      this.#standardError = (this.#standardError + piece.toString()).slice(-4096)
    })
    this.#devTools = new DevTools(to as Writable, from as Readable, ({ method, params }) =>
      this.#hear(method, params),
    )
    this.ended = new Promise((resolve) => {
      const end = (ending: string) => {
        this.#devTools.close()
        this.kill()
        removeFolder(this.#folder)
        leave()
        this.#end(`the browser ended: ${ending}`)
        resolve()
      }
      this.#process.on('error', (error) => end(whyNotStarted(error)))
      this.#process.on('exit', (code, signal) => end(describeEnd(code, signal)))
    })
    this.#open(pathToFileURL(file).href).catch((error) => this.#end(messageOf(error)))
  }

  write(line: string): void {
    if (this.#page === null) {
      this.#waiting.push(line)
      return
    }
    const { sessionId, objectId } = this.#page
    const given = {
      ...{ objectId, functionDeclaration: 'function (line) { this(line) }' },
      arguments: [{ value: line }],
    }
    // That it cannot be told anything is told by its end.
    this.#devTools.ask('Runtime.callFunctionOn', given, sessionId).catch(() => {})
  }

  finish(): void {
    this.#devTools.ask('Browser.close').catch(() => {})
  }

  kill(): void {
    const { pid } = this.#process
    if (pid === undefined) return
    try {
      if (process.platform === 'win32') this.#process.kill('SIGKILL')
      else process.kill(-pid, 'SIGKILL')
    } catch {
      // It has ended by itself.
    }
  }

  hold(held: boolean): void {
    const change = held ? 'ref' : 'unref'
    for (const part of [this.#process, ...this.#process.stdio]) (part as Socket | null)?.[change]()
  }

  /** What the browser says of itself is much, and matters only where no page came of it. */
  standardError(): string {
    if (this.#page !== null) return ''
    return plain(this.#standardError).trimEnd().split('\n').slice(-8).join('\n')
  }

  async #open(url: string): Promise<void> {
    const { targetId } = await this.#devTools.ask('Target.createTarget', { url: 'about:blank' })
    const attaching = { targetId, flatten: true }
    const { sessionId } = await this.#devTools.ask('Target.attachToTarget', attaching)
    const ask = (method: string, params?: Readonly<Record<string, unknown>>) =>
      this.#devTools.ask(method, params, sessionId as string)
    await ask('Runtime.enable')
    await ask('Runtime.addBinding', { name: 'touchstoneSays' })
    await ask('Inspector.enable')
    await ask('Page.enable')
    this.#loaded = async () => {
      const { result } = await ask('Runtime.evaluate', { expression: 'touchstoneIsTold' })
      const { objectId } = result as { readonly objectId?: string }
      if (objectId === undefined) throw new Error('its page does not begin')
      this.#page = { sessionId: sessionId as string, objectId }
      for (const line of this.#waiting) this.write(line)
      this.#waiting = []
    }
    await ask('Page.navigate', { url })
  }

  #loaded = async () => {}

  #hear(method: string, params: Readonly<Record<string, unknown>>): void {
    if (method === 'Runtime.bindingCalled') this.#take(params.payload as string)
    else if (method === 'Page.loadEventFired') {
      this.#loaded().catch((error) => this.#end(messageOf(error)))
    } else if (method === 'Inspector.targetCrashed') this.#end('its page crashed')
  }

  #take(line: string): void {
    if (line.startsWith('!')) this.#end(line.slice(1))
    else if (line.length > this.#limit) this.#listeners.onFlood()
    else this.#listeners.onLines([line])
  }

  #end(ending: string): void {
    if (this.#over) return
    this.#over = true
    this.#listeners.onEnd(ending, '')
  }
}
