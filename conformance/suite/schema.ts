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

let validators: ReadonlyMap<Described, ValidateFunction> | null = null

function validatorOf(described: Described): ValidateFunction {
  if (validators === null) {
    // Loaded when there is something to check: most runs have nothing.
    const { Ajv2020 }: typeof import('ajv/dist/2020.js') = require('ajv/dist/2020.js')
    const ajv = new Ajv2020({ discriminator: true, schemas: Object.values(schemas) })
    const names = Object.keys(schemas) as Described[]
    validators = new Map(names.map((name) => [name, ajv.getSchema(schemas[name].$id)!]))
  }
  return validators.get(described)!
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
