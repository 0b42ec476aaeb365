import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xorshift128plus } from 'pure-rand/generator/xorshift128plus'
import { command } from '../../conformance/fixtures/user-folder.ts'
import { start } from './ended.ts'
import { type Judged, judge } from './judge.ts'
import { type Way, ways } from './ways.ts'

/** What came of all moments of one way. */
export interface Row {
  readonly name: string
  readonly moments: number
  readonly became: Readonly<Record<Judged['became'], number>>
  /** With how each ended, and how often. */
  readonly codes: ReadonlyMap<string, number>
  readonly problems: readonly string[]
}

/** Interrupts so many runs at random moments, two at a time, and tells what came of each. */
export async function campaign(
  moments: number,
  seed: number,
  onMoment: (name: string, judged: Judged) => void = () => {},
): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-interrupted-'))
  const random = xorshift128plus(seed)
  const below = (most: number) => (uniformInt(random, 0, 2 ** 20) / 2 ** 20) * most
  try {
    const { before, lasts } = await prepare(folder)
    const whole = ways.reduce((sum, { share }) => sum + share, 0)
    const tasks = ways.flatMap((way) =>
      Array.from({ length: Math.max(1, Math.round((way.share * moments) / whole)) }, () => ({
        way,
        at: below(lasts * 1.15),
        chance: below(1),
      })),
    )
    const results: { way: Way; ended: string; judged: Judged }[] = []
    const queue = [...tasks.entries()]
    const work = async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const [index, { way, at, chance }] = next
        const cwd = join(folder, String(index))
        const temporary = join(cwd, 'tmp')
        mkdirSync(temporary, { recursive: true })
        cpSync(join(folder, 'old'), join(cwd, 'report'), { recursive: true })
        const ended = await way.interrupt({ cwd, temporary, at, chance })
        const judged = judge({ folder: join(cwd, 'report'), temporary, before }, ended)
        const isNoPass = way.passes === true && judged.problem === null && ended.code !== 0
        const problem = isNoPass
          ? `it ended with ${ended.code ?? ended.signal}: ${ended.err.slice(0, 200)}`
          : judged.problem
        results.push({
          way,
          ended: String(ended.code ?? ended.signal),
          judged: { ...judged, problem },
        })
        onMoment(way.name, { ...judged, problem })
        rmSync(cwd, { recursive: true, force: true })
      }
    }
    await Promise.all([work(), work()])
    return ways.map((way) =>
      rowOf(
        way,
        results.filter((one) => one.way === way),
      ),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Leaves the report that is there before each moment, and measures how long a run takes. */
async function prepare(folder: string) {
  const words = ['run', '-d', 'cpu', '-c', 'resnet.stage.*', '-n', '4', '-s', '0', '-r', 'old']
  const began = performance.now()
  const { code, err } = await start([process.execPath, command, ...words], {
    cwd: folder,
    temporary: folder,
  }).ended
  if (code !== 0) throw new Error(`the run that is to be interrupted ends with ${code}: ${err}`)
  const lasts = performance.now() - began
  return { lasts, before: readFileSync(join(folder, 'old/report.json'), 'utf8') }
}

function rowOf({ name }: Way, results: readonly { ended: string; judged: Judged }[]): Row {
  const codes = new Map<string, number>()
  const became = { whole: 0, untouched: 0, elsewhere: 0, none: 0 }
  for (const { ended, judged } of results) {
    codes.set(ended, (codes.get(ended) ?? 0) + 1)
    became[judged.became]++
  }
  const problems = results.flatMap(({ judged }) =>
    judged.problem === null ? [] : [judged.problem],
  )
  return { name, moments: results.length, became, codes, problems }
}
