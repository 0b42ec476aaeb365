import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../conformance/base/root.ts'
import { properties } from '../conformance/properties/index.ts'
import { coverage } from '../conformance/suite/coverage.ts'
import { clauses, operations } from '../spec/index.ts'

/** Writes what the suite covers into the file that is kept of it. */
writeFileSync(
  join(root, 'conformance/suite/coverage.txt'),
  coverage(clauses, operations, properties),
)
