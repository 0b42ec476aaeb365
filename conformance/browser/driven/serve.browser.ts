/// <reference lib="dom" />
import subject from 'touchstone:subject'
import { answered } from '../../adapters/process/answers.ts'
import { messageOf } from '../../base/message.ts'
import { runtime } from '../../base/runtime.ts'
import type { Implementation } from '../../engine/implementation.ts'
import type { Request } from '../../protocol/messages.ts'
import { openingOnnxruntime } from '../block.browser.ts'

/** What Node has put into the page: a function for what the page says. */
interface Driven {
  readonly touchstoneSays: (line: string) => void
  touchstoneIsTold: (line: string) => void
}

/** The text of this script, which the worker runs, too. */
const script = globalThis.document?.currentScript?.textContent ?? ''

// One script for both: the page starts its worker from its own text, and hands on what both sides say.
if (typeof document === 'undefined') work()
else start()

function start(): void {
  const driven = globalThis as never as Driven
  const device = document.getElementById('onnxruntime-device')?.textContent
  const opening = device ? openingOnnxruntime(device) : ''
  const address = URL.createObjectURL(new Blob([opening, script], { type: 'text/javascript' }))
  const worker = new Worker(address)
  worker.onmessage = ({ data }: MessageEvent<string>) => driven.touchstoneSays(data)
  worker.onerror = ({ message }) => driven.touchstoneSays(`!the worker ended: ${message}`)
  driven.touchstoneIsTold = (line) => worker.postMessage(line)
}

/** Answers questions in the order in which they come. */
function work(): void {
  const opening = subject().then(inBrowser)
  let last: Promise<unknown> = opening.catch(() => {})
  globalThis.onmessage = ({ data }: MessageEvent<string>) => {
    last = last.then(async () => {
      const message = JSON.parse(data) as Request | readonly Request[]
      try {
        postMessage(await answered(await opening, message))
      } catch (error) {
        const [{ id }] = [message].flat() as [Request]
        // What is no answer to a question can only be that it did not open.
        const said = { code: -32603, message: messageOf(error) }
        postMessage(JSON.stringify({ jsonrpc: '2.0', id, error: said }))
      }
    })
  }
}

/** The same, with words that tell it from what runs beside it. */
async function inBrowser(implementation: Implementation): Promise<Implementation> {
  const { device, versions } = implementation
  const browser = await wholeVersion()
  const words = device.replace(/ in a browser$/, '')
  return {
    ...implementation,
    device: `browser:${words}, ${browser}`,
    versions: { ...versions, browser },
  }
}

interface Brands {
  readonly fullVersionList: readonly { readonly brand: string; readonly version: string }[]
}

/** The browser with its whole version, of which it tells every page only the first number. */
async function wholeVersion(): Promise<string> {
  const { userAgentData } = navigator as {
    readonly userAgentData?: { getHighEntropyValues(hints: readonly string[]): Promise<Brands> }
  }
  const brands = await userAgentData?.getHighEntropyValues(['fullVersionList'])
  const own = brands?.fullVersionList.find(({ brand }) => runtime.startsWith(brand))
  return own === undefined ? runtime : `${own.brand} ${own.version}`
}
