import { formats } from '../../reference/arithmetic/precision.ts'
import { profileNamed, profiles } from '../../reference/arithmetic/profile.ts'
import { operations } from '../../spec/index.ts'
import type { Level } from '../../spec/language/operation.ts'
import { nearest } from '../base/nearest.ts'
import type { Implementation, Reproducibility } from '../engine/implementation.ts'

/** What may be declared, where it is one of a few words. */
export const choices = {
  precision: Object.keys(formats),
  profile: Object.keys(profiles),
  elements: ['numbers', 'bits'],
  reproducible: ['to-the-bit', 'within-bound'] satisfies readonly Reproducibility[],
  levels: ['core', 'gradients', 'special-values'] satisfies readonly Level[],
} as const

/** What is wrong with a word that is one of a few, in words; `null` when it is one of them, or left out. */
export function problemWithChoice(name: keyof typeof choices, value: unknown): string | null {
  const allowed: readonly string[] = choices[name]
  if (value === undefined || allowed.includes(value as string)) return null
  return `${name} is ${JSON.stringify(value)}; expected ${allowed.join(', ')}`
}

/** What is wrong with the name of a profile, in words; `null` when there is one of that name. */
export function problemWithProfile(name: unknown): string | null {
  if (typeof name === 'string' && profileNamed(name) !== null) return null
  const problem = problemWithChoice('profile', name)
  return problem === null ? null : `${problem}, or randomized-svd: and a share between 0 and 1`
}

/** What is wrong with what an implementation in JavaScript, which no compiler has read, says of itself. */
export function problemWithDeclared(value: Partial<Implementation>): string | null {
  const { version, device, concurrency, levels = [], unsupported = {}, unchecked = {} } = value
  for (const [name, text] of Object.entries({ version, device })) {
    if (text !== undefined && typeof text !== 'string') return `${name} is no text`
  }
  if (concurrency !== undefined && !(Number.isInteger(concurrency) && concurrency > 0)) {
    return `concurrency is ${JSON.stringify(concurrency)}; expected a whole number above 0`
  }
  if (!Array.isArray(levels)) return 'levels are no list'
  for (const level of levels) {
    const problem = problemWithChoice('levels', level)
    if (problem !== null) return problem
  }
  return (
    problemWithChoice('precision', value.precision) ??
    problemWithChoice('reproducible', value.reproducible) ??
    problemWithReasons('unsupported', unsupported) ??
    problemWithReasons('unchecked', unchecked)
  )
}

function problemWithReasons(name: string, reasons: Readonly<Record<string, unknown>>) {
  const known = operations.map(({ id }) => id as string)
  for (const [id, reason] of Object.entries(reasons)) {
    if (!known.includes(id)) {
      const near = nearest(id, known)
      const meant = near.length > 0 ? `; did you mean ${near.join(', ')}?` : ''
      return `${name}: there is no operation ${id}${meant}`
    }
    if (typeof reason !== 'string') return `${name}: ${id} has no reason in words`
  }
  return null
}
