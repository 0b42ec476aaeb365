import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '../base/errors.ts'
import { terminalOn } from '../base/terminal.ts'
import { onDevice, oneLine, plural } from '../base/text.ts'
import { readKnown, withKnown } from '../suite/known.ts'
import { readShard } from '../suite/shards/file.ts'
import { type MergedShards, mergeShards } from '../suite/shards/merge.ts'
import { wholeOf } from '../suite/shards/whole.ts'
import { readText } from './files.ts'
import { finish, type Output, prepareOutput } from './finish.ts'

/** `touchstone merge`: one report from the files of all shards of a run, as a run in one place writes it. */
export async function mergeCommand(
  places: readonly string[],
  options: Output & { readonly known?: string },
): Promise<void> {
  const known =
    options.known === undefined ? null : readKnown(readText(options.known), options.known)
  const shards = wholeOf(places.flatMap(filesIn).map((file) => ({ file, shard: readShard(file) })))
  prepareOutput(options)
  const merged = await mergeShards(shards)
  const terminal = terminalOn(options.json ? process.stderr : process.stdout)
  for (const { report } of merged) {
    const { implementation, device } = report.environment
    const called = oneLine(`${implementation.name} ${implementation.version}`)
    terminal.write(`${terminal.style('bold', called)} ${oneLine(onDevice(device))}\n`)
  }
  terminal.write(`${plural(shards.length, 'shard')} merged\n\n`)
  const judged = merged.map((one) => {
    return known === null ? one : { ...one, report: withKnown(one.report, known) }
  })
  const aided = await Promise.all(judged.map(withExplanations))
  await finish(
    aided,
    merged.map(({ found }) => found),
    options,
  )
}

/** The shards that a place holds: the file itself, or those in a folder. */
function filesIn(place: string): readonly string[] {
  if (!existsSync(place)) {
    throw new UsageError(`${place} is missing`, ['run this shard, or give the file of another'])
  }
  if (!statSync(place).isDirectory()) return [place]
  const names = readdirSync(place).filter((name) => /^shard-\d+-of-\d+\.json$/.test(name))
  if (names.length === 0) throw new UsageError(`there is no shard in ${place}`)
  return names.map((name) => join(place, name))
}

/** What explains operations that are wrong nearly everywhere was found out by the shards. */
async function withExplanations({ report, explained }: MergedShards) {
  const { firstAidBy } = await import('../smoke/first-aid.ts')
  const found = await firstAidBy(report, async (operation) => explained[operation] ?? null)
  return found.length === 0 ? report : { ...report, firstAid: found }
}
