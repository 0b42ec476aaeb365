import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { touchstone } from '../../conformance/fixtures/command-line.ts'
import { start } from './ended.ts'
import { judge } from './judge.ts'

const cwd = mkdtempSync(join(tmpdir(), 'touchstone-judge-'))
const temporary = join(cwd, 'tmp')
mkdirSync(temporary)
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

const folder = join(cwd, 'report')
const words = ['run', '-d', 'cpu', '-c', 'resnet.stage.cost-constant', '-n', '2', '-r', 'report']
touchstone(words, { cwd })
const place = { folder, temporary, before: null }
const passed = { code: 0, signal: null, err: '', orphans: 0 }

describe('what an interrupted run left', () => {
  it('is whole, with the exit code that it deserves', () => {
    expect(judge(place, passed)).toEqual({ became: 'whole', problem: null })
    const failed = judge(place, { ...passed, code: 1 })
    expect(failed.problem).toBe('it ended with 1, and its report passes')
    expect(judge(place, { ...passed, code: 4, err: 'defect' }).problem).toContain('ended with 4')
    expect(judge(place, { ...passed, orphans: 1 }).problem).toBe('1 processes ran on')
  })

  it('is the report of before only where its exit code says so', () => {
    const untouched = { ...place, before: readFileSync(join(folder, 'report.json'), 'utf8') }
    expect(judge(untouched, { ...passed, code: 2 })).toEqual({ became: 'untouched', problem: null })
    const killed = { ...passed, code: null, signal: 'SIGKILL' } as const
    expect(judge(untouched, killed)).toEqual({ became: 'untouched', problem: null })
    expect(judge(untouched, passed).problem).toContain('its report is untouched')
  })

  it('is noticed where it is broken, or made of two', () => {
    const page = readFileSync(join(folder, 'index.html'), 'utf8')
    writeFileSync(join(folder, 'index.html'), page.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]*Z/g, ''))
    expect(judge(place, passed).problem).toBe('index.html is of another report')
    const text = readFileSync(join(folder, 'report.json'), 'utf8')
    writeFileSync(join(folder, 'report.json'), text.slice(0, text.length / 2))
    expect(judge(place, passed).problem).toContain('report.json is broken: it is cut short')
  })
})

describe.skipIf(process.platform !== 'linux')(
  'a process that is left behind (on Linux: /proc)',
  () => {
    it('is found by the variable that it inherited, and ended', async () => {
      const { ended } = start(['bash', '-c', 'setsid sleep 600 & exit 3'], { cwd, temporary })
      expect(await ended).toMatchObject({ code: 3, orphans: 1 })
    }, 60_000)
  },
)
