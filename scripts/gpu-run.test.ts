import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../conformance/base/root.ts'

const driver = process.env.VK_ICD_FILENAMES
const isPackable = process.platform === 'linux' && process.arch === 'x64' && driver !== undefined
const title = 'what is packed for a machine with a GPU'

describe.skipIf(!isPackable)(
  isPackable ? title : `${title} (skipped: packs on Linux on x64, and needs a Vulkan driver)`,
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'touchstone gpu '))
    const call = (command: string, args: readonly string[], env = {}) =>
      spawnSync(command, args, { cwd: folder, encoding: 'utf8', env: { ...process.env, ...env } })
    beforeAll(() => {
      // Not compressed, which takes longest.
      const packed = call('bash', [
        join(root, 'scripts/gpu-run.sh'),
        'pack',
        join(folder, 'all.tar'),
      ])
      if (packed.status !== 0) throw new Error(packed.stdout + packed.stderr)
      call('tar', ['xf', 'all.tar'])
    })
    afterAll(() => rmSync(folder, { recursive: true }))

    it('runs there by itself, and keeps a report', () => {
      const chosen = { STEPS: 'suite', CLAUSE: 'cnn.flatten', RUNS: '2', JOBS: '1' }
      const { status, stdout } = call('touchstone-gpu/gpu-run.sh', ['kept'], chosen)
      expect(stdout).toContain('webgpu, ')
      const report = JSON.parse(readFileSync(join(folder, 'kept/webgpu/report.json'), 'utf8'))
      expect(report.environment.device).toMatch(/^webgpu, /)
      expect(report.summary.violates ?? 0).toBe(0)
      // Two cases reach not every class, so that the run falls short of a pass.
      expect([0, 1]).toContain(status)
    })

    it('has all that it takes to measure there', () => {
      const none = { STEPS: 'bench', OPERATION: 'no operation', PYTHON: 'none' }
      const { stdout } = call('touchstone-gpu/gpu-run.sh', ['kept'], none)
      expect(stdout).toContain('nothing can be measured so')
    })
  },
)
