import { backend, env } from '@tensorflow/tfjs-core'
import { type Backend, startBackend } from './backend.ts'
import { engine } from './engine.ts'
import { OutOfMemory } from './errors.ts'
import { versionOf } from './packages.ts'
import { binaries, keepingListeners } from './wasm-host.ts'
import { repairWasmKernels } from './wasm-kernels.ts'

const PACKAGE = '@tensorflow/tfjs-backend-wasm'

/**
 * WebAssembly (XNNPACK) on the processor: the default that installs everywhere.
 *
 * One thread: the package has a build with threads, but version 4.22 never chooses it in Node. When it
 * is told to all the same (WASM_HAS_MULTITHREAD_SUPPORT), its runtime starts workers from `blob:`
 * addresses, and Node's worker threads take files only (ERR_WORKER_PATH). Where more than one core
 * matters, the device tensorflow uses them all.
 */
export async function openWasm(): Promise<Backend> {
  const { getThreadsCount, setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm')
  setWasmPaths(await binaries(PACKAGE))
  await keepingListeners(() => startBackend('wasm', PACKAGE))
  repairWasmKernels()

  const full = refusesWhenFull()

  const simd = (await env().getAsync('WASM_HAS_SIMD_SUPPORT')) ? 'yes' : 'no'
  const threaded = await env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT')
  const threads = threaded ? String(getThreadsCount()) : 'no'
  return {
    description: `wasm, SIMD ${simd}, threads ${threads}`,
    profile: 'ieee',
    software: false,
    versions: { [PACKAGE]: versionOf(PACKAGE), ...engine.webassembly },
    fault: full.fault,
    forgetFault: full.forgetFault,
    release: () => {},
  }
}

/** The memory of the backend, as far as it is used here. */
interface Memory {
  readonly HEAPU8: Uint8Array
  _malloc(bytes: number): number
  _free(address: number): void
}

/** From so many bytes on, the runtime takes a size for one below 0, and gives memory that is in use. */
const beyond = 2 ** 31

/**
 * Without memory left, the backend is given the address 0 and writes there, over its own state, so that
 * every later answer may be wrong. Here that is an error, and remembered.
 */
function refusesWhenFull(): Required<Pick<Backend, 'fault' | 'forgetFault'>> {
  const { wasm } = backend() as unknown as { readonly wasm: Memory }
  // What Emscripten has there puts the function itself in its place at the first call, over anything else.
  wasm._free(wasm._malloc(1))
  const allocate = wasm._malloc
  let fault: string | undefined
  wasm._malloc = (bytes) => {
    // That is a mistake of who asks, and no want of memory; the runtime would give any address for it.
    if (bytes < 0) return 0
    const address = bytes < beyond ? allocate(bytes) : 0
    // Addresses are told as numbers with a sign.
    const isThere = address !== 0 && (address >>> 0) + bytes <= wasm.HEAPU8.length
    if (isThere || bytes === 0) return address
    fault = `out of memory: ${bytes} bytes more`
    throw new OutOfMemory(fault)
  }
  return {
    fault: () => fault,
    forgetFault: () => {
      fault = undefined
    },
  }
}
