import { inWords, show } from './in-words.ts'
import type { Parameter } from './parameter.ts'

/** How a value differs from what a parameter's description allows. */
export interface Mismatch {
  /** The parameter, or the part of it at fault: `strides[1]`, `layers[0].units`. */
  readonly path: string
  readonly got: string
  readonly expected: string
}

/** What is wrong with the value of a parameter, or `undefined` when it is valid. */
export function mismatch(parameter: Parameter, value: unknown, path: string): Mismatch | undefined {
  const wrong = { path, got: '', expected: '' }
  switch (parameter.kind) {
    case 'integer': {
      const { min, max } = parameter
      if (Number.isInteger(value) && (value as number) >= min && (value as number) <= max) return
      break
    }
    case 'real': {
      const { min, max, open } = parameter
      const number = Number.isFinite(value) ? (value as number) : Number.NaN
      if (open ? number > min && number < max : number >= min && number <= max) return
      break
    }
    case 'choice':
      if (parameter.options.includes(value as string)) return
      break
    case 'boolean':
      if (typeof value === 'boolean') return
      break
    case 'sizes':
      if (isArrayOf(parameter.of.length, value)) {
        const at = value.findIndex((size) => !isCount(size))
        if (at < 0) return
        return {
          path: `${path}[${at}]`,
          got: show(value[at]),
          expected: `the size of axis ${parameter.of[at]}`,
        }
      }
      break
    case 'tuple':
      if (isArrayOf(parameter.items.length, value)) {
        return firstMismatch(parameter.items, (i) =>
          mismatch(parameter.items[i], value[i], `${path}[${i}]`),
        )
      }
      break
    case 'list':
      if (Array.isArray(value) && value.length >= parameter.min && value.length <= parameter.max) {
        return firstMismatch(value, (i) => mismatch(parameter.item, value[i], `${path}[${i}]`))
      }
      break
    case 'record':
      if (isRecordOf(parameter.fields, value)) {
        const names = Object.keys(parameter.fields)
        return firstMismatch(names, (i) =>
          mismatch(parameter.fields[names[i]], value[names[i]], `${path}.${names[i]}`),
        )
      }
      break
    case 'alternatives': {
      // An option that fits except for one of its parts says more than `none of the options`.
      let closest: Mismatch | undefined
      for (const option of parameter.options) {
        const found = mismatch(option, value, path)
        if (!found) return
        if (found.path !== path) closest ??= found
      }
      if (closest) return closest
    }
  }
  wrong.got = show(value)
  wrong.expected = inWords(parameter)
  return wrong
}

function firstMismatch(
  parts: readonly unknown[],
  check: (index: number) => Mismatch | undefined,
): Mismatch | undefined {
  for (let i = 0; i < parts.length; i++) {
    const found = check(i)
    if (found) return found
  }
}

function isArrayOf(length: number, value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length === length
}

function isRecordOf(
  fields: Readonly<Record<string, unknown>>,
  value: unknown,
): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(fields).every((field) => Object.hasOwn(value, field)) &&
    Object.keys(value).every((field) => Object.hasOwn(fields, field))
  )
}

/** Whether a value may be a size. */
export function isCount(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0
}
