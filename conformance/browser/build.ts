import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { versionOf } from '../../impl/device/packages.ts'
import type { Bundled } from '../base/bundled.browser.ts'
import { root } from '../base/root.ts'

import { suiteCommit } from '../base/runtime.ts'
import { checkout } from '../cite/checkout.ts'
import { type Citations, citations, type Place } from '../cite/citations.ts'

import { excerptOf } from '../cite/excerpt.ts'
import { styles } from '../report/styles.ts'
import { ownCapsules } from '../suite/own-capsules.ts'
import { compiledValidators } from './compiled.ts'
import { pageStyles } from './styles.ts'

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

/** The page as one file that needs nothing else. */
export async function pageHtml(): Promise<string> {
  const script = await bundle()
  const digest = createHash('sha256').update(script).digest('base64')
  const policy = [
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
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="${policy}"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="generator" content="touchstone"/>
<title>Touchstone: check this browser</title>
<style>${styles}${pageStyles}</style>
</head>
<body>
<nav><b>Touchstone</b></nav>
<main><noscript>This page checks the browser that it is in, and needs JavaScript for it.</noscript></main>
<script>${script}</script>
</body>
</html>
`
}

async function bundle(): Promise<string> {
  const names = packages.map((name) => `@tensorflow/tfjs-${name}`)
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [join(root, 'conformance/browser/main.browser.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.wasm': 'binary' },
    plugins: [forBrowsers, compiledValidators],
    define: {
      TOUCHSTONE_BUNDLED: JSON.stringify(bundled()),
      TOUCHSTONE_VERSIONS: JSON.stringify(
        Object.fromEntries(names.map((it) => [it, versionOf(it)])),
      ),
    },
    logLevel: 'error',
  })
  // What ends a script in HTML must not be in it; `<\\/` is the same in a string and in a pattern.
  return outputFiles[0]!.text.trim().replaceAll('</script', '<\\/script')
}

function bundled(): Bundled {
  const index = citations()
  const places = placesIn(index).map((place): [string, string] => [
    `${place.path}:${place.first}-${place.last}`,
    excerptOf(place),
  ])
  return {
    commit: suiteCommit(),
    checkout: checkout(),
    // The page has the code that is cited, and not the rest that it calls.
    citations: { ...index, calls: {} },
    excerpts: Object.fromEntries(places),
    capsules: ownCapsules(),
  }
}

function placesIn({ clauses, operations }: Citations): readonly Place[] {
  const all = [
    ...Object.values(clauses).flatMap(({ statement, properties }) => [statement, ...properties]),
    ...Object.values(operations).flatMap((trees) => Object.values(trees)),
  ]
  return all.filter((place) => place !== null)
}
