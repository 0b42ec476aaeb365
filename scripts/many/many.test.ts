import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { command } from '../../conformance/fixtures/user-folder.ts'
import type { Report } from '../../conformance/suite/model.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'touchstone-many-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

// `npx touchstone` is the command of this checkout.
writeFileSync(join(folder, 'npx'), `#!/bin/sh\nshift\nexec node '${command}' "$@"\n`)
chmodSync(join(folder, 'npx'), 0o755)

/** Starts a program of a manifest as its engine does, with the environment that the engine gives it. */
function start(words: readonly string[], environment: Readonly<Record<string, string>>) {
  const path = [folder, process.env.PATH].join(delimiter)
  const options = { cwd: folder, env: { ...process.env, PATH: path, ...environment } }
  return new Promise<number>((resolve) => {
    const [program, ...rest] = words as [string]
    execFile(program, rest, options, (error) => resolve(error === null ? 0 : Number(error.code)))
  })
}

const manifest = (name: string) => parse(readFileSync(join(here, name), 'utf8'))

/** The program of the only container of a job, and its environment but for what a test puts in its place. */
function containerOf(job: ReturnType<typeof manifest>) {
  const { command: program, args, env } = job.spec.template.spec.containers[0]
  const given = env.map(({ name, value }: { name: string; value: string }) => [name, value])
  return { words: [...program, ...args], environment: Object.fromEntries(given) }
}

const what = {
  WHAT: 'run --device cpu --clause resnet.s*.{shapes,cost-constant,same-size} --runs 3',
}

const caseCount = (report: string) =>
  (JSON.parse(readFileSync(join(folder, report, 'report.json'), 'utf8')) as Report).summary.cases

describe.skipIf(process.platform === 'win32')('a run on many machines (not on Windows: sh)', () => {
  it('is an indexed job of Kubernetes, and another that merges', async () => {
    const job = manifest('kubernetes.yaml')
    const { words, environment } = containerOf(job)
    expect(job.spec.completions).toBe(Number(environment.SHARDS))
    const parts = { ...what, PARTS: join(folder, 'pods') }
    const codes = await Promise.all(
      Array.from({ length: job.spec.completions }, (_, i) =>
        start(words, { ...environment, ...parts, JOB_COMPLETION_INDEX: String(i) }),
      ),
    )
    expect(codes).toEqual(codes.map(() => 0))
    const merge = containerOf(manifest('kubernetes-merge.yaml'))
    expect(await start(merge.words, parts)).toBe(0)
    expect(readdirSync(join(folder, 'pods/report'))).toContain('junit.xml')
    expect(caseCount('pods/report')).toBeGreaterThan(0)
  })

  it('is an array of Slurm', async () => {
    const tasks = { SLURM_ARRAY_TASK_MIN: '3', SLURM_ARRAY_TASK_COUNT: '2' }
    const script = ['sh', join(here, 'slurm.sh')]
    const given = { ...tasks, ...what, PARTS: 'nodes' }
    for (const id of ['3', '4']) {
      expect(await start(script, { ...given, SLURM_ARRAY_TASK_ID: id })).toBe(0)
    }
    const merge = ['npx', 'touchstone', 'merge', 'nodes', '-r', 'nodes/report']
    expect(await start(merge, {})).toBe(0)
    expect(caseCount('nodes/report')).toBe(caseCount('pods/report'))
    const hunt = { WHAT: 'hunt --device cpu --clause resnet.stage.cost-constant --time 0.1' }
    expect(await start(script, { ...given, ...hunt, SLURM_ARRAY_TASK_ID: '4' })).toBe(0)
    expect(readdirSync(join(folder, 'nodes'))).toContain('hunt-2-of-2.json')
    // A task whose part is not written fails, whatever its verdicts are.
    expect(await start(script, { ...given, SLURM_ARRAY_TASK_ID: '9' })).not.toBe(0)
  })

  it('is a matrix of GitHub Actions', () => {
    const { shard } = manifest('github-actions.yaml').jobs
    const run = shard.steps.find((step: { run?: string }) => step.run?.includes('--shard')).run
    expect(run).toContain(`\${{ matrix.shard }}/\${{ strategy.job-total }}`)
    expect(shard.strategy.matrix.shard).toEqual([1, 2, 3, 4])
    expect(shard.strategy['fail-fast']).toBe(false)
  })

  it('asks merge in GitHub Actions for files that exist when they are uploaded', async () => {
    const { merge } = manifest('github-actions.yaml').jobs
    type Step = { readonly run?: string; readonly with?: Readonly<Record<string, string>> }
    const run = merge.steps.find(({ run }: Step) => run?.includes('touchstone merge')).run
    await start(
      [
        'npx',
        'touchstone',
        'run',
        '-d',
        'cpu',
        '-c',
        'resnet.stage.*',
        '--runs',
        '2',
        '--shard',
        '1/1',
        '-r',
        'parts',
      ],
      {},
    )
    const page = merge.steps.find(({ run }: Step) => run?.includes('touchstone page')).run
    expect(await start(['sh', '-c', page], {})).toBe(0)
    expect(await start(['sh', '-c', run], { GITHUB_STEP_SUMMARY: 'summary.md' })).toBe(0)
    const uploaded = merge.steps.flatMap(({ with: its = {} }: Step) => its.sarif_file ?? [])
    expect(uploaded).toEqual(['touchstone.sarif'])
    expect(readFileSync(join(folder, 'report/index.html'), 'utf8')).toContain('check.html')
    for (const file of [
      ...uploaded,
      'report/index.html',
      'report/check.html',
      'report/badge.json',
      'summary.md',
    ]) {
      expect(readFileSync(join(folder, file), 'utf8').length).toBeGreaterThan(0)
    }
  })
})
