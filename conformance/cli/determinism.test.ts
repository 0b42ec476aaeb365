import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { userFolder } from '../fixtures/user-folder.ts'

const { folder, touchstone } = userFolder()

const words = ['run', '-i', './flips.ts', '-c', 'cnn.conv2d.{forward,linearity}', '-n', '4']

/** What tells when a run was, how long it took and in how many processes, and the digest of all that. */
const ofItsOwn = /^ +"(seconds|startedAt|jobs|digest)": .*\n/gm

describe('two runs of the same', () => {
  it('leave the same bytes but for times, in however many processes; another seed leaves others', async () => {
    const bytesOf = async (name: string, ...more: readonly string[]) => {
      const { err } = await touchstone(...words, ...more, '-r', name)
      const text = readFileSync(join(folder, name, 'report.json'), 'utf8')
      expect(text.match(ofItsOwn)!.length, err).toBeGreaterThan(4)
      return text.replace(ofItsOwn, '').replaceAll(`${name}/`, 'report/')
    }
    const first = await bytesOf('first', '-j', '1')
    expect(first).toContain('"outcome": "violates"')
    expect(await bytesOf('second', '-j', '1')).toBe(first)
    expect(await bytesOf('third', '-j', '2')).toBe(first)
    expect(await bytesOf('fourth', '-j', '1', '-s', '1')).not.toBe(first)
  })
})
