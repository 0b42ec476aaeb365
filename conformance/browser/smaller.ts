import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import type { Plugin } from 'esbuild'
import { folderOf } from '../../impl/device/packages.ts'
import { unusedKernels, withoutCode } from './kernels.ts'

/** In which package something else is found that is enough of it, or its parts. */
const instead: Readonly<Record<string, string>> = {
  // Its own bundle is one piece.
  'ml-matrix': './src/index.js',
  // The rest of the whole package reads files and data, or is bundled anyway.
  '@tensorflow/tfjs': '@tensorflow/tfjs-layers',
}

/** Makes a bundle smaller by what it does not need. */
export const smaller: Plugin = {
  name: 'smaller',
  setup({ onResolve, onLoad, resolve }) {
    onResolve({ filter: /^(ml-matrix|@tensorflow\/tfjs)$/ }, ({ path, kind }) =>
      resolve(instead[path]!, { kind, resolveDir: folderOf(path) }),
    )
    // WebAssembly is code of eight bits, of which base64 hides what repeats.
    onLoad({ filter: /\.wasm$/ }, ({ path }) => ({
      contents: gzipSync(readFileSync(path), { level: 9 }),
      loader: 'binary',
    }))
    // A page has no threads (`binaries`), and so neither what starts them nor what runs in them.
    onLoad({ filter: /tfjs-backend-wasm-threaded-simd(\.worker)?\.js$/ }, () => ({
      contents: "export default undefined; export const wasmWorkerContents = ''",
      loader: 'js',
    }))
    onLoad({ filter: unusedKernels }, ({ path }) => ({
      contents: withoutCode(readFileSync(path, 'utf8')),
      loader: 'js',
    }))
    // The programs of shaders are texts in which a minifier leaves the indentation.
    onLoad({ filter: /tfjs-backend-web(gl|gpu).dist.*\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace(/\n\s+/g, '\n'),
      loader: 'js',
    }))
  },
}
