import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import schema from './messages.schema.json' with { type: 'json' }
import { compiling, type Definition, definitions, placeOf } from './validation.ts'

const ajv = new Ajv2020(compiling)
ajv.addSchema(schema)

/** For each of them, what tells whether something is as it says. Bundles have them compiled already. */
export const validators = Object.fromEntries(
  definitions.map((name) => [name, ajv.getSchema(placeOf(name))!]),
) as Readonly<Record<Definition, ValidateFunction>>
