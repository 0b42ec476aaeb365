import type { Parameter } from './parameter.ts'

/** What a description allows, as the end of `expected …`. */
export function inWords(parameter: Parameter): string {
  switch (parameter.kind) {
    case 'integer':
      return `a whole number${rangeInWords(parameter.min, parameter.max, false)}`
    case 'real':
      return `a number${rangeInWords(parameter.min, parameter.max, parameter.open)}`
    case 'choice':
      return parameter.options.map((option) => `'${option}'`).join(' or ')
    case 'boolean':
      return 'true or false'
    case 'sizes':
      return `the sizes [${parameter.of.join(', ')}]`
    case 'tuple':
      return `[${parameter.items.map(inWords).join(', ')}]`
    case 'list':
      return `a list of ${parameter.min} to ${parameter.max} of: ${inWords(parameter.item)}`
    case 'record':
      return `a record of ${Object.keys(parameter.fields).join(', ')}`
    case 'alternatives':
      return parameter.options.map(inWords).join(' or ')
  }
}

function rangeInWords(min: number, max: number, open: boolean): string {
  const bounds: string[] = []
  if (min > -Number.MAX_SAFE_INTEGER) bounds.push(open ? `above ${min}` : `at least ${min}`)
  if (max < Number.MAX_SAFE_INTEGER) bounds.push(open ? `below ${max}` : `at most ${max}`)
  return bounds.length === 0 ? '' : `, ${bounds.join(' and ')}`
}

/** A value that someone passed, short enough for a message. */
export function show(value: unknown): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
  if (typeof value === 'string') return `'${shorten(value)}'`
  if (value === undefined || typeof value === 'bigint') return String(value)
  if (Array.isArray(value)) return shorten(`[${value.slice(0, 20).map(show).join(', ')}]`)
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).slice(0, 20)
    return shorten(`{ ${fields.map(([name, part]) => `${name}: ${show(part)}`).join(', ')} }`)
  }
  return String(value)
}

function shorten(text: string): string {
  return text.length > 100 ? `${text.slice(0, 99)}…` : text
}
