import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { versionOf } from '../../impl/device/packages.ts'
import type { Bundled } from '../base/bundled.browser.ts'
import { root } from '../base/root.ts'
import { compiledValidators } from './compiled.ts'
import { smaller } from './smaller.ts'

/** For a file that differs between Node and browsers, the one beside it for browsers. */
const forBrowsers: Plugin = {
  name: 'for browsers',
  setup({ onResolve }) {
    onResolve({ filter: /^\.{1,2}\/.*\.ts$/ }, ({ path, resolveDir }) => {
      const own = resolve(resolveDir, path.replace(/\.ts$/, '.browser.ts'))
      return existsSync(own) ? { path: own } : undefined
    })
  },
}

const packages = ['core', 'backend-wasm', 'backend-webgpu', 'backend-webgl', 'backend-cpu']

/**
 * A script for browsers from what is written for Node and for them.
 *
 * @throws {Error} something that is imported is not there, or no JavaScript
 */
export async function bundleForBrowsers(
  entry: string,
  bundled: Bundled,
  plugins: readonly Plugin[] = [],
): Promise<string> {
  const names = packages.map((name) => `@tensorflow/tfjs-${name}`)
  const versions = Object.fromEntries(names.map((name) => [name, versionOf(name)]))
  const { outputFiles, warnings } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    banner: { js: 'globalThis.touchstoneExcerpts={texts:{}};' },
    charset: 'utf8',
    legalComments: 'none',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.wasm': 'binary' },
    plugins: [...plugins, smaller, forBrowsers, compiledValidators],
    define: {
      TOUCHSTONE_BUNDLED: JSON.stringify(bundled),
      TOUCHSTONE_VERSIONS: JSON.stringify(versions),
    },
    logLevel: 'silent',
  })
  // What a smaller package has no longer would be undefined in a page, and not here.
  const missing = warnings.filter(({ id }) => id === 'import-is-undefined')
  if (missing.length > 0) throw new Error(missing.map(({ text }) => text).join('\n'))
  // What ends a script in HTML must not be in it; `<\\/` is the same in a string and in a pattern.
  return outputFiles[0]!.text.trim().replaceAll('</script', '<\\/script')
}

/** What a page may do that holds this script: run it and its worker, and send nothing. */
export function policyOf(script: string): string {
  const digest = createHash('sha256').update(script).digest('base64')
  return [
    "default-src 'none'",
    `script-src 'sha256-${digest}' 'wasm-unsafe-eval' blob:`,
    'worker-src blob:',
    // The binary of WebAssembly and the script of the worker are addresses within the page.
    'connect-src blob: data:',
    "style-src 'unsafe-inline'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}
