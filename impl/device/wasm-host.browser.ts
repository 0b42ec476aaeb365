// Compressed by gzip when it is bundled.
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm'
import { env } from '@tensorflow/tfjs-core'
import type * as node from './wasm-host.ts'

/** Every browser that has what else is needed here has SIMD, too; threads need headers that a file has none of. */
export const binaries: typeof node.binaries = async () => {
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
  const bytes = new Blob([simd]).stream().pipeThrough(new DecompressionStream('gzip'))
  const headers = { 'content-type': 'application/wasm' }
  const address = URL.createObjectURL(await new Response(bytes, { headers }).blob())
  const names = ['-simd', '-threaded-simd', ''].map((kind) => `tfjs-backend-wasm${kind}.wasm`)
  return Object.fromEntries(names.map((name) => [name, address]))
}

export const keepingListeners: typeof node.keepingListeners = (action) => action()
