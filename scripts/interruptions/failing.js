// An implementation that multiplies matrices rightly until it has been asked FAILS_AT questions: then it fills its
// memory (memory), or its device is gone and it starts no more (device). node failing.js KIND FAILS_AT FILE
import { existsSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

const [kind, at, file] = process.argv.slice(2)
if (kind === 'device' && existsSync(file)) process.exit(1)
let asked = 0

function resultOf({ method, params }) {
  if (method === 'initialize') {
    return {
      protocolVersion: 1,
      name: 'failing',
      version: '1',
      language: 'Node',
      precision: 'float32',
      operations: ['cnn.flatten'],
    }
  }
  if (method === 'shutdown') return null
  if (++asked > Number(at)) fail()
  const { x } = params.inputs
  const [images, ...rest] = x.shape
  return { y: { ...x, shape: [images, rest.reduce((a, b) => a * b)] } }
}

function fail() {
  if (kind === 'device') {
    writeFileSync(file, '')
    process.abort()
  }
  const kept = []
  for (;;) kept.push(new Array(1e5).fill(asked).map(String))
}

for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line)
  const answers = [message]
    .flat()
    .map((one) => ({ jsonrpc: '2.0', id: one.id, result: resultOf(one) }))
  console.log(JSON.stringify(Array.isArray(message) ? answers : answers[0]))
}
