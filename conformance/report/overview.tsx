import { figure, plural } from '../base/text.ts'
import { severest } from '../engine/verdict.ts'
import type { ReportedClause } from '../suite/model.ts'
import { areaOf, Cell, Legend } from './cells.tsx'
import { clausePath } from './layout.tsx'
import { Chip } from './markup.tsx'
import { isPartly } from './totals.ts'

/**
 * All clauses at a glance, a cell each, by area; below them a table with their titles and figures, folded.
 * A script, where one may run, filters both and sorts the table.
 */
export function Overview({ clauses: all }: { clauses: readonly ReportedClause[] }) {
  const clauses = all.filter(({ verdict }) => verdict !== 'unsupported')
  const others = all.filter(({ verdict }) => verdict === 'unsupported')
  return (
    <>
      {clauses.length > 0 && (
        <>
          <Filter clauses={clauses} />
          {areasOf(clauses).map(([area, own]) => (
            <Area area={area} clauses={own} />
          ))}
          <Legend outcomes={clauses.map(({ verdict }) => verdict)} />
          <details id="all-clauses">
            <summary>{plural(clauses.length, 'clause')} with titles and figures</summary>
            <Table clauses={clauses} />
          </details>
        </>
      )}
      {others.length > 0 && <Others clauses={others} />}
    </>
  )
}

/** Shown by the script alone: without one it could do nothing. */
function Filter({ clauses }: { clauses: readonly ReportedClause[] }) {
  const outcomes = [...new Set(clauses.map(({ verdict }) => verdict))]
  return (
    <form class="filter" hidden>
      <label>
        Find <input type="search" name="words" placeholder="id or title" autocomplete="off" />
      </label>
      <label>
        Verdict{' '}
        <select name="verdict">
          <option value="">all</option>
          {outcomes.map((outcome) => (
            <option>{outcome}</option>
          ))}
        </select>
      </label>
      <label>
        Order{' '}
        <select name="order">
          <option value="0">of the notes</option>
          <option value="1">worst first</option>
          <option value="2">most cases first</option>
          <option value="3">most of a bound used first</option>
        </select>
      </label>
      <output />
    </form>
  )
}

function Area({ area, clauses }: { area: string; clauses: readonly ReportedClause[] }) {
  const conforming = clauses.filter(({ verdict }) => verdict === 'conforms').length
  const outcome = severest(clauses.map(({ verdict }) => verdict))
  return (
    <section class="area">
      <h3>
        {area}{' '}
        <small class={outcome === 'conforms' ? '' : 'bad'}>
          {figure(conforming)} of {figure(clauses.length)}
        </small>
      </h3>
      <ul class="cells">
        {clauses.map(({ id, verdict }) => (
          <li data-clause={id}>
            <Cell id={id} outcome={verdict} href={clausePath(id)} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Table({ clauses }: { clauses: readonly ReportedClause[] }) {
  return (
    <table class="clauses">
      <thead>
        <tr>
          <th scope="col">clause</th>
          <th scope="col">verdict</th>
          <th scope="col">properties</th>
          <th scope="col">cases</th>
          <th scope="col">of a bound</th>
        </tr>
      </thead>
      <tbody>
        {clauses.map((clause) => {
          const { cases, utilization } = figuresOf(clause)
          return (
            <tr data-clause={clause.id}>
              <th scope="row">
                <a href={clausePath(clause.id)}>{clause.id}</a>
                <span class="about">{clause.title}</span>
              </th>
              <td>
                <Chip outcome={clause.verdict} />
                {notesOf(clause)}
              </td>
              <td class="number">{figure(clause.properties.length)}</td>
              <td class="number">{figure(cases)}</td>
              <td class="number">{figure(utilization)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function figuresOf({ properties }: ReportedClause) {
  const verdicts = properties.map(({ verdict }) => verdict)
  const used = verdicts.map((v) => (v.outcome === 'conforms' ? v.worstUtilization : 0))
  return {
    cases: verdicts.reduce((sum, v) => sum + ('cases' in v ? v.cases : 0), 0),
    utilization: Math.max(0, ...used),
  }
}

function notesOf(clause: ReportedClause) {
  const notes = [
    ...(isPartly(clause) ? ['in part'] : []),
    ...(clause.tested ? [] : ['not tested']),
  ].join(', ')
  return notes !== '' && <small class="about">{notes}</small>
}

/** What is not provided counts for nothing, and is one line. */
function Others({ clauses }: { clauses: readonly ReportedClause[] }) {
  return (
    <details>
      <summary>{plural(clauses.length, 'clause')} about what is not provided</summary>
      {areasOf(clauses).map(([area, own]) => (
        <p>
          <b>{area}</b>{' '}
          {own.map(({ id }, position) => (
            <>
              {position > 0 && ', '}
              <a href={clausePath(id)}>{id.slice(area.length + 1)}</a>
            </>
          ))}
        </p>
      ))}
    </details>
  )
}

/** Clauses by area, in the order in which areas first come. */
function areasOf(clauses: readonly ReportedClause[]) {
  const areas = new Map<string, ReportedClause[]>()
  for (const clause of clauses) {
    const area = areaOf(clause.id)
    areas.set(area, [...(areas.get(area) ?? []), clause])
  }
  return [...areas]
}
