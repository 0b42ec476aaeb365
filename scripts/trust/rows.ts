import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { whyNoBubblewrap } from '../../conformance/adapters/sandbox/bubblewrap.ts'
import { touchstone } from '../../conformance/fixtures/command-line.ts'
import { confinement, placeToPry } from '../../conformance/fixtures/pried.ts'
import { campaign } from '../interruptions/campaign.ts'
import { kept, noticedTogether, told } from '../mutation/scores.ts'
import { asComparable, differences, shown } from '../nodes/compare.ts'
import { hunts } from './journal.ts'

/** A reason to trust a report, and whether it holds. */
export interface Row {
  readonly what: string
  readonly found: string
  /** Whether it was looked at now; else it was measured before. */
  readonly now: boolean
  readonly holds: boolean
  /** Of an aim that is not reached yet: it is told, and ends nothing. */
  readonly isAim?: boolean
}

/** Hours and findings of hunts on ours, and on other libraries. */
export function huntRows(): readonly Row[] {
  const row = (what: string, isOurs: boolean): Row => {
    const made = hunts().filter(
      ({ implementation }) => implementation.startsWith('touchstone') === isOurs,
    )
    const sum = (figure: 'seconds' | 'cases' | 'found') =>
      made.reduce((all, one) => all + one[figure], 0)
    const hours = (sum('seconds') / 3600).toFixed(1)
    const open = made.filter(({ found, became }) => isOurs && found > 0 && became === undefined)
    return {
      what,
      found: `${hours} hours, ${sum('cases').toLocaleString('en')} cases, ${sum('found')} found${isOurs ? `, ${open.length} open` : ''}`,
      now: false,
      holds: open.length === 0,
    }
  }
  return [row('hunts on our implementation', true), row('hunts on other libraries', false)]
}

/** How many percent of the mutants of a tree tests are to notice. */
const leastNoticed = { impl: 95, reference: 98, conformance: 90 } as const

/** The share of mutants that tests notice: of the parts of each tree together, then by folder, where it is enough or every other one is explained. */
export function mutationRows(): readonly Row[] {
  const together = Object.entries(leastNoticed).map(([tree, least]): Row => {
    const parts = kept().filter(({ folder }) => folder !== tree && folder.startsWith(tree))
    const { killed, of, alike } = noticedTogether(parts)
    return {
      what: `mutants of ${parts.length} parts of ${tree}`,
      found: `${killed} of ${of} that make a difference; ${alike} more make none`,
      now: false,
      holds: killed >= (least / 100) * of,
      isAim: true,
    }
  })
  const each = kept().map((score): Row => {
    const least = leastNoticed[score.folder.split(/[/:]/)[0] as keyof typeof leastNoticed]
    const isEnough = score.score >= least
    return {
      what: `mutants of ${score.folder}`,
      found: `${told(score)}${isEnough ? '' : `, ${least} % wanted`}, ${score.date}`,
      now: false,
      holds: isEnough || score.survivors.every(({ why }) => why !== undefined),
      isAim: true,
    }
  })
  return [...together, ...each]
}

/** Whether the parts of a run, merged, are the report of the whole. */
export function shardRow(count: number): Row {
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-trust-'))
  const run = ['run', '-d', 'cpu', '-c', 'resnet.{stage,block}.*', '-n', '3']
  const report = (name: string) =>
    asComparable(readFileSync(join(folder, name, 'report.json'), 'utf8'))
  try {
    touchstone([...run, '-r', 'whole'], { cwd: folder })
    for (let i = 1; i <= count; i++) {
      touchstone([...run, '-r', 'parts', '--shard', `${i}/${count}`], { cwd: folder })
    }
    touchstone(['merge', 'parts', '-r', 'merged'], { cwd: folder })
    // Commands that try a case again name the folder of their report.
    const named = JSON.parse(JSON.stringify(report('merged')).replaceAll('merged/', 'whole/'))
    const differing = differences(report('whole'), named).filter(
      ({ path }) => path !== '/environment/jobs',
    )
    return {
      what: `${count} shards against the whole`,
      found: differing.length === 0 ? 'equal, verdict by verdict' : shown(differing[0]!),
      now: true,
      holds: differing.length === 0,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Runs that were interrupted, and left a report that is whole or the one before. */
export async function interruptionRow(moments: number, seed: number): Promise<Row> {
  const rows = await campaign(moments, seed)
  const all = rows.reduce((sum, row) => sum + row.moments, 0)
  const problems = rows.flatMap((row) => row.problems.map((problem) => `${row.name}: ${problem}`))
  return {
    what: 'runs interrupted or starved',
    found: `${all - problems.length} of ${all} survived, in ${rows.length} ways${problems.map((one) => `; ${one}`).join('')}`,
    now: true,
    holds: problems.length === 0,
  }
}

/** What an implementation that pries is refused. */
export async function confinementRows(): Promise<readonly Row[]> {
  const place = await placeToPry()
  const row = async (what: string, programs?: string): Promise<Row> => {
    const found = await place.pry(['-i', './prying.mjs', '--sandbox'], programs)
    return { what, ...confinement(found), now: true }
  }
  try {
    const reason = whyNoBubblewrap()
    const bubblewrap =
      reason === null
        ? await row('confinement by bubblewrap')
        : {
            what: 'confinement by bubblewrap',
            found: `not tried: ${reason}`,
            now: true,
            holds: true,
          }
    return [bubblewrap, await row("confinement by Node's permissions", place.empty)]
  } finally {
    place.leave()
  }
}
