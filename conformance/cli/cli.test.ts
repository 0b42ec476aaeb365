import { execFile, spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clauses } from '../../spec/index.ts'
import type { Matrix, Report } from '../suite/model.ts'
import { problemWith } from '../suite/schema.ts'

const command = fileURLToPath(new URL('touchstone.js', import.meta.url))

/** The real command, in a folder of its own, as a user would type it. */
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'touchstone-cli-'))
  for (const [name, body] of Object.entries(modules)) writeFileSync(join(folder, name), body)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const modules = {
  // Forgets the bias, and has a name that must not become markup.
  'flawed.ts': `
    export default {
      name: 'flawed <b>', version: '1.2.3', precision: 'float32', device: 'here',
      profile: { name: 'ieee' } as const,
      operations: {
        'cnn.conv2d': ({ x, filters }: any, p: any) => {
          const [N, H, W] = x.shape, [Hf, Wf, , Q] = filters.shape
          const shape = [N, Math.max(0, H - Hf + 1), Math.max(0, W - Wf + 1), Q]
          return { y: { dtype: 'float32', shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)) } }
        },
      },
    }`,
  // A convolution in the sense of signal processing.
  'flips.ts': `
    import { loadImplementation } from 'touchstone'
    export default async () => {
      const ours = await loadImplementation('touchstone:cpu')
      const conv2d = ours.operations['cnn.conv2d']
      const flipped = ({ shape, data, dtype }) => {
        const [Hf, Wf, K, Q] = shape
        const at = (i) => (Hf * Wf - 1 - Math.floor(i / (K * Q))) * K * Q + (i % (K * Q))
        return { shape, dtype, data: data.map((_, i) => data[at(i)]) }
      }
      const flips = ({ filters, ...rest }, p) => conv2d({ ...rest, filters: flipped(filters) }, p)
      return { ...ours, levels: [], name: 'flips', operations: { 'cnn.conv2d': flips } }
    }`,
  'throws.js': `throw new Error('no such chip')`,
  'broken.ts': `export default {{`,
  'nothing.js': `export const something = 1`,
  'stranger.js': `export default { name: 'x', precision: 'float32', profile: {}, operations: { 'cnn.convd2': () => {} } }`,
}

/** What `doctor --json` prints. */
interface Diagnoses {
  readonly devices: readonly { readonly device: string; readonly usable: boolean }[]
  readonly libraries: readonly {
    readonly name: string
    readonly version: string | null
    readonly remedy: string
  }[]
}

interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

function touchstone(...words: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [command, ...words],
      { cwd: folder, env: { ...process.env, NO_COLOR: '1' }, maxBuffer: 1 << 26 },
      (error, out, err) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
        resolve({ code, out, err })
      },
    )
  })
}

/** A run that costs little: one clause, on the device that starts fastest. */
const small = ['run', '--device', 'cpu', '--clause', 'resnet.stage.cost-constant', '--runs', '5']

const reportIn = (path: string) =>
  JSON.parse(readFileSync(join(folder, path, 'report.json'), 'utf8')) as Report

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
      expect(existsSync(join(folder, 'several', href!)), href).toBe(true)
    }
  })
})

describe('other forms of a run', () => {
  const flawed = ['run', '-i', './flawed.ts', '-c', 'cnn.conv2d.forward', '-n', '5']

  it('are JUnit and Markdown files', async () => {
    await touchstone(...flawed, '-r', 'forms', '--junit', 'out/x.xml', '--markdown', 'out/x.md')
    expect(readFileSync(join(folder, 'out/x.xml'), 'utf8')).toContain('flawed &lt;b&gt; 1.2.3')
    expect(readFileSync(join(folder, 'out/x.md'), 'utf8')).toContain('0 of 1 clause conform')
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

describe('touchstone list, show, doctor', () => {
  it('lists clauses', async () => {
    const { code, out } = await touchstone('list', '--clause', 'resnet.block.*')
    expect(code).toBe(0)
    expect(out).toContain('resnet.block.forward\n')
    expect(out).not.toContain('cnn.conv2d')
    const json = await touchstone('list', '--json')
    expect(JSON.parse(json.out)).toHaveLength(clauses.length)
  })

  it('shows a clause, with its places', async () => {
    const { code, out } = await touchstone('show', 'cnn.conv2d.forward')
    expect(code).toBe(0)
    expect(out).toContain('Erratum E-01')
    expect(out).toMatch(/reference +reference\/cnn\/conv2d\.ts:\d+/)
    const byFile = await touchstone('show', 'impl/cnn/conv2d.ts', '--json')
    const pages = JSON.parse(byFile.out) as readonly { id: string }[]
    expect(pages.map(({ id }) => id)).toContain('cnn.conv2d.forward')
  })

  it('says what this machine can run', async () => {
    const { code, out } = await touchstone('doctor', '--json')
    expect(code).toBe(0)
    const { devices, libraries } = JSON.parse(out) as Diagnoses
    expect(devices.map(({ device }) => device)).toEqual(['tensorflow', 'webgpu', 'wasm', 'cpu'])
    expect(devices.find(({ device }) => device === 'cpu')?.usable).toBe(true)
    const names = libraries.map(({ name }) => name)
    expect(names).toEqual(['tfjs:cpu, tfjs:wasm, …', 'onnxruntime', 'numpy', 'pytorch', 'jax'])
    for (const { version, remedy } of libraries) {
      if (version === null) expect(remedy).toMatch(/^npx touchstone setup (onnxruntime|python)$/)
    }
    expect(libraries[0]!.version).toMatch(/^4\./)
  })
})

describe('a command that makes no sense', () => {
  it.each([
    ['an unknown command', ['runn'], /did you mean run|unknown command/i],
    ['an unknown option', ['run', '--sed', '1'], /unknown option.*--sed/],
    [
      'an unknown clause',
      ['run', '-c', 'cnn.conv2d.foward'],
      /there is no clause cnn\.conv2d\.foward[\s\S]*did you mean[\s\S]*cnn\.conv2d\.forward/,
    ],
    [
      'a glob that matches nothing',
      ['run', '-c', 'cnnn.*'],
      /no clause matches cnnn\.\*\n +did you mean\n +cnn\.\*/,
    ],
    [
      'an unknown clause to show',
      ['show', 'conv2d.forward'],
      /did you mean\n +cnn\.conv2d\.forward/,
    ],
    [
      'an unknown device',
      ['run', '-d', 'gpu'],
      /'gpu' is invalid.*Devices are auto, tensorflow, webgpu, wasm, cpu/,
    ],
    [
      'a folder that cannot be written',
      [...small, '-r', 'flawed.ts/report'],
      /cannot be written to flawed\.ts\/report[\s\S]*--report/,
    ],
    [
      'a file that cannot be written',
      [...small, '--junit', 'flawed.ts/x.xml'],
      /flawed\.ts\/x\.xml cannot be written/,
    ],
    [
      'a file where a folder is',
      [...small, '--markdown', '.'],
      /\. cannot be written\n +\. is a folder/,
    ],
    [
      'vectors into a file',
      ['vectors', 'export', 'flawed.ts', '-o', 'cnn.flatten'],
      /flawed\.ts\/cnn\.flatten\.json cannot be written/,
    ],
    [
      'a skeleton into a file',
      ['init', 'rust', 'flawed.ts'],
      /flawed\.ts\/Cargo\.toml cannot be written/,
    ],
    [
      'a seed that is no number',
      ['run', '--seed', 'lucky'],
      /'lucky' is invalid.*no whole number of 32 bits/,
    ],
    ['no runs', ['run', '--runs', '0'], /no whole number from 1/],
    ['a time that is no number', ['run', '--time', 'soon'], /no number of seconds above 0/],
    ['a module that is not there', ['run', '-i', './gone.ts'], /there is no file \.\/gone\.ts/],
    [
      'a module that throws',
      ['run', '-i', './throws.js'],
      /\.\/throws\.js does not load\n +no such chip/,
    ],
    ['a module that does not parse', ['run', '-i', './broken.ts'], /\.\/broken\.ts does not load/],
    ['a module without a default export', ['run', '-i', './nothing.js'], /no default export/],
    [
      'a module with an unknown operation',
      ['run', '-i', './stranger.js'],
      /no operation cnn\.convd2[\s\S]*cnn\.conv2d/,
    ],
    [
      'an option of another set-up',
      ['setup', 'python', '--cuda'],
      /are for tensorflow, not for python/,
    ],
    ['two variants at once', ['setup', 'tensorflow', '--cpu', '--cuda'], /exclude each other/],
    ['a capsule that is none', ['replay', 'flawed.ts'], /flawed\.ts is no capsule/],
    ['a capsule that is not there', ['replay', 'gone.json'], /gone\.json is no capsule/],
    ['a report that is not there', ['compare', 'a.json', 'b.json'], /a\.json cannot be read/],
    ['a report that is none', ['compare', 'flawed.ts', 'flawed.ts'], /flawed\.ts is no report/],
    [
      'known failures that are none',
      [...small, '-k', 'flawed.ts'],
      /flawed\.ts is no file of known failures/,
    ],
  ] as const)('%s: exit code 2, and why', async (_, words, message) => {
    const { code, out, err } = await touchstone(...words)
    expect(err).toMatch(message)
    expect(err).not.toMatch(/\n +at .*\.ts:\d+|defect of touchstone/)
    expect(code).toBe(2)
    expect(out).toBe('')
  })

  it('a device that is not there: exit code 2, why, and what would help', async () => {
    const doctor = await touchstone('doctor', '--json')
    const { devices } = JSON.parse(doctor.out) as Diagnoses
    const absent = devices.filter(({ usable }) => !usable)
    for (const { device } of absent) {
      const { code, err } = await touchstone('run', '--device', device)
      expect(err).toContain(`the device ${device} is not there`)
      expect(err).toContain('touchstone doctor')
      expect(code).toBe(2)
    }
    expect(devices.length).toBe(4)
  })
})

describe('the README', () => {
  it('has no command that does not work', async () => {
    const text = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
    const blocks = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block!)
    const commands = blocks
      .flatMap((block) => block.split('\n'))
      .filter((line) => line.startsWith('npx touchstone '))
      .map((line) =>
        line
          .replace(/ +#.*$/, '')
          .replaceAll("'", '')
          .split(' ')
          .slice(2),
      )
    expect(commands.length).toBeGreaterThan(5)
    for (const words of commands) {
      const { code, out, err } = await touchstone(...words)
      expect(code, `${words.join(' ')}\n${out}\n${err}`).toBe(0)
    }
  })
})
