import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { command, userFolder } from '../fixtures/user-folder.ts'

const { folder, reportIn } = userFolder()

/** Starts a program where there is no network interface but a loopback that is down. */
function withoutInterfaces(...words: readonly string[]) {
  return spawnSync('unshare', ['-rn', ...words], { cwd: folder, encoding: 'utf8' })
}

const isAllowed = withoutInterfaces('true').status === 0

describe.skipIf(!isAllowed)(
  'a machine without a network (not where unshare -rn is refused)',
  () => {
    it('runs the suite all the same', () => {
      const listed = withoutInterfaces('cat', '/proc/net/dev').stdout.trim().split('\n')
      expect(listed.filter((line) => !/^\s*lo:/.test(line) && !line.includes('|'))).toEqual([])
      const words = ['run', '-d', 'wasm', '-c', 'resnet.{block,stage}.*', '-n', '2', '-j', '2']
      const { status, stdout, stderr } = withoutInterfaces(process.execPath, command, ...words)
      expect(status, stdout + stderr).toBe(0)
      const { summary, environment } = reportIn('report')
      expect(environment.device).toContain('wasm')
      expect(summary.conforms).toBe(summary.properties)
      expect(summary.properties).toBeGreaterThan(10)
    })
  },
)
