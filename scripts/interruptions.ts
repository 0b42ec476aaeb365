import { campaign } from './interruptions/campaign.ts'
import { tableOf } from './interruptions/table.ts'
import { mayMount } from './interruptions/ways.ts'

/**
 * npm run interruptions -- [--moments 200] [--seed 1]: ends runs at random moments in every way that a run is ended or
 * starved, and prints what became of their reports.
 */
const option = (name: string, otherwise: number) => {
  const at = process.argv.indexOf(name)
  return at < 0 ? otherwise : Number(process.argv[at + 1])
}

const rows = await campaign(option('--moments', 200), option('--seed', 1), (name, { problem }) => {
  if (problem !== null) process.stderr.write(`${name}: ${problem}\n`)
})
process.stdout.write(tableOf(rows))
if (!mayMount) process.stdout.write('nothing could be mounted here: two ways were left out\n')
process.exitCode = rows.some(({ problems }) => problems.length > 0) ? 1 : 0
