import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { userFolder } from '../fixtures/user-folder.ts'
import { problemWith } from '../suite/schema.ts'

const { folder, reportIn, touchstone } = userFolder()

describe('other forms of a run', () => {
  const flawed = ['run', '-i', './flawed.ts', '-c', 'cnn.conv2d.forward', '-n', '5']

  it('are files, and annotations that point at the line of the operation', async () => {
    const files = ['junit', 'markdown', 'sarif', 'badge']
    const options = files.flatMap((form) => [`--${form}`, `out/x.${form}`])
    const { out } = await touchstone(...flawed, '-r', 'forms', ...options, '--annotations')
    const [junit, markdown, sarif, badge] = files.map((form) =>
      readFileSync(join(folder, `out/x.${form}`), 'utf8'),
    )
    expect(junit).toContain('flawed &lt;b&gt; 1.2.3')
    expect(markdown).toContain('0 of 1 clause conform')
    const [result] = JSON.parse(sarif!).runs[0].results
    expect(result.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'flawed.ts' },
      region: { startLine: 6 },
    })
    expect(JSON.parse(badge!)).toMatchObject({ message: '0 of 1 clause', color: 'red' })
    expect(out).toMatch(/^::error file=flawed\.ts,line=6,title=flawed <b> 1\.2\.3::cnn\.conv2d: /m)
    expect(problemWith('report', reportIn('forms'))).toBeNull()
  })

  it('with known failures succeed, and say which', async () => {
    const failures = [
      { clause: 'cnn.conv2d.*', implementation: 'flawed*', versions: '^1.2', reason: 'no bias' },
      { clause: 'cnn.nothing', reason: 'x' },
    ]
    const text = JSON.stringify({ format: 'touchstone-known/1', failures })
    writeFileSync(join(folder, 'known.json'), text)
    const { code, out } = await touchstone(...flawed, '-r', 'known', '--known', 'known.json')
    expect(code, out).toBe(0)
    expect(out).toContain('0 of 1 conform')
    expect(out).toContain('cnn.conv2d.forward/exact: no bias')
    expect(out).toContain('cnn.nothing: it matches nothing in the specification')
    expect(problemWith('report', reportIn('known'))).toBeNull()
  })

  it('are compared: what stopped to conform is a failure', async () => {
    await touchstone('run', '-d', 'cpu', '-c', 'cnn.conv2d.forward', '-n', '5', '-r', 'before')
    await touchstone(...flawed, '-r', 'after')
    const worse = await touchstone('compare', 'before/report.json', 'after/report.json')
    expect(worse.code).toBe(1)
    expect(worse.out).toContain('stopped to conform, now violates\n    cnn.conv2d.forward/exact')
    const better = await touchstone('compare', 'after/report.json', 'before/report.json')
    expect(better.code).toBe(0)
    expect(better.out).toContain('began to conform, before violates\n    cnn.conv2d.forward/exact')
  })

  it('are tried out by smoke', async () => {
    const wrong = await touchstone('smoke', '-i', './flawed.ts', '--json')
    expect(wrong.code).toBe(1)
    expect(JSON.parse(wrong.out)).toMatchObject([
      { operation: 'cnn.conv2d', blame: 'implementation' },
    ])
    const right = await touchstone('smoke', '-d', 'cpu')
    expect(right.code, right.out).toBe(0)
    expect(right.out).toContain('right     cnn.conv2d\n')
  })
})
