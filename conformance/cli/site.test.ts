import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { stringify } from '../base/json.ts'
import { conforming, violating } from '../fixtures/sample-reports.ts'
import { serialized } from '../suite/digest.ts'
import { siteCommand } from './site.ts'

const [good, bad] = await Promise.all([conforming(), violating()])
const folder = mkdtempSync(join(tmpdir(), 'touchstone-many-runs-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const at = (name: string) => join(folder, name)
const put = (name: string, text: string) => {
  writeFileSync(at(name), text)
  return at(name)
}

describe('touchstone site', () => {
  it('makes one site of reports, folders and matrices, each run once', async () => {
    mkdirSync(at('run'))
    put('run/report.json', serialized(good))
    const matrix = put(
      'm.json',
      serialized({ format: 'touchstone-matrix/1', reports: [good, bad] }),
    )
    const files = [at('run'), matrix, put('bad.json', serialized(bad))]
    const options = { report: at('site'), badge: at('badge.json'), markdown: at('all.md') }
    await siteCommand(files, options)
    const { reports } = JSON.parse(readFileSync(at('site/report.json'), 'utf8'))
    expect(reports).toHaveLength(2)
    expect(readFileSync(at('site/index.html'), 'utf8')).toContain('2 implementations')
    expect(existsSync(at('site/findings.html'))).toBe(true)
    expect(JSON.parse(readFileSync(at('badge.json'), 'utf8')).message).toMatch(/^1 of 2 impl/)
    expect(readFileSync(at('all.md'), 'utf8')).toContain('| ✅ |')
  })

  const text = serialized(bad)
  it.each([
    ['was cut short', text.slice(0, -2000), 'it is cut short, after'],
    ['was changed', text.replace('"seed": 0', '"seed": 1'), 'it was changed after'],
    ['has no digest', stringify(bad), 'it has no digest'],
  ])('refuses a report that %s, and writes nothing', async (_, spoilt, reason) => {
    const files = [put('spoilt.json', spoilt)]
    const refusal = { advice: [expect.stringContaining(reason)] }
    await expect(siteCommand(files, { report: at('nowhere') })).rejects.toThrow(
      expect.objectContaining(refusal),
    )
    expect(existsSync(at('nowhere'))).toBe(false)
  })
})
