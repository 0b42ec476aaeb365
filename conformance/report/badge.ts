import { figure, plural } from '../base/text.ts'
import type { Report } from '../suite/model.ts'
import { passes } from '../suite/verdict.ts'
import { scopeNote, totalsOf } from './totals.ts'

/** What shields.io asks an address of one's own for, to draw a badge of it. */
interface Badge {
  readonly schemaVersion: 1
  readonly label: string
  readonly message: string
  readonly color: 'brightgreen' | 'red'
}

/**
 * The reports as the data of a badge: of one, how many clauses conform and on how much; of several, how many
 * of the implementations are a pass. Green is a pass alone, by the same measure as the exit code.
 */
export function badgeOf(reports: readonly Report[]): Badge {
  const passing = reports.filter(passes).length
  const isPass = passing === reports.length && passing > 0
  const message =
    reports.length === 1
      ? clausesOf(reports[0]!)
      : `${figure(passing)} of ${plural(reports.length, 'implementation')} conform`
  return { schemaVersion: 1, label: 'touchstone', message, color: isPass ? 'brightgreen' : 'red' }
}

function clausesOf(report: Report): string {
  const { conforming, of } = totalsOf(report).clauses
  const share = `${figure(conforming)} of ${plural(of, 'clause')}`
  return `${share}${scopeNote(report)}${passes(report) || conforming < of ? '' : ', no pass'}`
}
