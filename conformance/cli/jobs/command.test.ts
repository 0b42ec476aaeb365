import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import type { Report } from '../../suite/model.ts'
import { problemWith } from '../../suite/schema.ts'

const command = fileURLToPath(new URL('../touchstone.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'touchstone-jobs-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Ours, which talks, and leaves the number of each process that opens it. */
const text = `
  import { appendFileSync } from 'node:fs'
  import { loadImplementation } from 'touchstone'
  console.log('talking in a module')
  appendFileSync(process.env.PIDS, process.pid + '\\n')
  export default async () => {
    const ours = await loadImplementation('touchstone:cpu')
    const { 'cnn.flatten': flatten } = ours.operations
    const talking = (inputs, parameters) => {
      process.stdout.write('talking in an answer\\n')
      return flatten(inputs, parameters)
    }
    return { ...ours, operations: { ...ours.operations, 'cnn.flatten': talking } }
  }`
writeFileSync(join(folder, 'talks.ts'), text)

function start(name: string, ...words: readonly string[]) {
  const pids = join(folder, `${name}.pids`)
  const child = spawn(
    process.execPath,
    [command, 'run', '-i', './talks.ts', '-j', '2', '-r', name, ...words],
    { cwd: folder, stdio: 'pipe', env: { ...process.env, PIDS: pids } },
  )
  const said = { out: '', err: '' }
  child.stdout.on('data', (piece) => {
    said.out += piece
  })
  child.stderr.on('data', (piece) => {
    said.err += piece
  })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const processes = () =>
    existsSync(pids) ? readFileSync(pids, 'utf8').trim().split('\n').map(Number) : []
  return { child, said, ended, processes }
}

const reportIn = (name: string) =>
  JSON.parse(readFileSync(join(folder, name, 'report.json'), 'utf8')) as Report

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Waits until something holds; the time that a test has ends it otherwise. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await setTimeout(50)
}

/**
 * Waits until a command and both of its processes are open. There may be more by then: each asks for
 * parameters out of range in one of its own.
 */
async function untilOpen({ child, said, processes }: ReturnType<typeof start>): Promise<void> {
  await until(() => processes().length >= 3 || child.exitCode !== null)
  expect(child.exitCode, said.err).toBeNull()
}

describe('touchstone run --jobs', () => {
  it('keeps standard output for the report, whatever is printed in its processes', async () => {
    const { said, ended, processes } = start('clean', '-c', 'cnn.flatten', '-n', '4', '--json')
    expect(await ended, said.err).toBe(0)
    const report = JSON.parse(said.out) as Report
    expect(problemWith('report', report)).toBeNull()
    expect(report.environment.jobs).toBe(2)
    expect(said.err).toContain('talking in an answer')
    // One clause is for one process, beside the one that asks.
    expect(new Set(processes()).size).toBe(2)
  })

  it.skipIf(process.platform === 'win32')(
    'ends with a report at SIGTERM, and leaves no process (not on Windows, which has no signals)',
    async () => {
      const command = start('stopped', '-c', 'cnn.*', '-n', '3000')
      const { child, said, ended, processes } = command
      await untilOpen(command)
      child.kill('SIGTERM')
      expect(await ended, said.err).toBe(1)
      const { summary } = reportIn('stopped')
      expect(summary.notRun).toBeGreaterThan(0)
      expect(summary.violates + summary.errored).toBe(0)
      await until(() => !processes().some(isThere))
    },
  )

  it.skipIf(process.platform === 'win32')(
    'leaves no process where it is killed, or told to end twice (not on Windows)',
    async () => {
      for (const signals of [['SIGKILL'], ['SIGINT', 'SIGINT']] as const) {
        const name = signals.join()
        const command = start(name, '-c', 'cnn.*', '-n', '3000')
        const { child, ended, processes } = command
        await untilOpen(command)
        for (const signal of signals) {
          child.kill(signal)
          await setTimeout(20)
        }
        await ended
        await until(() => !processes().some(isThere))
      }
    },
  )
})
