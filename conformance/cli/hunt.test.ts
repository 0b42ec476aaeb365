import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { command, userFolder } from '../fixtures/user-folder.ts'
import type { HuntState } from '../suite/hunt/state.ts'

const { folder, touchstone } = userFolder()

const stateIn = (path: string) =>
  JSON.parse(readFileSync(join(folder, path, 'hunt.json'), 'utf8')) as HuntState

describe.skipIf(process.platform === 'win32')('touchstone hunt (not on Windows: signals)', () => {
  it('loses nothing that it found when it is killed, and goes on', async () => {
    const words = ['hunt', '-i', './flawed.ts', '-c', 'cnn.conv2d.forward', '-r', 'killed']
    const child = spawn(process.execPath, [command, ...words, '-t', '600'], { cwd: folder })
    const capsules = join(folder, 'killed/capsules')
    // Until a problem is there and a turn after it has begun.
    while (!existsSync(join(folder, 'killed/hunt.json'))) await setTimeout(50)
    child.kill('SIGKILL')
    await new Promise((resolve) => child.once('close', resolve))
    expect(readdirSync(capsules).length).toBeGreaterThan(0)
    const before = stateIn('killed')
    expect(before.problems.length).toBeGreaterThan(0)
    for (const { capsule } of before.problems) {
      expect(existsSync(join(capsules, capsule!)), capsule!).toBe(true)
    }
    const again = await touchstone(...words, '-t', '0.001')
    expect(again.code, again.err).toBe(1)
    expect(again.out).toContain(`seed ${before.seed}, after`)
    expect(again.out).toContain('npx touchstone replay killed/capsules/')
    const other = await touchstone('hunt', '-d', 'cpu', '-c', 'cnn.flatten', '-r', 'killed')
    expect([other.code, other.err]).toEqual([2, expect.stringContaining('is of another hunt')])
  })

  it('ends with what it found at SIGTERM, and finds nothing in what is right', async () => {
    const words = ['hunt', '-d', 'cpu', '-c', 'cnn.flatten', '-r', 'right', '--shard', '2/2']
    const child = spawn(process.execPath, [command, ...words], { cwd: folder, stdio: 'pipe' })
    let out = ''
    child.stdout.on('data', (text) => {
      out += text
    })
    while (!existsSync(join(folder, 'right/hunt-2-of-2.json'))) await setTimeout(50)
    child.kill('SIGTERM')
    const code = await new Promise((resolve) => child.once('close', resolve))
    expect([code, out]).toEqual([0, expect.stringMatching(/found +nothing/)])
    expect(existsSync(join(folder, 'right/hunt-2-of-2.trying'))).toBe(false)
    // What ended the process in a turn is named, and not tried again at once.
    writeFileSync(join(folder, 'right/hunt-2-of-2.trying'), '7 cnn.flatten/exact')
    const after = await touchstone(...words, '-t', '0.001')
    expect(after.out).toContain('the process ended, or was killed, in the turns of')
  })
})
