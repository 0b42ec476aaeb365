import { UsageError } from '../base/errors.ts'
import { exitCodes } from '../base/exit-codes.ts'
import { type Terminal, terminalOn } from '../base/terminal.ts'
import { oneLine, plural, visible } from '../base/text.ts'
import { type Change, compareReports } from '../suite/changes.ts'
import { readReportFile } from './files.ts'

/**
 * `touchstone compare`: what began and what stopped to conform, and what is declined that was not before.
 * Either of the last two is a failure.
 */
export function compareCommand(
  before: string,
  after: string,
  options: { readonly json?: boolean },
): void {
  const comparison = compareReports(readReportFile(before), readReportFile(after))
  const { changes, gone, added } = comparison
  if (changes.length === 0) {
    throw new UsageError('the two runs have no implementation in common', [
      `${before} has ${gone.join(', ')}`,
      `${after} has ${added.join(', ')}`,
    ])
  }
  const terminal = terminalOn(process.stdout)
  if (options.json) terminal.write(`${JSON.stringify(comparison, null, 2)}\n`)
  else {
    terminal.write(`${changes.map((change) => describe(change, terminal)).join('\n\n')}\n`)
    for (const name of gone) terminal.write(`\n${oneLine(name)} is only in ${before}\n`)
    for (const name of added) terminal.write(`\n${oneLine(name)} is only in ${after}\n`)
  }
  const worse = changes.some(({ stopped, narrowed }) => stopped.length + narrowed.length > 0)
  process.exitCode = worse ? exitCodes.fails : exitCodes.conforms
}

function describe(change: Change, { style }: Terminal): string {
  const { implementation, stopped, began, narrowed, still, onlyBefore, onlyAfter } = change
  const lines = [style('bold', oneLine(implementation))]
  for (const { property, after } of stopped) {
    lines.push(`  ${style('red', `stopped to conform, now ${after}`)}\n    ${visible(property)}`)
  }
  for (const { property, before } of began) {
    lines.push(
      `  ${style('green', `began to conform, before ${before}`)}\n    ${visible(property)}`,
    )
  }
  for (const reason of narrowed) {
    lines.push(`  ${style('red', 'declines what it took before')}\n    ${oneLine(reason)}`)
  }
  if (stopped.length + began.length === 0) lines.push('  nothing began or stopped to conform')
  if (still > 0) lines.push(`  ${plural(still, 'property', 'properties')} conform in neither`)
  if (onlyBefore > 0) {
    lines.push(`  ${plural(onlyBefore, 'property', 'properties')} only in the earlier run`)
  }
  if (onlyAfter > 0) {
    lines.push(`  ${plural(onlyAfter, 'property', 'properties')} only in the later run`)
  }
  return lines.join('\n')
}
