import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { canonical } from '../base/json.ts'
import { conforming, violating } from '../fixtures/sample-reports.ts'
import { digestOf, serialized } from './digest.ts'
import type { Report } from './model.ts'
import { readReports } from './read.ts'

describe('canonical JSON', () => {
  it('is that of the example of RFC 8785, section 3.2', () => {
    const value = JSON.parse(String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`)
    expect(canonical(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    )
  })

  it('has members in the order of UTF-16 code units, as section 3.2.3 has them, numbers too', () => {
    const names = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6', '10', '9']
    const written = canonical(Object.fromEntries(names.map((name) => [name, 0])))
    expect(
      [...written.matchAll(/"([^"]+)":0/g)].map(([, name]) => JSON.parse(`"${name}"`)),
    ).toEqual(['\r', '1', '10', '9', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33'])
  })
})

describe('a written report', async () => {
  const [good, bad] = await Promise.all([conforming(), violating()])
  const text = serialized(bad)
  const matrix = serialized({ format: 'touchstone-matrix/1', reports: [good, bad] })

  it('holds the SHA-256 of the rest of it, in whichever order that is read', () => {
    const { digest, ...rest } = JSON.parse(text)
    const hash = createHash('sha256').update(canonical(rest)).digest('hex')
    expect(digest).toBe(`sha256:${hash}`)
    const backwards = Object.fromEntries(Object.entries({ digest, ...rest }).reverse())
    expect(readReports(JSON.stringify(backwards))).toHaveLength(1)
    expect(digestOf(bad)).toBe(digest)
    expect(readReports(matrix).map((report) => report.digest)[1]).toBe(digest)
  })

  it('is refused with its reason where it was cut short', () => {
    expect(() => readReports(text.slice(0, 5000))).toThrow('it is cut short, after ')
    expect(() => readReports('')).toThrow('it is empty')
    expect(() => readReports('{"format": 1,}')).toThrow(/JSON|property name/)
  })

  it.each(['touchstone-report/2', 'touchstone-matrix/10'])(
    'is refused in the format %s',
    (format) => {
      const later = JSON.stringify({ ...JSON.parse(text), format })
      expect(() => readReports(later)).toThrow(`it is in the format ${format}, and this version`)
    },
  )

  const changes: readonly (readonly [string, (report: Report) => unknown])[] = [
    [
      'a verdict',
      (r) => ({ ...r, clauses: [{ ...r.clauses[0]!, verdict: 'conforms' }, r.clauses[1]] }),
    ],
    ['a figure', (r) => ({ ...r, summary: { ...r.summary, violates: 0 } })],
    ['a clause that is left out', (r) => ({ ...r, clauses: r.clauses.slice(1) })],
    ['a field that nobody knows', (r) => ({ ...r, more: 1 })],
  ]
  it.each(changes)('is refused after a change of %s', (_, change) => {
    const changed = JSON.stringify(change(JSON.parse(text)))
    expect(() => readReports(changed)).toThrow('it was changed after it was written')
  })

  it('is refused where a report of a matrix was changed, or left out', () => {
    const whole = JSON.parse(matrix)
    const fewer = JSON.stringify({ ...whole, reports: whole.reports.slice(1) })
    expect(() => readReports(fewer)).toThrow('it was changed after it was written')
  })
})
