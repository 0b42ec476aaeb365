import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { touchstoneBeside } from '../../fixtures/command-line.ts'
import { mismatchIn, type Transcript, transcriptIn } from './transcript.ts'

const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.md'))
const transcripts = files.map((name) =>
  transcriptIn(readFileSync(join(import.meta.dirname, name), 'utf8')),
)

/** A session that waits for its limit of time rather than computes: it is begun first. */
const waits = ({ steps }: Transcript) => steps.some(({ words }) => words.includes('--time'))

let root: string
let waiting: ReadonlyMap<Transcript, Promise<void>>
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'touchstone-transcript-'))
  waiting = new Map(transcripts.filter(waits).map((session) => [session, begun(session)]))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

function begun(session: Transcript): Promise<void> {
  const ending = goesAsWritten(session)
  // How it ends is for its own test to tell.
  ending.catch(() => {})
  return ending
}

async function goesAsWritten({ files: written, steps }: Transcript): Promise<void> {
  const cwd = mkdtempSync(join(root, 'session-'))
  for (const [name, text] of Object.entries(written)) writeFileSync(join(cwd, name), text)
  expect(steps.map(({ exitCode }) => exitCode)).toContain(1)
  for (const { words, output, exitCode } of steps) {
    const { status, stdout, stderr } = await touchstoneBeside(words, { cwd })
    expect(mismatchIn(output, stdout), words.join(' ') + stderr).toBeNull()
    expect(status, stdout + stderr).toBe(exitCode)
    if (words[0] === 'run') expectOneScreen(stdout)
  }
}

describe('a session with', () => {
  it.each(
    transcripts
      .toSorted((a, b) => Number(waits(a)) - Number(waits(b)))
      .map((transcript) => [transcript.title, transcript] as const),
  )('%s goes as its transcript says', async (_, session) => {
    await (waiting.get(session) ?? goesAsWritten(session))
  })
})

/** Fewer than 40 lines of 80 columns, but for commands that are to be copied. */
function expectOneScreen(stdout: string): void {
  const lines = stdout.trimEnd().split('\n')
  expect(lines.length, stdout).toBeLessThan(40)
  for (const line of lines) {
    if (!line.includes('npx touchstone replay')) expect(line.length, line).toBeLessThanOrEqual(80)
  }
}

describe('what a transcript expects', () => {
  const text = 'one 1\ntwo 2\nthree 3\n'
  it.each([
    [['one 1', 'two 2', 'three 3']],
    [['one …', '…']],
    [['…', 'three …']],
    [['…', 'two 2', '…']],
  ])('is met by %j', (expected) => {
    expect(mismatchIn(expected, text)).toBeNull()
  })

  it.each([
    [['one 1', 'two 2']],
    [['one 1', 'three 3']],
    [['…', 'two', '…']],
    [['…', 'three 3', 'two 2']],
    [['two 2', '…']],
  ])('is not met by %j', (expected) => {
    expect(mismatchIn(expected, text)).not.toBeNull()
  })
})
