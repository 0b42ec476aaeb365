#!/usr/bin/env node
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`touchstone needs Node 20.19 or newer; this is ${process.version}`)
  process.exit(2)
}

/** When a folder's newest TypeScript or JSON file was written. */
function newest(folder) {
  let time = 0
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) time = Math.max(time, newest(path))
    else if (/(?<!\.test)\.(ts|json)$/.test(entry.name))
      time = Math.max(time, statSync(path).mtimeMs)
  }
  return time
}

function isStale() {
  const built = statSync(join(root, 'dist/touchstone.js'), { throwIfNoEntry: false })?.mtimeMs
  if (built === undefined) return true
  return ['spec', 'reference', 'impl', 'conformance'].some(
    (tree) => newest(join(root, tree)) > built,
  )
}

if (isStale()) {
  const { build } = await import('../../scripts/build.js')
  await build()
}
const { main } = await import('../../dist/touchstone.js')
await main(process.argv)
