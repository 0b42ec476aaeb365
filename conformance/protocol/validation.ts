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
