import type { Operation } from './language/operation.ts'
import type { Parameter } from './language/parameter.ts'
import { adversarial } from './parameters-adversarial.ts'
import { compression } from './parameters-compression.ts'
import { federated } from './parameters-federated.ts'
import { images } from './parameters-images.ts'
import { sequences } from './parameters-sequences.ts'

/**
 * What parameters mean, in one place: by the name alone where it means the same in every operation
 * (`strides`), by area and name (`cnn.alpha`) or by operation and name (`cnn.outputSize.padding`) where
 * names recur with other meanings. The narrowest applies. Fields of records are behind their parameter.
 */
export const parameterMeanings: Readonly<Record<string, string>> = {
  ...images,
  ...compression,
  ...sequences,
  ...federated,
  ...adversarial,
}

/** The key under which the meaning of a parameter stands: `padding`, or `layers.kernel` of a record. */
export function meaningKey(operation: Operation, path: string): string | null {
  const { id, derivative } = operation
  const [area] = id.split('.')
  const own = [id, ...(derivative === undefined ? [] : [derivative.of.id])]
  const keys = [...own.map((name) => `${name}.${path}`), `${area}.${path}`, path]
  return keys.find((key) => Object.hasOwn(parameterMeanings, key)) ?? null
}

/**
 * What a parameter of an operation means, or a field of one.
 *
 * @throws a parameter that has no meaning, which a test excludes
 */
export function meaningOf(operation: Operation, path: string): string {
  const key = meaningKey(operation, path)
  if (key === null) throw new Error(`${path} of ${operation.id} has no meaning in spec/parameters`)
  return parameterMeanings[key]!
}

/** Every parameter by its name and, behind it, every field of its records: `layers`, `layers.kernel`. */
export function pathsOf(parameters: Operation['parameters']): readonly string[] {
  const all = Object.entries(parameters).flatMap(([name, parameter]) => [
    name,
    ...fieldsIn(parameter).map(([path]) => `${name}.${path}`),
  ])
  return [...new Set(all)]
}

/** The fields of all records in a parameter, by where they are in it; one of several options comes as often. */
export function fieldsIn(parameter: Parameter): readonly (readonly [string, Parameter])[] {
  switch (parameter.kind) {
    case 'list':
      return fieldsIn(parameter.item)
    case 'tuple':
      return parameter.items.flatMap(fieldsIn)
    case 'alternatives':
      return parameter.options.flatMap(fieldsIn)
    case 'record':
      return Object.entries(parameter.fields).flatMap(([name, field]) => [
        [name, field] as const,
        ...fieldsIn(field).map(([path, inner]) => [`${name}.${path}`, inner] as const),
      ])
    default:
      return []
  }
}
