import type { Operation } from '../../spec/language/operation.ts'
import { wrap } from '../base/wrap.ts'
import { shapeInWords } from './signature.ts'

/** Lines are to fit into a terminal of this width. */
const columns = 80

/** An implementation in TypeScript that provides an operation, but for what it computes. */
export function typescriptStub({ id, inputs, parameters, outputs }: Operation): string {
  const given = [Object.keys(inputs), Object.keys(parameters)].map(destructured)
  if (given[1] === '{}') given.pop()
  const oneLine = `    '${id}': (${given.join(', ')}) => {`
  const head =
    oneLine.length <= columns && !oneLine.includes('\n')
      ? [oneLine]
      : [`    '${id}': (`, ...given.map((each) => `      ${each},`), '    ) => {']
  const shaped = firstShaped(inputs)
  const sizes = shaped && `      const [${shaped.axes.join(', ')}] = ${shaped.name}.shape`
  const empty = Object.entries(outputs).map(([name, { axes }]) => {
    const value = axes.length === 0 ? '[0]' : '[]'
    return `        ${name}: tensor([${axes.map(() => 0).join(', ')}], ${value}),`
  })
  return [
    "import { defineImplementation, tensor } from 'touchstone'",
    '',
    'export default defineImplementation({',
    "  name: 'mine',",
    '  operations: {',
    ...head,
    ...(sizes ? [sizes] : []),
    ...toCompute(outputs).flatMap((line) => wrap(line, columns, '      // ').split('\n')),
    '      return {',
    ...empty,
    '      }',
    '    },',
    '  },',
    '})',
  ].join('\n')
}

/** The same in Python. */
export function pythonStub({ id, inputs, parameters, outputs }: Operation): string {
  const names = [...Object.keys(inputs), ...Object.keys(parameters)]
  const oneLine = `def ${snakeCase(id)}(${names.join(', ')}):`
  const shaped = firstShaped(inputs)
  const unpacked = shaped && `${shaped.axes.join(', ')}${shaped.axes.length === 1 ? ',' : ''}`
  const pairs = Object.keys(outputs).map((name) => `'${name}': ${name}`)
  const answer = `    return {${pairs.join(', ')}}`
  const answers =
    answer.length <= columns
      ? [answer]
      : ['    return {', ...pairs.map((pair) => `        ${pair},`), '    }']
  return [
    'from touchstone import operation, serve',
    '',
    '',
    `@operation('${id}')`,
    ...(oneLine.length <= columns
      ? [oneLine]
      : [`def ${snakeCase(id)}(`, `${wrap(names.join(', '), columns - 1, '    ')},`, '):']),
    ...(shaped ? [`    ${unpacked} = ${shaped.name}.shape`] : []),
    ...toCompute(outputs).flatMap((line) => wrap(line, columns, '    # ').split('\n')),
    '    raise NotImplementedError',
    ...answers,
    '',
    '',
    "if __name__ == '__main__':",
    "    serve(name='mine')",
  ].join('\n')
}

/** `{ a, b }`, over several lines where it is long. */
function destructured(names: readonly string[]): string {
  if (names.length === 0) return '{}'
  // The derivative by o is a word of the language, and needs another name inside.
  const fields = names.map((name) => (name === 'do' ? 'do: dO' : name)).join(', ')
  const oneLine = `{ ${fields} }`
  if (oneLine.length <= columns - 8) return oneLine
  return `{\n${wrap(fields, columns - 1, '        ')},\n      }`
}

/** The first input whose axes can be given names, each its own. */
function firstShaped(inputs: Operation['inputs']) {
  const found = Object.entries(inputs).find(
    ([, { axes }]) => axes.length > 0 && new Set(axes).size === axes.length,
  )
  return found && { name: found[0], axes: found[1].axes }
}

function toCompute(outputs: Operation['outputs']): readonly string[] {
  return Object.entries(outputs).map(
    ([name, { axes, meaning }]) => `to be computed: ${name}, ${shapeInWords(axes)}: ${meaning}`,
  )
}

/** `max_pool` for `cnn.maxPool`. */
function snakeCase(id: string): string {
  const name = id.slice(id.indexOf('.') + 1)
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
