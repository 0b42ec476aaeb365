import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Plugin } from 'esbuild'
import { findPackage, setupFolder } from '../../impl/device/packages.ts'
import { UnrunnableError } from '../base/errors.ts'
import { root } from '../base/root.ts'

const packageName = 'onnxruntime-web'

/** The version that is set up, with which the findings were seen. */
export const onnxruntimeWebPin = `${packageName}@1.30.0`

/** Gets the package, which is too large to come with this one. */
export const SETUP_ONNXRUNTIME_WEB = 'npx touchstone setup onnxruntime-web'

/** The one of its builds that has each device, and the WebAssembly that belongs to it. */
const script = 'ort.webgpu.bundle.min.mjs'
const binary = 'ort-wasm-simd-threaded.asyncify.wasm'

/** Where the package lies, and its version; `undefined` where it is not installed. */
export const findRuntimeWeb = () =>
  findPackage(packageName, [process.cwd(), root, setupFolder(packageName)])

/**
 * A file of the package.
 *
 * @throws {UnrunnableError} it is not installed
 */
function fileOf(name: string): string {
  const found = findRuntimeWeb()
  if (found === undefined) {
    throw new UnrunnableError(`${packageName} is not installed`, [SETUP_ONNXRUNTIME_WEB])
  }
  return join(dirname(found.file), name)
}

/** Has a bundle that asks for it find the package. */
export const withRuntimeWeb: Plugin = {
  name: 'onnxruntime-web',
  setup({ initialOptions, onResolve, onLoad }) {
    // It makes addresses of its own, which nothing is fetched from: it is given what they stand for.
    const define = { 'import.meta.url': JSON.stringify('https://onnxruntime.invalid/') }
    initialOptions.define = { ...initialOptions.define, ...define }
    onResolve({ filter: /^touchstone:onnxruntime-web$/ }, () => ({ path: fileOf(script) }))
    // It looks for modules of Node by `eval`, which the policy of a page forbids; there are none.
    onLoad({ filter: /@protobufjs.inquire.index\.js$/ }, () => ({
      contents: 'module.exports = () => null',
      loader: 'js',
    }))
  },
}

/** What `blockOf` finds again in a page. */
export function block(id: string, content: string | Uint8Array): string {
  const text = gzipSync(content, { level: 9 }).toString('base64')
  return `<script type="application/gzip" id="${id}">${text}</script>`
}

/** The WebAssembly of the package for a page. */
export const runtimeWebBlock = () => block('onnxruntime-binary', readFileSync(fileOf(binary)))
