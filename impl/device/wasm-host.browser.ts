import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm'
import { env } from '@tensorflow/tfjs-core'
import type * as node from './wasm-host.ts'

/** Every browser that has what else is needed here has SIMD, too; threads need headers that a file has none of. */
export const binaries: typeof node.binaries = () => {
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
  const address = URL.createObjectURL(new Blob([simd], { type: 'application/wasm' }))
  const names = ['-simd', '-threaded-simd', ''].map((kind) => `tfjs-backend-wasm${kind}.wasm`)
  return Object.fromEntries(names.map((name) => [name, address]))
}

export const keepingListeners: typeof node.keepingListeners = (action) => action()
