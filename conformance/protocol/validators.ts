import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import schema from './messages.schema.json' with { type: 'json' }

/** The parts of the schema that messages are checked against. */
export const definitions = [
  'request',
  'requests',
  'response',
  'initializeResult',
  'evaluateResult',
] as const

export type Definition = (typeof definitions)[number]

/** How the schema is compiled. */
export const compiling = { strict: true, strictRequired: false, allErrors: false } as const

/** Where a definition stands in the schema. */
export const placeOf = (definition: Definition) => `${schema.$id}#/$defs/${definition}`

const ajv = new Ajv2020(compiling)
ajv.addSchema(schema)

/** For each of them, what tells whether something is as it says. */
export const validators = Object.fromEntries(
  definitions.map((name) => [name, ajv.getSchema(placeOf(name))!]),
) as Readonly<Record<Definition, ValidateFunction>>
