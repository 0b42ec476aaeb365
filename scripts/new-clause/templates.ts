import type { Names } from './names.ts'

/** The files of a new topic, by path: everything that can be known of them, and the rest left open. */
export function topicFiles(names: Names): Readonly<Record<string, string>> {
  const { area, topic } = names
  return {
    [`spec/${area}/${topic}.ts`]: spec(names),
    [`reference/${area}/${topic}.ts`]: reference(names),
    [`impl/${area}/${topic}.ts`]: impl(names),
    [`conformance/properties/${area}/${topic}.ts`]: properties(names),
    [`conformance/properties/${area}/${topic}-faults.ts`]: faults(names),
  }
}

const spec = ({ area, clause, operation }: Names) => `\
import { clause } from '../language/clause.ts'
import { array, free, operation } from '../language/operation.ts'

/** */
export const ${operation} = operation({
  id: '${area}.${operation}',
  title: '',
  level: 'core',
  dimensions: { N: free(1, 4, '') },
  inputs: { x: array('', 'N') },
  parameters: {},
  outputs: { y: array('', 'N') },
  classes: {},
})

export const ${operation}Clause = clause({
  id: '${clause}',
  title: '',
  kind: 'formula',
  operations: [${operation}],
  statement: '',
  formula: '',
  domain: '',
  conventions: [],
  source: { notes: [], publications: [] },
  errata: [],
})
`

const reference = ({ area, topic, clause, operation }: Names) => `\
import type { ${operation} as spec } from '../../spec/${area}/${topic}.ts'
import type { Reference } from '../reference.ts'

/**
 *
 *
 * Formula
 * Clauses    ${clause}
 * Shapes     x: [N] → y: [N]
 * Edges
 * Source
 * Example
 */
export const ${operation}: Reference<typeof spec> = () => {
  throw new Error('reference/${area}/${topic}.ts has no formula yet')
}
`

const impl = ({ area, topic, clause, operation }: Names) => `\
import type { ${operation} as spec } from '../../spec/${area}/${topic}.ts'
import type { Fast } from '../operation.ts'

/**
 *
 *
 * Clauses    ${clause}
 * Fast by
 */
export const ${operation}: Fast<typeof spec> = () => {
  throw new Error('impl/${area}/${topic}.ts computes nothing yet')
}
`

const properties = ({ area, topic, operation }: Names) => `\
import { ${operation}, ${operation}Clause } from '../../../spec/${area}/${topic}.ts'
import { agreement } from '../../kit/agreement.ts'
import { properties } from '../../kit/properties.ts'
import { notWrongYet } from './${topic}-faults.ts'

export const ${operation}Properties = properties(
  ${operation}Clause,
  agreement(${operation}, 'integers', { kills: [notWrongYet] }),
  agreement(${operation}, 'reals', { kills: [notWrongYet] }),
)
`

const faults = ({ area, topic, operation }: Names) => `\
import { ${operation} as reference } from '../../../reference/${area}/${topic}.ts'
import { ${operation} } from '../../../spec/${area}/${topic}.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(${operation}, reference)

export const notWrongYet = wrong.outputs('gives the right answer', (outputs) => outputs)
`

/** The lists of an area that has no topic yet, by path. */
export const areaFiles = (area: string): Readonly<Record<string, string>> => ({
  [`spec/${area}/index.ts`]: `\
/** The clauses of the area \`${area}\`, in the order of the notes. */
export const clauses = [] as const
`,
  [`reference/${area}/index.ts`]: `\
/** The reference of every operation of the area \`${area}\`, by the name that it has in this area. */
`,
  [`impl/${area}/index.ts`]: `\
/** The fast implementation of every operation of the area \`${area}\`, by the name that it has in this area. */
`,
  [`conformance/properties/${area}/index.ts`]: `\
/** Every property of the clauses of the area \`${area}\`. */
export const ${area}Properties = []
`,
})
