import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { command, userFolder } from '../fixtures/user-folder.ts'

const { folder, touchstone, reportIn } = userFolder()
const small = ['run', '-d', 'cpu', '-c', 'resnet.stage.cost-constant', '-n', '3', '-r', 'kept']
const files = (place: string) => readdirSync(join(folder, place)).toSorted()

describe('a report that takes the place of another', () => {
  it.skipIf(process.platform === 'win32')(
    'leaves it whole where there is no room, and is told of (not on Windows, without a limit of the shell)',
    async () => {
      expect((await touchstone(...small)).code).toBe(0)
      const before = files('kept')
      // No file may have more than 20 blocks of 1024 bytes, as on a disk that is nearly full.
      const line = `ulimit -f 20; exec "$0" "$@"`
      const words = ['-c', line, process.execPath, command, ...small, '--seed', '5']
      const { status, stdout, stderr } = spawnSync('bash', words, { cwd: folder, encoding: 'utf8' })
      expect(status, stderr).toBe(2)
      expect(stderr).toMatch(/the report could not be written to kept: EFBIG.*tried instead/)
      expect(stdout).toContain('1 of 1 conform')
      expect(reportIn('kept').environment.seed).toBe(0)
      expect(files('kept')).toEqual(before)
    },
  )
})
