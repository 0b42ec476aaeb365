/// <reference lib="dom" />
import * as runtime from 'touchstone:onnxruntime-web'
import { Unsupported } from '../../base/errors.ts'
import { messageOf } from '../../base/message.ts'
import type { Implementation } from '../../engine/implementation.ts'
import { onnxOn, type Runtime } from './onnx-session.ts'

/** Where it computes; what WebNN guarantees of its numbers, its specification leaves open. */
const devices = {
  wasm: { profile: 'ieee', words: 'WebAssembly' },
  webgpu: { profile: 'wgsl', words: 'WebGPU' },
  webnn: { profile: 'library', words: 'WebNN' },
} as const

/** One of the devices on which ONNX Runtime computes in a browser. */
export type OnnxDevice = keyof typeof devices

/**
 * ONNX Runtime in a browser, bare.
 *
 * `binary`: the WebAssembly that belongs to the package.
 *
 * @throws {Error} the browser has not what it is to compute on
 */
export async function onnxruntimeWeb(
  device: OnnxDevice,
  binary: ArrayBuffer,
): Promise<Implementation> {
  const { env } = runtime
  env.wasm.wasmBinary = binary
  // More need headers that a file has none of.
  env.wasm.numThreads = 1
  env.logLevel = 'fatal'
  const where = await placeOf(device)
  const { profile, words } = devices[device]
  const version = env.versions.web ?? 'unknown'
  const about = {
    name: `onnxruntime:${device}`,
    version,
    profile,
    device: `${device}, ${where ?? words}`,
    versions: { 'onnxruntime-web': version },
  }
  return onnxOn(guarded, about, optionsOf(device))
}

/** On a device that is asked for nothing may be computed elsewhere without a word. */
function optionsOf(device: OnnxDevice): object {
  if (device === 'wasm') return { executionProviders: ['wasm'] }
  return {
    executionProviders: [device === 'webnn' ? { name: 'webnn', deviceType: 'cpu' } : device],
    extra: { session: { disable_cpu_ep_fallback: '1' } },
  }
}

const guarded: Runtime = {
  Tensor: runtime.Tensor,
  InferenceSession: {
    async create(model, options) {
      try {
        return await whole(runtime.InferenceSession.create(model, options))
      } catch (error) {
        const left = /fallback to CPU EP has been explicitly disabled/.test(messageOf(error))
        throw left ? new Unsupported('operators that this device has no kernel for') : error
      }
    },
  },
}

/** What is thrown by WebAssembly leaves it in a state in which nothing it answers can be believed: this worker ends. */
async function whole<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError)) throw error
    reportError(error)
    return new Promise<never>(() => {})
  }
}

/** What is known of the device behind an interface of the browser; nothing is opened to learn it but a context. */
async function placeOf(device: OnnxDevice): Promise<string | undefined> {
  const { gpu, ml } = navigator as Interfaces
  if (device === 'webnn') {
    if (ml === undefined) throw new Error('this browser has no WebNN')
    await ml.createContext({ deviceType: 'cpu' })
  }
  if (device !== 'webgpu') return undefined
  const adapter = await gpu?.requestAdapter()
  if (!adapter) throw new Error('this browser has no WebGPU, or no adapter for it')
  const { vendor, architecture, description } = adapter.info
  return [vendor, architecture, description].filter((word) => word !== '').join(' ')
}

interface Interfaces {
  readonly gpu?: { requestAdapter(): Promise<{ readonly info: Info } | null> }
  readonly ml?: { createContext(options: { readonly deviceType: 'cpu' }): Promise<object> }
}
type Info = Readonly<Record<'vendor' | 'architecture' | 'description', string>>
