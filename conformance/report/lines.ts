import { clauseById } from '../../spec/index.ts'
import { visible } from '../base/text.ts'
import type { Report } from '../suite/model.ts'
import { clausePath } from './layout.tsx'

/** A report of several, and where its own site lies. */
export interface Entry {
  readonly report: Report
  readonly folder: string
  /** What it is called on a page of several, from 1. */
  readonly number: number
}

/** An implementation on a device, with every run of it, the earliest first: its history in a row. */
export interface Line {
  readonly name: string
  readonly device: string
  readonly runs: readonly Entry[]
}

/** Reports by implementation and device, in the order in which these first come. */
export function linesOf(reports: readonly Report[], folders: readonly string[]): readonly Line[] {
  const groups = new Map<string, { report: Report; folder: string }[]>()
  for (const [position, report] of reports.entries()) {
    const key = JSON.stringify([nameOf(report), deviceOf(report)])
    groups.set(key, [...(groups.get(key) ?? []), { report, folder: folders[position]! }])
  }
  let number = 0
  return [...groups.values()].map((group) => ({
    name: nameOf(group[0]!.report),
    device: deviceOf(group[0]!.report),
    runs: group
      .toSorted((a, b) => (startOf(a.report) < startOf(b.report) ? -1 : 1))
      .map((entry) => ({ ...entry, number: ++number })),
  }))
}

/** A suite as it calls itself: its version and the commit. */
export function suiteName({
  touchstone,
  commit,
}: Pick<Report['environment'], 'touchstone' | 'commit'>) {
  if (commit === null) return touchstone
  return `${touchstone}, commit ${commit.replace(/^([0-9a-f]{10})[0-9a-f]+/, '$1')}`
}

/** The suite that a run was made with. */
export const suiteOf = ({ environment }: Report): string => visible(suiteName(environment))

/** Where a property is shown in the site of a report; none where this suite has no page for its clause. */
export function placeOf({ folder }: Entry, property: string): string | undefined {
  const [clause, name] = property.split('/') as [string, string | undefined]
  if (clauseById(clause) === undefined) return undefined
  return `${folder}/${clausePath(clause)}${name === undefined ? '' : `#${name}`}`
}

function nameOf({ environment }: Report): string {
  return visible(environment.implementation.name)
}

function deviceOf({ environment }: Report): string {
  return visible(environment.device.split(',')[0]!)
}

const startOf = ({ environment }: Report) => environment.startedAt
