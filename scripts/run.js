#!/usr/bin/env node
// Runs a script of this folder that is written in TypeScript, which Node 20 does not read by itself:
//   node scripts/run.js prove-bounds --cases 1000
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { belowAnother } from '../conformance/cli/above.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const [name, ...rest] = process.argv.slice(2)
// These may open WebGPU in their own process.
if (/^(bench-.*|prove-bounds)$/.test(name)) await belowAnother()
// Beside the packages, which stay outside of the bundle and are looked for from where it lies.
const folder = await mkdtemp(join(root, 'node_modules', '.script-'))
try {
  const outfile = join(folder, `${name}.mjs`)
  await build({
    entryPoints: [join(root, 'scripts', `${name}.ts`)],
    outfile,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: 'inline',
    logLevel: 'error',
  })
  process.argv = [process.argv[0], outfile, ...rest]
  process.setSourceMapsEnabled(true)
  await import(pathToFileURL(outfile).href)
} finally {
  await rm(folder, { recursive: true })
}
