import { exitCodes } from '../base/exit-codes.ts'
import { type Terminal, terminalOn } from '../base/terminal.ts'
import { figure, precise, visible } from '../base/text.ts'
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
  const count = (blame: SmokeResult['blame']) => results.filter((r) => r.blame === blame).length
  if (options.json) terminal.write(`${JSON.stringify(results.map(plain), null, 2)}\n`)
  else {
    const parts = [
      `${figure(count('nobody'))} of ${figure(results.length)} operations are right`,
      `${figure(count('adapter'))} have a wrong adapter`,
      `${figure(count('implementation'))} compute something else`,
    ]
    terminal.write(`\n${wrap(parts.join(', '), Math.min(terminal.columns, 100))}\n`)
  }
  const right = results.length > 0 && count('nobody') === results.length
  process.exitCode = right ? exitCodes.conforms : exitCodes.fails
}

function plain({ operation, cases, blame, problem }: SmokeResult) {
  return { operation, cases, blame, problem }
}

const words = { nobody: 'right', adapter: 'adapter', implementation: 'computes' } as const

function describe({ operation, blame, problem, shown }: SmokeResult, terminal: Terminal): string {
  const style = { nobody: 'green', adapter: 'yellow', implementation: 'red' } as const
  const lines = [`${terminal.style(style[blame], words[blame].padEnd(9))} ${operation}`]
  const columns = Math.min(terminal.columns, 100)
  if (blame === 'nobody') return `${lines[0]}\n`
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
