import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { userFolder } from '../fixtures/user-folder.ts'
import type { Report } from '../suite/model.ts'

const { folder, reportIn, touchstone } = userFolder()

const small = ['run', '-i', './flips.ts', '-c', 'cnn.conv2d.{forward,linearity}', '-n', '3']

function timeless({ environment, digest: _, ...report }: Report) {
  const same = { ...environment, jobs: 0, startedAt: '' }
  return JSON.parse(
    JSON.stringify({ ...report, environment: same }, (name, part) =>
      name === 'seconds' ? 0 : part,
    ).replaceAll('whole/', 'merged/'),
  )
}

describe('touchstone merge', () => {
  it('leaves what a run in one place leaves, and fails where a shard is missing', async () => {
    const whole = await touchstone(...small, '-r', 'whole', '--junit', 'whole.xml')
    const first = await touchstone(...small, '-r', 'parts', '--shard', '1/2', '-j', '2')
    expect([whole.code, first.code], first.err).toEqual([1, 1])
    const early = await touchstone('merge', 'parts', '-r', 'merged')
    expect(early.code).toBe(2)
    expect(early.err).toContain('1 shard of 2 is missing: 2')
    await touchstone(...small, '-r', 'parts', '--shard', '2/2')
    const merged = await touchstone('merge', 'parts', '-r', 'merged', '--junit', 'merged.xml')
    expect(merged.code, merged.err).toBe(1)
    expect(merged.out).toContain('2 shards merged')
    expect(timeless(reportIn('merged'))).toEqual(timeless(reportIn('whole')))
    expect(reportIn('merged').firstAid).toHaveLength(1)
    const junit = (name: string) =>
      readFileSync(join(folder, name), 'utf8')
        .replaceAll(/(time|timestamp)="[^"]*"/g, '')
        .replaceAll('whole/', 'merged/')
    expect(junit('merged.xml')).toBe(junit('whole.xml'))
    rmSync(join(folder, 'parts/shard-1-of-2.json'))
    const late = await touchstone('merge', 'parts/shard-1-of-2.json', '-r', 'merged')
    expect([late.code, late.err]).toEqual([2, expect.stringContaining('is missing')])
  })

  it('says of a shard that is cut which file that is, whatever it is called', async () => {
    await touchstone(...small, '-r', 'cut', '--shard', '1/2')
    const whole = readFileSync(join(folder, 'cut/shard-1-of-2.json'))
    rmSync(join(folder, 'cut/shard-1-of-2.json'))
    writeFileSync(join(folder, 'cut/first.json'), whole.subarray(0, 1000))
    const { code, err } = await touchstone('merge', 'cut', '-r', 'merged')
    expect(err).toMatch(
      /first\.json is damaged: it is cut short, after 1000 bytes\n {2}run this shard again/,
    )
    expect(code).toBe(2)
  })

  it('takes no option of a shard that would say nothing', async () => {
    for (const [word, problem] of [
      ['--junit=x.xml', 'a shard is no report: --junit is for touchstone merge'],
      ['--fail-fast', '--fail-fast would end one shard and not the others'],
      ['--shard=3/2', 'It is no place such as 2/7'],
    ] as const) {
      const { code, err } = await touchstone(...small, '--shard', '1/2', word)
      expect([code, err]).toEqual([2, expect.stringContaining(problem)])
    }
  })
})
