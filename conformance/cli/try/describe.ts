import type { Operation } from '../../../spec/language/operation.ts'
import type { Terminal } from '../../base/terminal.ts'
import { figure, plural, precise } from '../../base/text.ts'
import type { Failing } from '../../engine/groups.ts'
import { gist } from '../../report/gist.ts'
import { describeRows, rowsOf } from '../../report/rows.ts'
import type { Tried } from '../../suite/own-size.ts'
import type { Cost } from './cost.ts'
import type { Completed } from './own-size.ts'
import { medianOf, timesOf } from './times.ts'
import { patternOf, wrongElementsOf } from './wrong-elements.ts'

type Rows = readonly (readonly [string, string])[]

/** What is going to be tried, and how long the reference takes for it. */
export function describeCase(
  { operation, sizes, parameters, chosen }: Completed,
  { products, seconds }: Cost,
  terminal: Terminal,
): string {
  const all = Object.entries(sizes).map(([symbol, size]) => `${symbol}=${size}`)
  const values = Object.entries(parameters).map(([name, it]) => `${name} ${JSON.stringify(it)}`)
  const long = seconds > 2 ? `; the reference takes about ${duration(seconds)} for each` : ''
  const rows: Rows = [
    ['sizes', all.join(' ') || 'none'],
    ...(values.length > 0 ? [['parameters', values.join(', ')] as const] : []),
    ...(chosen.length > 0 ? [['not given', `${chosen.join(', ')}: chosen here`] as const] : []),
    ['a case is', `${plural(products, 'product')} or so${long}`],
  ]
  const columns = Math.min(terminal.columns, 100)
  return [terminal.style('bold', operation.id), ...describeRows(rows, columns)].join('\n')
}

/** What came of it. */
export function describeTried(tried: Tried, operation: Operation, terminal: Terminal): string {
  const { verdict, failing } = tried
  const columns = Math.min(terminal.columns, 100)
  const style = verdict.outcome === 'conforms' ? 'green' : 'red'
  const words = failing === null ? gist(verdict) : failuresInWords(tried)
  const lines = [`${terminal.style(['bold', style], verdict.outcome)}  ${words}`]
  const rows = [...(failing === null ? [] : rowsOfFailing(failing, operation)), ...timeRows(tried)]
  lines.push(...describeRows(rows, columns))
  if (failing !== null) {
    lines.push('', terminal.style('bold', 'the smallest case that fails'))
    lines.push(...describeRows([...sizeRows(tried), ...rowsOf(verdict)], columns))
  }
  return lines.join('\n')
}

function failuresInWords({ verdict, distributions }: Tried): string {
  const failed = 'failing' in verdict ? (verdict.failing ?? 0) : 0
  return `${plural(failed, 'case')} of ${figure(distributions.length)}`
}

function sizeRows({ verdict }: Tried): Rows {
  const capsule = 'capsule' in verdict ? verdict.capsule : null
  const sizes = Object.entries(capsule?.sizes ?? {}).map(([symbol, size]) => `${symbol}=${size}`)
  return sizes.length === 0 ? [] : [['sizes', sizes.join(' ')]]
}

/** Which elements are wrong in the case as it was drawn, by the names of their axes. */
function rowsOfFailing({ trial, testCase }: Failing, operation: Operation): Rows {
  const data: Rows = testCase.distribution === undefined ? [] : [['data', testCase.distribution]]
  const comparisons = trial.result === 'violates' ? trial.comparisons : []
  const rows = comparisons.flatMap((compared): Rows => {
    const wrong = wrongElementsOf(compared)
    if (wrong === null) return []
    const { label, count, of, first, along } = wrong
    const axes = operation.outputs[label]?.axes ?? []
    const place = axes.map((symbol, axis) => `${symbol}=${first.index[axis]}`).join(', ')
    const apart = Math.abs(first.actual - first.expected)
    const patterns = axes.flatMap((symbol, axis) => {
      const pattern = patternOf(along[axis]!, compared.shape[axis]!)
      return pattern === null || pattern === 'all' ? [] : [`${symbol} ${pattern}`]
    })
    const where = patterns.length === 0 ? '' : `, all of them at ${patterns.join(', ')}`
    return [
      ['wrong', `${figure(count)} of ${figure(of)} elements of ${label}${where}`],
      ['the first', axes.length === 0 ? label : `${label}[${place}]`],
      ['expected', precise(first.expected)],
      ['got', precise(first.actual)],
      ['off by', `${figure(apart)}; rounding explains up to ${figure(first.bound)}`],
    ]
  })
  return rows.length > 0 ? [...data, ...rows] : [...data, ['reason', trial.reason]]
}

/** How long both sides took. */
function timeRows({ calls, references, distributions, verdict }: Tried): Rows {
  const rows: (readonly [string, string])[] = []
  if (verdict.outcome === 'conforms') {
    rows.push(['data', [...new Set(distributions)].join(', ')])
  }
  const times = timesOf(calls)
  if (times !== null) {
    const { median, least, most, count, first } = times
    const spread =
      count === 1
        ? ''
        : `, median of ${figure(count)} (${milliseconds(least)} to ${milliseconds(most)})`
    const warm =
      first === null ? ', its first call' : `; the first call, not counted, ${milliseconds(first)}`
    rows.push(['time', `${milliseconds(median)} a call${spread}${warm}`])
  }
  if (references.length > 0) {
    rows.push([
      'reference',
      `${milliseconds(1000 * medianOf(references))} a case, one number after the other, bounds included`,
    ])
  }
  return rows
}

function milliseconds(time: number): string {
  if (time >= 1000) return `${figure(time / 1000)} s`
  return `${Number(time.toPrecision(3))} ms`
}

function duration(seconds: number): string {
  return seconds < 99.5 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`
}
