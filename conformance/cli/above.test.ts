import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { command } from '../fixtures/user-folder.ts'

// JavaScript, for there is nothing built yet when it is called.
const above = pathToFileURL(join(import.meta.dirname, 'above.js')).href
const { opensWebgpu } = await import(above)

const folder = mkdtempSync(join(tmpdir(), 'touchstone-above-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = join(folder, 'program.mjs')
writeFileSync(
  file,
  `import { belowAnother } from ${JSON.stringify(above)}
  await belowAnother()
  const [, , code, signal] = process.argv
  if (code === 'untold') process.kill(process.pid, signal)
  process.on('exit', () => process.kill(process.pid, signal))
  if (code === 'waits') {
    let interrupted = 0
    process.on('SIGINT', () => {
      interrupted++
      setTimeout(() => { console.log('interrupted', interrupted); process.exit() }, 300)
    })
    setInterval(() => {}, 1000)
    console.log('waits')
  } else {
    process.exit(Number(code))
  }`,
)
const ended = (...words: string[]) => spawnSync(process.execPath, [file, ...words])

it.each([
  ['run', '--device', 'webgpu'],
  ['run', '--device=webgpu'],
  ['run', '-d', 'wasm', '-dwebgpu'],
  ['serve', 'touchstone:webgpu'],
  ['run', '-i', 'tfjs:webgpu'],
])('is wanted where this process opens WebGPU: %s %s %s', (...words) => {
  expect(opensWebgpu(words)).toBe(true)
})

it.each([
  ['run', '--device', 'wasm'],
  ['run', '--device', 'browser:webgpu'],
  ['run', '-i', 'browser:tfjs:webgpu'],
  ['run', '-i', './webgpu.ts'],
])('is not wanted elsewhere: %s %s %s', (...words) => {
  expect(opensWebgpu(words)).toBe(false)
})

it('is told the exit code by the command line', () => {
  const ended = spawnSync(process.execPath, [command, 'show', 'webgpu'])
  expect(ended.status).toBe(2)
  const below = spawnSync(process.execPath, [command, 'show', 'webgpu'], {
    env: { ...process.env, TOUCHSTONE_TELLS_ENDING: '1' },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    encoding: 'utf8',
  })
  expect(below.output[3]).toBe('2')
})

describe('a process above one that may crash at its end', () => {
  it('ends as that said that it would, whatever it died of then', () => {
    expect(ended('0', 'SIGSEGV')).toMatchObject({ status: 0, signal: null })
    expect(ended('7', 'SIGSEGV')).toMatchObject({ status: 7, signal: null })
  })

  it('dies of what that died of before it said anything', () => {
    expect(ended('untold', 'SIGSEGV')).toMatchObject({ status: null, signal: 'SIGSEGV' })
    expect(ended('untold', 'SIGTERM')).toMatchObject({ status: null, signal: 'SIGTERM' })
  })

  it('passes a signal to all processes of a terminal on once', async () => {
    // A group of their own, as a shell makes it for a command.
    const run = spawn(process.execPath, [file, 'waits', 'SIGKILL'], { detached: true })
    let written = ''
    run.stdout.setEncoding('utf8')
    for await (const text of run.stdout) {
      if (written === '') process.kill(-run.pid!, 'SIGINT')
      written += text
    }
    expect(written).toBe('waits\ninterrupted 1\n')
  })
})
