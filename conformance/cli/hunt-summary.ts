import { join } from 'node:path'
import type { Terminal } from '../base/terminal.ts'
import { figure, oneLine, plural, visible } from '../base/text.ts'
import { type HuntProblem, statesIn, together } from '../suite/hunt/state.ts'
import { quoted } from './implementation.ts'

/** What the hunts in a folder came to, all shards of one together: each problem once. */
export function summary(folder: string, { style }: Terminal): string {
  const states = statesIn(folder)
  const sum = (of: 'cases' | 'turns' | 'seconds') =>
    states.reduce((all, state) => all + state[of], 0)
  const problems = together(states.flatMap((state) => state.problems))
  const ended = [...new Set(states.flatMap((state) => state.ended))]
  const found = problems.length === 0 ? 'nothing' : plural(problems.length, 'problem')
  return [
    `  hunted      ${figure(sum('cases'))} cases in ${plural(sum('turns'), 'turn')}, ${figure(Math.round(sum('seconds')))} s`,
    `  found       ${style(problems.length === 0 ? 'green' : 'red', found)}`,
    ...(ended.length === 0
      ? []
      : [
          '',
          '  the process ended, or was killed, in the turns of',
          ...ended.map((id) => `    ${id}`),
        ]),
    ...problems.flatMap((problem) => ['', ...linesOf(problem, folder, style)]),
  ].join('\n')
}

function linesOf(problem: HuntProblem, folder: string, style: Terminal['style']) {
  const { outcome, operation, says, properties, turns, capsule, option, implementation } = problem
  const what = operation === null ? properties[0]! : operation
  return [
    `  ${style('red', outcome)}  ${what}: ${visible(says).split('\n')[0]}`,
    `    of ${oneLine(implementation)}, in ${plural(turns, 'turn')}, of ${properties[0]}${properties.length > 1 ? ` and ${properties.length - 1} more` : ''}`,
    ...(capsule === null
      ? []
      : [`    npx touchstone replay ${quoted(join(folder, 'capsules', capsule))}${option}`]),
  ]
}
