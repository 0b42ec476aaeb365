import { createRequire } from 'node:module'
import type { ValidateFunction } from 'ajv/dist/2020.js'
import capsule from './capsule.schema.json' with { type: 'json' }
import known from './known.schema.json' with { type: 'json' }
import matrix from './matrix.schema.json' with { type: 'json' }
import report from './report.schema.json' with { type: 'json' }

/** The published schemas, by what they describe. */
export const schemas = { report, matrix, capsule, known } as const

export type Described = keyof typeof schemas

const require = createRequire(import.meta.url)

const validators = new Map<Described, ValidateFunction>()

function validatorOf(described: Described): ValidateFunction {
  const known = validators.get(described)
  if (known !== undefined) return known
  // Loaded when there is something to check: most runs have nothing. Each is compiled only where it is asked.
  const { Ajv2020 }: typeof import('ajv/dist/2020.js') = require('ajv/dist/2020.js')
  const ajv = new Ajv2020({ discriminator: true, schemas: Object.values(schemas) })
  const validator = ajv.getSchema(schemas[described].$id)!
  validators.set(described, validator)
  return validator
}

/** What is wrong with data that should be as a schema says, in one line, or `null`. */
export function problemWith(described: Described, data: unknown): string | null {
  const validate = validatorOf(described)
  if (validate(data)) return null
  const [first] = validate.errors!
  const { instancePath, message, params } = first!
  const what = 'allowedValues' in params ? `: ${params.allowedValues.join(', ')}` : ''
  return `${instancePath || 'it'} ${message}${what}`
}
