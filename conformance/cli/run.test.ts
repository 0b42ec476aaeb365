import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { command, userFolder } from '../fixtures/user-folder.ts'
import type { Matrix, Report } from '../suite/model.ts'
import { problemWith } from '../suite/schema.ts'

const { folder, reportIn, touchstone } = userFolder()

/** A run that costs little: one clause, on the device that starts fastest. */
const small = ['run', '--device', 'cpu', '--clause', 'resnet.stage.cost-constant', '--runs', '5']

describe('touchstone run', () => {
  it('checks the clauses that match, and leaves a report', async () => {
    const { code, out, err } = await touchstone(...small, '--report', 'good')
    expect(code, out + err).toBe(0)
    expect(out).toContain('1 of 1 conform')
    // Nobody watches, and it is over before a line would be due.
    expect(err).toBe('')
    const report = reportIn('good')
    expect(problemWith('report', report)).toBeNull()
    expect(report.clauses.map(({ id }) => id)).toEqual(['resnet.stage.cost-constant'])
    expect(report.environment).toMatchObject({ seed: 0, runs: 5, device: 'cpu, plain JavaScript' })
    expect(existsSync(join(folder, 'good/index.html'))).toBe(true)
    expect(existsSync(join(folder, 'good/clauses/resnet.stage.cost-constant.html'))).toBe(true)
  })

  it('prints the report and nothing else with --json', async () => {
    const { code, out } = await touchstone(...small, '--json', '--seed', '-7', '--report', 'json')
    expect(code).toBe(0)
    const report = JSON.parse(out) as Report
    expect(problemWith('report', report)).toBeNull()
    expect(report.environment.seed).toBe(-7)
    expect(report).toEqual(reportIn('json'))
  })

  it('takes no case that was not run for a pass when the time is over', async () => {
    const { code } = await touchstone(
      'run',
      '--device',
      'cpu',
      '--clause',
      'resnet.block.*,cnn.conv2d.forward',
      '--time',
      '0.001',
      '--report',
      'late',
    )
    expect(code).toBe(1)
    const { summary } = reportIn('late')
    expect(summary.conforms).toBeLessThan(summary.properties)
    expect(summary.notRun + summary.interrupted).toBe(summary.properties - summary.conforms)
  })

  it.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM'] as const)(
    'reports what was done when it gets a %s (not on Windows, which has no such signals)',
    async (signal) => {
      const words = ['run', '--device', 'cpu', '--clause', 'resnet.*', '--report', signal]
      const child = spawn(process.execPath, [command, ...words], { cwd: folder, stdio: 'pipe' })
      child.stdout.once('data', () => child.kill(signal))
      const code = await new Promise((resolve) => child.once('close', resolve))
      expect(code).toBe(1)
      const { summary } = reportIn(signal)
      expect(summary.notRun).toBeGreaterThan(0)
      expect(summary.violates + summary.errored).toBe(0)
    },
  )

  it('ends without a stack trace when nobody reads on', async () => {
    const child = spawn(process.execPath, [command, 'list'], { stdio: 'pipe' })
    child.stdout.destroy()
    let said = ''
    child.stderr.on('data', (text) => {
      said += text
    })
    const code = await new Promise((resolve) => child.once('close', resolve))
    expect([code, said]).toEqual([141, ''])
  })

  it('ends at the first failure with --fail-fast, and reports it', async () => {
    const words = ['-i', './flawed.ts', '-c', 'cnn.conv2d.*', '--fail-fast', '-r', 'first']
    const { code, out } = await touchstone('run', ...words)
    expect(code, out).toBe(1)
    expect(out).toContain('the run ended at the first failure')
    const { summary } = reportIn('first')
    expect(summary.violates + summary.errored).toBe(1)
    expect(summary.notRun).toBeGreaterThan(0)
  })

  it('shows a violation with its case, and a command that replays it', async () => {
    const first = await touchstone(
      'run',
      '-i',
      './flawed.ts',
      '-c',
      'cnn.conv2d.forward',
      '-n',
      '20',
      '-r',
      'bad reports',
    )
    expect(first.code).toBe(1)
    expect(first.out).toContain('violates  cnn.conv2d: wrong values')
    expect(first.out).toContain('cnn.conv2d.forward--exact--')
    expect(first.out).toMatch(/expected +1\n +got +0\n +off by +1; rounding explains up to 0/)
    expect(first.out).toContain('violates  cnn.conv2d: answers of a wrong shape, in 1 clause')
    // Its smallest case is that of a forgotten bias, too; its other answers are not.
    expect(first.out).not.toContain('forgets the bias')
    expect(problemWith('report', reportIn('bad reports'))).toBeNull()

    const line = first.out.split('\n').find((text) => text.includes('npx touchstone replay'))!
    const words = line
      .trim()
      .match(/'[^']*'|\S+/g)!
      .slice(2)
      .map((word) => word.replaceAll("'", ''))
    const again = await touchstone(...words)
    expect(again.code).toBe(1)
    expect(again.out).toContain('violates  cnn.conv2d.forward/exact')

    const [replay, capsule] = words as [string, string]
    const ours = await touchstone(replay, capsule, '--device', 'cpu', '--json')
    expect(ours.code, ours.err).toBe(0)
    expect(JSON.parse(ours.out)).toEqual({ outcome: 'conforms', cases: 1, worstUtilization: 0 })

    const files = readdirSync(join(folder, 'bad reports/capsules'))
    const kept = files.filter((file) => file.endsWith('.json'))
    expect(files.filter((file) => /\.(ts|py)$/.test(file))).toHaveLength(2 * kept.length)
    for (const file of kept) {
      const content = JSON.parse(readFileSync(join(folder, 'bad reports/capsules', file), 'utf8'))
      expect(problemWith('capsule', content)).toBeNull()
    }
    expect(kept.length).toBeGreaterThan(0)
  })

  it('gives first aid where an operation is wrong nearly everywhere', async () => {
    const words = ['-i', './flips.ts', '-c', 'cnn.conv2d.forward', '-n', '10', '-r', 'aided']
    const { code, out } = await touchstone('run', ...words)
    expect(code).toBe(1)
    expect(out.replace(/\s+/g, ' ')).toMatch(
      /first aid cnn\.conv2d is wrong nearly everywhere \(\d of \d properties\): its answers equal ours with filters flipped along Hf and Wf/,
    )
    expect(reportIn('aided').firstAid).toMatchObject([{ operation: 'cnn.conv2d' }])
    expect(problemWith('report', reportIn('aided'))).toBeNull()
  })

  it('goes on when a kept capsule makes no sense, and says so', async () => {
    mkdirSync(join(folder, 'odd/capsules'), { recursive: true })
    writeFileSync(join(folder, 'odd/capsules/x.capsule.json'), '{"format":')
    writeFileSync(join(folder, 'odd/capsules/y.capsule.json'), '{"format":"touchstone-capsule/1"}')
    const { code, err } = await touchstone(...small, '--report', 'odd')
    expect(code).toBe(0)
    expect(err).toContain('not tried: odd/capsules/x.capsule.json')
    expect(err).toContain(
      "not tried: odd/capsules/y.capsule.json: it must have required property 'clause'",
    )
  })

  it('checks several implementations, each with the report that a single run writes', async () => {
    const { code, out } = await touchstone(
      'run',
      '-d',
      'cpu',
      '-d',
      'wasm',
      '-i',
      './flawed.ts',
      '-c',
      'cnn.conv2d.forward',
      '-n',
      '5',
      '-r',
      'several',
    )
    expect(code).toBe(1)
    for (const line of out.split('\n').slice(0, 14)) expect(line.length).toBeLessThanOrEqual(80)
    expect(out).toContain('  1       1 of 1  touchstone')
    expect(out).toMatch(/cnn\.conv2d\.forward +· +· +V\n/)
    const matrix = reportIn('several') as unknown as Matrix
    expect(problemWith('matrix', matrix)).toBeNull()
    const folders = ['touchstone-cpu', 'touchstone-wasm', 'flawed-b-here']
    for (const [position, name] of folders.entries()) {
      expect(reportIn(`several/${name}`)).toEqual(matrix.reports[position])
    }
    const html = readFileSync(join(folder, 'several/index.html'), 'utf8')
    for (const [, href] of html.matchAll(/href="([^"]+)"/g)) {
      const [page, id] = href!.split('#')
      const text = readFileSync(join(folder, 'several', page || 'index.html'), 'utf8')
      if (id !== undefined) expect(text, href).toContain(`id="${id}"`)
    }
  })
})
