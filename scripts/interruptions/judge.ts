import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { messageOf } from '../../conformance/base/message.ts'
import type { Report } from '../../conformance/suite/model.ts'
import { readReports } from '../../conformance/suite/read.ts'
import type { Ended } from './ended.ts'

/** What became of the report of an interrupted run; what is not as it has to be is a problem. */
export interface Judged {
  readonly became: 'whole' | 'untouched' | 'elsewhere' | 'none'
  readonly problem: string | null
}

/** Where an interrupted run wrote, and what was there before. */
export interface Place {
  readonly folder: string
  /** Where it may have saved its report instead. */
  readonly temporary: string
  /** What `report.json` held before. */
  readonly before: string | null
}

/**
 * Judges what an interrupted run left: its report is whole, here or elsewhere, or the one before is as it was; its exit
 * code agrees with the report; its pages are of that report; and nothing of it runs on.
 */
export function judge(place: Place, ended: Ended): Judged {
  const { became, report, problem } = found(place)
  const all = [
    problem,
    ended.orphans > 0 ? `${ended.orphans} processes ran on` : null,
    problem === null ? disagreement(became, report, ended) : null,
    became === 'whole' && problem === null ? ofAnother(place.folder, report!) : null,
  ]
  return { became, problem: all.find((one) => one !== null) ?? null }
}

interface Found {
  readonly became: Judged['became']
  readonly report: Report | null
  readonly problem: string | null
}

function found({ folder, temporary, before }: Place): Found {
  const text = textOf(join(folder, 'report.json'))
  if (text !== null && text !== before) return parsed('whole', text)
  const refuge = readdirSync(temporary).find((name) => name.startsWith('touchstone-report-'))
  const saved = refuge === undefined ? null : textOf(join(temporary, refuge, 'report.json'))
  if (saved !== null) return parsed('elsewhere', saved)
  return { became: text === null ? 'none' : 'untouched', report: null, problem: null }
}

function parsed(became: Judged['became'], text: string): Found {
  try {
    return { became, report: readReports(text)[0]!, problem: null }
  } catch (error) {
    return { became, report: null, problem: `report.json is broken: ${messageOf(error)}` }
  }
}

/** Where the exit code says something else than the report. */
function disagreement(
  became: Judged['became'],
  report: Report | null,
  { code, signal, err }: Ended,
) {
  const how = `it ended with ${code ?? signal}`
  if (code === 4 || /defect of touchstone/.test(err)) return `${how}: ${err.slice(0, 300)}`
  if (code === null || code === 130) return null
  const hasReport = report !== null
  if ((code === 0 || code === 1) !== hasReport && !(code === 3 && hasReport)) {
    return `${how}, and its report is ${became}: ${err.slice(0, 300)}`
  }
  if (report === null) return null
  const passes = report.clauses.every(({ verdict }) => verdict === 'conforms')
  return passes === (code === 0)
    ? null
    : `${how}, and its report ${passes ? 'passes' : 'does not pass'}`
}

/** Pages, or parts of files, that are not of the report. */
function ofAnother(folder: string, { environment, clauses }: Report): string | null {
  const page = textOf(join(folder, 'index.html')) ?? ''
  if (!page.includes(environment.startedAt)) return 'index.html is of another report'
  const missing = clauses.filter(({ id }) => !existsSync(join(folder, 'clauses', `${id}.html`)))
  return missing.length === 0 ? null : `${missing.length} pages are missing`
}

function textOf(file: string): string | null {
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}
