import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Plugin } from 'esbuild'
import { folderOf } from '../../impl/device/packages.ts'
import { unusedKernels, withoutCode } from './kernels.ts'

/** What is enough of a package, as a module. */
const instead: Readonly<Record<string, string>> = {
  // Its own bundle is one piece.
  'ml-matrix': `export * from './src/index.js'`,
  // The rest of the whole package trains models, reads files and data, or is bundled anyway.
  '@tensorflow/tfjs': `
    import '@tensorflow/tfjs-layers/dist/flags_layers'
    export * as layers from '@tensorflow/tfjs-layers/dist/exports_layers'`,
}

/** Makes a bundle smaller by what it does not need. */
export const smaller: Plugin = {
  name: 'smaller',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(ml-matrix|@tensorflow\/tfjs)$/ }, ({ path }) => ({
      path,
      namespace: 'enough',
    }))
    onLoad({ filter: /.*/, namespace: 'enough' }, ({ path }) => ({
      contents: instead[path]!,
      resolveDir: folderOf(path),
    }))
    // Of what makes models of layers, layers hand on one function.
    onLoad({ filter: /tfjs-layers.dist.exports\.js$/ }, ({ path }) => ({
      contents: `export { Input as input } from './engine/input_layer'`,
      resolveDir: dirname(path),
    }))
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
    // The programs of shaders are texts in which a minifier leaves the indentation and comments.
    onLoad({ filter: /tfjs-backend-web(gl|gpu).dist.*\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8')
        .replace(/\n\s+/g, '\n')
        .replace(/\n\/\/.*/g, ''),
      loader: 'js',
    }))
  },
}
