import { exitCodes } from '../base/exit-codes.ts'
import { type Terminal, terminalOn } from '../base/terminal.ts'
import { figure, plural, precise, visible } from '../base/text.ts'
import { wrap } from '../base/wrap.ts'
import type { SmokeResult } from '../smoke/smoke.ts'
import { type Choice, chosenOne } from './implementation.ts'

/** `touchstone smoke`: whether the adapter is wrong or the implementation, before anything else. */
export async function smokeCommand(options: Choice & { readonly json?: boolean }): Promise<void> {
  const { implementation } = await chosenOne(options)
  const { smoke } = await import('../smoke/smoke.ts')
  const terminal = terminalOn(process.stdout)
  const results = await smoke(implementation, (result) => {
    if (!options.json) terminal.write(describe(result, terminal))
  })
  if (options.json) terminal.write(`${JSON.stringify(results.map(plain), null, 2)}\n`)
  else terminal.write(`\n${wrap(summaryOf(results), Math.min(terminal.columns, 100))}\n`)
  const right = results.length > 0 && results.every(({ blame }) => blame === 'nobody')
  process.exitCode = right ? exitCodes.conforms : exitCodes.fails
}

function summaryOf(results: readonly SmokeResult[]): string {
  const count = (blame: SmokeResult['blame']) => results.filter((r) => r.blame === blame).length
  const of = (number: number, words: string) => (number === 0 ? [] : [`${figure(number)} ${words}`])
  return [
    `${figure(count('nobody'))} of ${figure(results.length)} operations are right`,
    ...of(count('adapter'), 'have a wrong adapter'),
    ...of(count('convention'), 'follow another convention'),
    ...of(count('rounding'), 'round more than they may'),
    ...of(count('implementation'), 'compute something else'),
  ].join(', ')
}

function plain({ operation, cases, refused, refusal, blame, problem }: SmokeResult) {
  return { operation, cases, refused, refusal, blame, problem }
}

const words = {
  nobody: 'right',
  adapter: 'adapter',
  convention: 'otherwise',
  rounding: 'rounds',
  implementation: 'computes',
} as const

const style = {
  nobody: 'green',
  adapter: 'yellow',
  convention: 'yellow',
  rounding: 'yellow',
  implementation: 'red',
} as const

function describe(result: SmokeResult, terminal: Terminal): string {
  const { operation, blame, problem, shown } = result
  const lines = [`${terminal.style(style[blame], words[blame].padEnd(9))} ${operation}`]
  const columns = Math.min(terminal.columns, 100)
  const refusal = refusalOf(result)
  if (refusal !== null) {
    lines.push(terminal.style('dim', wrap(visible(refusal), columns, ' '.repeat(10))))
  }
  if (blame === 'nobody') return `${lines.join('\n')}\n`
  lines.push(wrap(visible(problem), columns, ' '.repeat(10)))
  if (shown !== null) {
    const { inputs, parameters } = shown.testCase
    const given = [
      ...Object.entries(inputs).map(
        ([name, { shape, data }]) =>
          `${name} [${shape.join(' × ')}] ${Array.from(data.slice(0, 12), precise).join(' ')}${data.length > 12 ? ' …' : ''}`,
      ),
      ...Object.entries(parameters).map(([name, value]) => `${name} ${JSON.stringify(value)}`),
    ]
    for (const text of given) {
      lines.push(terminal.style('dim', wrap(text, columns, ' '.repeat(12))))
    }
  }
  return `${lines.join('\n')}\n`
}

/** What an operation refuses that is right on other cases. */
function refusalOf({ cases, refused, refusal, blame }: SmokeResult): string | null {
  if (refusal === null || blame !== 'nobody') return null
  if (cases === 0) return `${refusal}: nothing was tried`
  return `on ${plural(cases, 'case')}; it refuses ${figure(refused)} of others: ${refusal}`
}
