import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { root } from '../../base/root.ts'

const folder = mkdtempSync(join(tmpdir(), 'touchstone-orphan-'))
afterAll(() => rmSync(folder, { recursive: true }))

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** An implementation that tells which process it is busy in for ever, out of range or where it is defined to answer. */
function busyModule(condition: string): string {
  const file = join(folder, 'busy.ts')
  writeFileSync(
    file,
    `import { writeFileSync } from 'node:fs'
    import { defineImplementation } from 'touchstone'
    const zeroPad = ({ x }, { padding }) => {
      if (${condition}) {
        writeFileSync(${JSON.stringify(join(folder, 'pid'))}, String(process.pid))
        for (;;);
      }
      const [top, bottom, left, right] = padding
      if (x.shape.length !== 4 || x.data.BYTES_PER_ELEMENT !== 4) throw new RangeError('not images')
      const [N, H, W, K] = x.shape
      const shape = [N, H + top + bottom, W + left + right, K]
      const data = new Float32Array(shape.reduce((a, b) => a * b))
      for (let row = 0; row < N * H; row++) {
        const to = Math.floor(row / H) * shape[1] + top + (row % H)
        data.set(x.data.subarray(row * W * K, (row + 1) * W * K), (to * shape[2] + left) * K)
      }
      return { y: { dtype: 'float32', shape, data } }
    }
    export default defineImplementation({ name: 'busy', operations: { 'cnn.zeroPad': zeroPad } })`,
  )
  return file
}

const command = join(root, 'conformance/cli/touchstone.js')

describe.skipIf(process.platform === 'win32')(
  'where a run is killed (signals are those of POSIX)',
  () => {
    it.each([
      [
        'beside it',
        '!padding.every((amount) => Number.isInteger(amount) && amount >= 0)',
        (file: string) => ['-i', file, '-j', '1'],
      ],
      // The word has it run below another process, which is the one that is killed.
      [
        'beside it, below another,',
        'true',
        (file: string) => ['-i', file, '-j', '1', '--report', 'webgpu'],
      ],
      ['in a job of it', 'true', (file: string) => ['-i', file, '-j', '2']],
      [
        'that it serves',
        'true',
        (file: string) => ['-i', `${process.execPath} ${command} serve ${file}`],
      ],
    ])('a process that is busy %s ends', async (_, condition, words) => {
      const told = join(folder, 'pid')
      rmSync(told, { force: true })
      const chosen = words(busyModule(condition))
      const clauses = ['-c', 'cnn.pad.*', '-c', 'cnn.pool.*']
      const run = spawn(
        process.execPath,
        [command, 'run', ...chosen, ...clauses, '--no-pages', '--report', join(folder, 'report')],
        { stdio: 'ignore' },
      )
      await vi.waitFor(() => expect(existsSync(told)).toBe(true), 60_000)
      const busy = await vi.waitFor(() => {
        const pid = Number(readFileSync(told, 'utf8'))
        expect(pid).toBeGreaterThan(0)
        return pid
      }, 10_000)
      expect(busy).not.toBe(run.pid)
      expect(runs(busy)).toBe(true)
      run.kill('SIGKILL')
      await vi.waitFor(() => expect(runs(busy)).toBe(false), 30_000)
    })
  },
)
