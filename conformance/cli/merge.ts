import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '../base/errors.ts'
import { terminalOn } from '../base/terminal.ts'
import { onDevice, oneLine, plural } from '../base/text.ts'
import { loadEveryProperty } from '../properties/loaded.ts'
import { readKnown, withKnown } from '../suite/known.ts'
import { isShardFile, readShard } from '../suite/shards/file.ts'
import { type MergedShards, mergeShards } from '../suite/shards/merge.ts'
import { wholeOf } from '../suite/shards/whole.ts'
import { readText } from './files.ts'
import { finish, type Output, prepareOutput } from './finish.ts'

/** `touchstone merge`: one report from the files of all shards of a run, as a run in one place writes it. */
export async function mergeCommand(
  places: readonly string[],
  options: Output & { readonly known?: string },
): Promise<void> {
  await loadEveryProperty()
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

/** The shards that a place holds: the file itself, or those in a folder, by their names or by how they begin. */
function filesIn(place: string): readonly string[] {
  const found = statSync(place, { throwIfNoEntry: false })
  if (found === undefined) {
    throw new UsageError(`${place} is missing`, ['run this shard, or give the file of another'])
  }
  if (!found.isDirectory()) return [place]
  const names = readdirSync(place, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map(({ name }) => name)
  const called = names.filter((name) => /^shard-\d+-of-\d+\.json$/.test(name))
  const shards = called.length > 0 ? called : names.filter((name) => isShardFile(join(place, name)))
  if (shards.length === 0) {
    const others = names.length === 0 ? 'it has no JSON' : `it has ${few(names)}`
    throw new UsageError(`there is no shard in ${place}`, [
      `${others}; a shard is what touchstone run --shard 1/2 writes, such as shard-1-of-2.json`,
    ])
  }
  return shards.map((name) => join(place, name))
}

function few(names: readonly string[]): string {
  const rest = names.length - 3
  return names.slice(0, 3).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
}

/** What explains operations that are wrong nearly everywhere was found out by the shards. */
async function withExplanations({ report, explained }: MergedShards) {
  const { firstAidBy } = await import('../smoke/first-aid.ts')
  const found = await firstAidBy(report, async (operation) => explained[operation] ?? null)
  return found.length === 0 ? report : { ...report, firstAid: found }
}
