import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

const ending = fileURLToPath(new URL('ending.ts', import.meta.url))
const program = (before: string, after: string) => `
  import { spawn } from 'node:child_process'
  import { endingWithProgram } from ${JSON.stringify(ending)}
  ${before}
  // It hears nothing: neither that its input has ended, nor a signal to the group of its parent.
  const busy = spawn(process.execPath, ['-e', 'for (;;);'], { detached: true, stdio: 'ignore' })
  endingWithProgram({ kill: () => busy.kill('SIGKILL') })
  ${after}
  console.log(busy.pid)
  setInterval(() => {}, 1000)`
const listening = `process.once('SIGTERM', () => console.log('heard'))`

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'touchstone-ending-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A program with one beside it that never ends by itself. */
async function begun(name: string, before: string, after: string) {
  const [source, file] = [`${name}.ts`, `${name}.mjs`].map((each) => join(folder, each))
  writeFileSync(source!, program(before, after))
  await build({
    entryPoints: [source!],
    outfile: file!,
    bundle: true,
    platform: 'node',
    format: 'esm',
  })
  const started: ChildProcess = spawn(process.execPath, [file!])
  let written = ''
  started.stdout!.on('data', (piece) => {
    written += piece
  })
  await vi.waitFor(() => expect(written).toMatch(/\d+\n/), 20_000)
  return { started, busy: Number.parseInt(written, 10), written: () => written }
}

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe.skipIf(process.platform === 'win32')('what is busy (signals are those of POSIX)', () => {
  it.each([
    ['listens before it', listening, ''],
    ['listens after it', '', listening],
  ])(
    'goes on while somebody %s, and ends with the program at the next signal',
    async (name, before, after) => {
      const { started, busy, written } = await begun(name.replaceAll(' ', '-'), before, after)
      started.kill('SIGTERM')
      await vi.waitFor(() => expect(written()).toContain('heard'), 20_000)
      expect(runs(busy)).toBe(true)
      expect(runs(started.pid!)).toBe(true)
      started.kill('SIGTERM')
      await vi.waitFor(() => expect(runs(started.pid!)).toBe(false), 20_000)
      await vi.waitFor(() => expect(runs(busy)).toBe(false), 20_000)
    },
  )

  it('ends at the first signal where nobody listens', async () => {
    const { started, busy } = await begun('alone', '', '')
    started.kill('SIGTERM')
    await vi.waitFor(() => expect(runs(started.pid!)).toBe(false), 20_000)
    await vi.waitFor(() => expect(runs(busy)).toBe(false), 20_000)
  })
})
