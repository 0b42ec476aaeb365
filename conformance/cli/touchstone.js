#!/usr/bin/env node
import module from 'node:module'
import { belowAnother, opensWebgpu } from './above.js'
import { buildWhenStale } from './fresh.js'

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`touchstone needs Node 20.19 or newer; this is ${process.version}`)
  process.exit(2)
}

const below = opensWebgpu(process.argv.slice(2))
if (below) await belowAnother()
await buildWhenStale()
// From Node 22 on, what was compiled once is read again.
module.enableCompileCache?.()
const { main } = await import('../../dist/touchstone.js')
await main(process.argv, { below })
