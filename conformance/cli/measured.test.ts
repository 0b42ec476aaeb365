import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { userFolder } from '../fixtures/user-folder.ts'

const { folder, reportIn, touchstone } = userFolder()

const small = ['run', '-d', 'cpu', '-c', 'resnet.{stage,block}.*', '-n', '2']

describe('run --shard --measured', () => {
  it('divides by the seconds of a report: what took nearly all of them is a shard by itself', async () => {
    await touchstone(...small, '-r', 'whole')
    const { clauses, digest: _, ...report } = reportIn('whole')
    expect(clauses.length).toBeGreaterThan(3)
    // By its cases alone this one is as small as the others.
    const heavy = clauses.at(-1)!.id
    const timed = clauses.map((clause) => ({
      ...clause,
      properties: clause.properties.map((property) => ({
        ...property,
        seconds: clause.id === heavy ? 1000 : 0.001,
      })),
    }))
    writeFileSync(join(folder, 'timed.json'), JSON.stringify({ ...report, clauses: timed }))
    const part = (i: number, measured: string) =>
      touchstone(...small, '-r', `by-${measured}`, '--shard', `${i}/2`, '--measured', measured)
    const clausesOf = async (i: number) =>
      Number(/: (\d+) clauses? in/.exec((await part(i, 'timed.json')).out)?.[1])
    expect([await clausesOf(1), await clausesOf(2)].toSorted()).toEqual([1, clauses.length - 1])
    const merged = await touchstone('merge', 'by-timed.json', '-r', 'merged')
    expect(merged.code, merged.err).toBe(0)
    const verdicts = (name: string) =>
      reportIn(name).clauses.map(({ id, properties }) => [id, properties.map((p) => p.verdict)])
    expect(verdicts('merged')).toEqual(verdicts('whole'))
    // Shards that are divided by other seconds are none of the same run.
    await part(1, 'whole/report.json')
    const shards = ['by-timed.json/shard-2-of-2.json', 'by-whole/report.json/shard-1-of-2.json']
    const { code, err } = await touchstone('merge', ...shards, '-r', 'mixed')
    expect([code, err]).toEqual([2, expect.stringMatching(/another division of the clauses/)])
  })

  it('says what is no report, and what is measured for nothing', async () => {
    writeFileSync(join(folder, 'not.json'), '{"seconds": 3}')
    const wrong = await touchstone(...small, '--shard', '1/2', '--measured', 'not.json')
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('not.json is no report')])
    const alone = await touchstone(...small, '--measured', 'not.json')
    expect([alone.code, alone.err]).toEqual([2, expect.stringContaining('give it a --shard')])
  })
})
