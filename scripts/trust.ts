import { keepHunts } from './trust/journal.ts'
import {
  confinementRows,
  huntRows,
  interruptionRow,
  mutationRows,
  type Row,
  shardRow,
} from './trust/rows.ts'

/**
 * npm run trust -- [--moments 28] [--seed 1]: what there is to trust a report for, in one table; what is marked was looked
 * at now. `npm run trust -- --keep FOLDER` adds the hunts of a folder to those that are told of.
 */
const [name, value] = process.argv.slice(2)
const option = (wanted: string, otherwise: number) => {
  const at = process.argv.indexOf(wanted)
  return at < 0 ? otherwise : Number(process.argv[at + 1])
}

if (name === '--keep' && value !== undefined) keepHunts(value)
else {
  const rows = [
    ...huntRows(),
    shardRow(3),
    ...mutationRows(),
    await interruptionRow(option('--moments', 28), option('--seed', 1)),
    ...(await confinementRows()),
  ]
  process.stdout.write(`${rows.map(shown).join('\n')}\n`)
  process.exitCode = rows.every(({ holds, isAim }) => holds || isAim) ? 0 : 1
}

function shown({ what, found, now, holds }: Row): string {
  return `${holds ? 'yes' : 'NO '}  ${now ? 'now' : '   '}  ${what.padEnd(38)}  ${found}`
}
