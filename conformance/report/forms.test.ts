import { describe, expect, it } from 'vitest'
import type { Verdict } from '../engine/verdict.ts'
import {
  changed,
  conforming,
  errored,
  reportOn,
  right,
  spoilt,
  violating,
} from '../fixtures/sample-reports.ts'
import { withReplays } from '../suite/capsules.ts'
import { compareReports } from '../suite/changes.ts'
import { readKnown, withKnown } from '../suite/known.ts'
import type { Report } from '../suite/model.ts'
import { passes } from '../suite/verdict.ts'
import { junitOf } from './junit.ts'
import { markdownOf } from './markdown.ts'
import { describe as describeInTerminal } from './terminal.ts'
import { describeMatrix } from './terminal-matrix.ts'
import { scopeNote } from './totals.ts'

const [good, bad, broken] = await Promise.all([conforming(), violating(), errored()])
/** A report with other verdicts, by the place of the property. */
function withVerdicts(
  report: Report,
  change: (verdict: Verdict, place: number) => Verdict,
): Report {
  let place = 0
  const changed = report.clauses.map((clause) => ({
    ...clause,
    properties: clause.properties.map((property) => ({
      ...property,
      verdict: change(property.verdict, place++),
    })),
  }))
  return { ...report, clauses: changed }
}

const terminal = { columns: 80, write: () => {}, style: (_: unknown, text: string) => text }

describe('the terminal', () => {
  it('says it at a glance first, then what violates, within 80 columns', () => {
    const text = describeInTerminal(bad, terminal)
    expect(text.indexOf('clauses     1 of 2 conform')).toBeLessThan(text.indexOf('violates  cnn'))
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80)
    expect(text).toContain('  in cnn.conv2d.forward: ')
    const matrix = describeMatrix([good, bad, broken], terminal)
    for (const line of matrix.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80)
  })

  it('says what explains operations that are wrong nearly everywhere, each reason once', () => {
    const aid = (operation: string, says: string | null) => {
      return { operation, failing: 4, properties: 5, says }
    }
    const report: Report = {
      ...bad,
      firstAid: [aid('a.one', null), aid('a.two', 'H and W'), aid('a.three', 'H and W')],
    }
    const text = describeInTerminal(report, terminal)
    expect(text.replace(/\s+/g, ' ')).toContain(
      'first aid a.two is wrong nearly everywhere (4 of 5 properties), and so is 1 other operation: H and W a.one is wrong nearly everywhere (4 of 5 properties): no usual misreading',
    )
    expect(markdownOf([report])).toContain('First aid: ')
    expect(describeInTerminal(bad, terminal)).not.toContain('first aid')
  })

  it('says with how many cases a run would come to its end in the time', () => {
    const late = (cases: number): Report => ({
      ...good,
      environment: { ...good.environment, runs: 100 },
      clauses: good.clauses.map((clause) => ({
        ...clause,
        verdict: 'interrupted',
        properties: clause.properties.map((property) => ({
          ...property,
          verdict: { outcome: 'interrupted', cases, reason: 'the time given was over' },
        })),
      })),
    })
    expect(describeInTerminal(late(10), terminal).replace(/\s+/g, ' ')).toContain(
      '--runs 6 would fit into this time',
    )
    expect(describeInTerminal(late(1), terminal)).toMatch(/more of it may be\s+given with --time/)
    expect(describeInTerminal(good, terminal)).not.toContain('no pass')
  })

  it('says how far everything came where the time was over, and names what had no case', () => {
    const limited = withVerdicts(good, (verdict, i) =>
      i === 0 ? verdict : { outcome: 'conforms', cases: i, worstUtilization: 0, left: 100 - i },
    )
    const text = describeInTerminal(limited, terminal).replace(/\s+/g, ' ')
    const clauses = good.clauses.length
    expect(text).toContain(`${clauses} of ${clauses} conform, on what the time allowed`)
    const fewer = good.summary.properties - 1
    expect(text).toContain(
      `time was enough for all cases of 1 property, fewer of ${fewer} (1 to ${fewer}), none of 0`,
    )
    expect(text).not.toContain('no pass')
    expect(markdownOf([limited])).toContain('The time was enough for all cases of 1 property')

    const reason = 'the time given was over'
    const untried = withVerdicts(limited, (verdict, i) =>
      i === 1 ? { outcome: 'interrupted', cases: 0, reason } : verdict,
    )
    const said = describeInTerminal(untried, terminal).replace(/\s+/g, ' ')
    expect(said).toContain(`none of 1`)
    const [, second] = good.clauses.flatMap(({ properties }) => properties)
    expect(said).toContain(`interrupted, ${reason}: 1 property, ${second!.id}`)
    expect(said).toContain('what had no case, or no time for its faults, is no pass')
  })

  it('says what could be declared where a refusal or two answers may be meant', () => {
    const declare = (report: Report) => describeInTerminal(report, terminal).replace(/\s+/g, ' ')
    const kind = (kind: 'refused' | 'unstable', withinBound: boolean) =>
      withVerdicts(bad, (verdict) => {
        if (verdict.outcome !== 'violates') return verdict
        const twice = { label: 'y', index: [0], first: 1, second: 1.5, withinBound }
        return kind === 'refused'
          ? { ...verdict, outcome: 'errored', kind }
          : { ...verdict, outcome: 'unstable', kind, twice }
      })
    expect(declare(kind('refused', false))).toContain('by `supports`, or by throwing Unsupported')
    expect(declare(kind('unstable', true))).toContain("declares `reproducible: 'within-bound'`")
    expect(declare(kind('unstable', false))).not.toContain('reproducible')
    expect(declare(bad)).not.toMatch(/Unsupported|reproducible/)
  })

  it('counts cases that are open apart from those that are evidence', () => {
    const open = { ...good, summary: { ...good.summary, cases: 100, open: 7 } }
    expect(describeInTerminal(open, terminal)).toMatch(/100 in .* s; 7 more are open and do not/)
    const none = { ...good, summary: { ...good.summary, open: 0 } }
    expect(describeInTerminal(none, terminal)).not.toContain('open')
  })

  it('shows what an implementation sent without obeying it', () => {
    const text = describeInTerminal(broken, terminal) + describeMatrix([broken, good], terminal)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/)
    expect(text).toContain('\\u{1b}[31m')
  })
})

describe('what a failure is put down to', () => {
  it('is the formula of the same operation, which is told once', () => {
    const causes = Object.fromEntries(broken.clauses.map(({ id, cause }) => [id, cause]))
    expect(causes).toEqual({
      'cnn.conv2d.forward': null,
      'resnet.block.forward': null,
      'resnet.block.identity-free': 'resnet.block.forward',
    })
    const text = describeInTerminal(broken, terminal)
    expect(text.match(/errored {2}resnet\.block: /g)).toHaveLength(1)
    expect(text).toContain('in resnet.block.forward, resnet.block.identity-free: ')
  })

  it('is nothing when the formula holds', async () => {
    const report = await reportOn(
      spoilt({
        'resnet.blockGradient': changed('resnet.blockGradient', (value) => value + 1),
      }),
      ['resnet.block.forward', 'resnet.block.gradient'],
    )
    expect(report.clauses.map(({ verdict, cause }) => [verdict, cause])).toEqual([
      ['conforms', null],
      ['violates', null],
    ])
  })
})

describe('a device that did not do the work', () => {
  it('leaves no pass, and loses nothing', async () => {
    let asked = 0
    const report = await reportOn(
      {
        ...right,
        assertDevice: () => {
          if (++asked === 3) throw new Error('the backend in use is "cpu"')
        },
      },
      ['cnn.conv2d.forward', 'resnet.stage.cost-constant'],
    )
    expect(report.environment.mismatch).toBe('the backend in use is "cpu"')
    expect(report.summary).toMatchObject({ conforms: 0, errored: report.summary.properties })
    expect(passes(report)).toBe(false)
  })
})

describe('JUnit', () => {
  it('counts every property, and calls nothing a success that is none', () => {
    const xml = junitOf([bad])
    const { summary } = bad
    expect(xml).toContain(`tests="${summary.properties}" failures="${summary.violates}" errors="0"`)
    expect(xml.match(/<testcase /g)).toHaveLength(summary.properties)
    expect(xml.match(/<failure /g)).toHaveLength(summary.violates)
  })

  it('is well formed whatever an implementation sent', () => {
    const xml = junitOf([broken, good])
    // Tags nest, attributes are quoted, and nothing else is left of markup.
    const open: string[] = []
    const rest = xml.replace(
      /<(\?xml[^?]*\?|\/?[a-z]+(?: [a-z]+="[^"<]*")*\/?)>/g,
      (_, tag: string) => {
        if (tag.startsWith('/')) expect(open.pop()).toBe(tag.slice(1))
        else if (!tag.startsWith('?') && !tag.endsWith('/')) open.push(tag.split(' ')[0]!)
        return ''
      },
    )
    expect(open).toEqual([])
    expect(rest).not.toMatch(/[<>]|&(?!amp;|lt;|gt;|quot;|apos;)/)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML does not allow them
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff]/)
  })
})

describe('Markdown', () => {
  it('shows the figures, the case and the command', () => {
    const replayed = withReplays(bad, () => 'npx touchstone replay x.capsule.json')
    const text = markdownOf([replayed])
    expect(text).toContain('**1 of 2 clauses conform**')
    expect(text).toContain('- expected: `0`\n- got: `1`')
    expect(text).toContain('```sh\nnpx touchstone replay x.capsule.json\n```')
    expect(markdownOf([good, bad])).toContain('| `cnn.conv2d.forward` | conforms | violates |')
  })

  it('lets no markup through outside of code', () => {
    const text = markdownOf([broken, good]).replace(/(`+)[^`][\s\S]*?\1/g, '')
    const own = /<details><summary>[^<\n]*<\/summary>|<\/details>/g
    expect(text.match(own)!.length).toBeGreaterThan(3)
    expect(text.replace(own, '')).not.toMatch(/<|\$|\{\{/)
  })
})

describe('known failures', () => {
  const known = (...failures: readonly object[]) =>
    readKnown(JSON.stringify({ format: 'touchstone-known/1', failures }), 'known.json')
  const conv = { clause: 'cnn.conv2d.*', reason: 'adds one' }

  it('let a run succeed, and stay failures in the figures', () => {
    const report = withKnown(bad, known(conv))
    expect(passes(bad)).toBe(false)
    expect(passes(report)).toBe(true)
    expect(report.summary).toEqual(bad.summary)
    expect(report.known?.failing.length).toBe(bad.summary.violates)
    expect(report.known?.stale).toEqual([])
    expect(junitOf([report]).match(/<skipped message="known: adds one"/g)).toHaveLength(
      bad.summary.violates,
    )
    expect(describeInTerminal(report, terminal)).toContain('cnn.conv2d.forward/exact: adds one')
  })

  it('hold for the implementation and the versions that they name', () => {
    const applies = (more: object) => passes(withKnown(bad, known({ ...conv, ...more })))
    expect(applies({ implementation: 'off*' })).toBe(true)
    expect(applies({ implementation: 'other' })).toBe(false)
    expect(applies({ versions: '>=2 <3' })).toBe(true)
    expect(applies({ versions: '<2.1.0' })).toBe(false)
  })

  it('hold for the properties that they name', () => {
    const report = withKnown(bad, known({ property: 'cnn.conv2d.forward/exact', reason: 'x' }))
    expect(report.known?.failing.map(({ property }) => property)).toEqual([
      'cnn.conv2d.forward/exact',
    ])
    expect(passes(report)).toBe(false)
  })

  it('are reported when they match nothing or no longer fail', () => {
    const report = withKnown(
      good,
      known(
        conv,
        { clause: 'cnn.convd.*', reason: 'x' },
        { clause: 'resnet.block.*', reason: 'x' },
      ),
    )
    expect(report.known?.stale).toEqual([
      { entry: 'cnn.conv2d.*', problem: 'what it matches conforms' },
      { entry: 'cnn.convd.*', problem: 'it matches nothing in the specification' },
    ])
    expect(passes(report)).toBe(true)
  })

  it.each([
    ['without a reason', { clause: 'x' }],
    ['about nothing', { reason: 'x' }],
    ['about two things', { clause: 'x', property: 'y', reason: 'x' }],
    ['with a range that is none', { clause: 'x', reason: 'x', versions: 'new' }],
    ['with a field that there is not', { clause: 'x', reason: 'x', until: 'y' }],
  ])('are refused %s', (_, entry) => {
    expect(() => known(entry)).toThrow('known.json is no file of known failures')
  })

  it('never excuse what was not run', () => {
    const late: Report = {
      ...bad,
      clauses: bad.clauses.map((clause) => ({
        ...clause,
        properties: clause.properties.map((property) => ({
          ...property,
          verdict: { outcome: 'not-run', reason: 'late' },
        })),
      })),
    }
    expect(passes(withKnown(late, known({ clause: '*', reason: 'x' })))).toBe(false)
  })
})

it('a run that was cut off says how many clauses are not finished', () => {
  const [first, ...others] = good.clauses
  expect(scopeNote(good)).toBe('')
  const cut = { ...good, clauses: [first!, ...others.map((it) => ({ ...it, verdict: 'not-run' }))] }
  expect(scopeNote(cut as Report)).toBe(`, ${others.length} not finished`)
  const begun = { ...good, clauses: [{ ...first!, verdict: 'interrupted' }, ...others] }
  expect(scopeNote(begun as Report)).toBe(', 1 not finished')
})

describe('the comparison of two runs', () => {
  it('tells what stopped and what began', () => {
    const worse = compareReports([good], [bad]).changes[0]!
    expect(worse.stopped.map(({ property }) => property)).toContain('cnn.conv2d.forward/exact')
    expect(worse.began).toEqual([])
    const better = compareReports([bad], [good]).changes[0]!
    expect(better.stopped).toEqual([])
    expect(better.began).toHaveLength(worse.stopped.length)
  })

  it('tells what is declined that was taken before', async () => {
    const supports = { 'cnn.conv2d': { parameters: { strides: 1 } } }
    const narrow = await reportOn({ ...right, supports }, ['cnn.conv2d.forward'])
    const whole = await reportOn(right, ['cnn.conv2d.forward'])
    expect(compareReports([whole], [narrow]).changes[0]!.narrowed).toEqual(['strides above 1'])
    expect(compareReports([narrow], [whole]).changes[0]!.narrowed).toEqual([])
    expect(compareReports([narrow], [narrow]).changes[0]!.narrowed).toEqual([])
  })

  it('compares implementations by name, whatever their versions', () => {
    const renewed = (report: Report, version: string): Report => ({
      ...report,
      environment: {
        ...report.environment,
        implementation: { ...report.environment.implementation, version },
      },
    })
    const comparison = compareReports([good, bad], [renewed(bad, '9'), broken])
    expect(comparison.changes.map(({ implementation }) => implementation)).toEqual([
      'off <b>by</b> one',
    ])
    expect(comparison.changes[0]).toMatchObject({ stopped: [], began: [] })
    expect(comparison.gone).toEqual(['reference'])
    expect(comparison.added).toHaveLength(1)
  })
})
