import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../conformance/base/root.ts'
import { plural } from '../conformance/base/text.ts'
import { properties } from '../conformance/properties/index.ts'
import { coverage } from '../conformance/suite/coverage.ts'
import { gapsIn } from '../conformance/suite/gaps.ts'
import { fast } from '../impl/index.ts'
import { referencesById } from '../reference/index.ts'
import { clauses, operations } from '../spec/index.ts'
import { countLines } from '../spec/notes.ts'

/**
 * Writes what the suite covers into the file that is kept of it, and says how much that is. What is claimed without
 * evidence is listed, and makes it fail.
 */
writeFileSync(
  join(root, 'conformance/suite/coverage.txt'),
  coverage(clauses, operations, properties),
)
const referenced = Object.keys(referencesById)
const implemented = Object.keys(fast)
const faults = new Set(properties.flatMap(({ kills }) => kills.map(({ id }) => id)))
const gaps = gapsIn({ clauses, operations, referenced, implemented, properties })
const { writtenLines, writtenLinesAccounted } = countLines(clauses)
for (const line of [
  `${plural(clauses.length, 'clause')} with ${plural(properties.length, 'property', 'properties')}, which must notice ${plural(faults.size, 'fault')}`,
  `${plural(operations.length, 'operation')}, ${referenced.length} with a reference, ${implemented.length} made fast`,
  `${writtenLinesAccounted} of ${writtenLines} written lines of the notes accounted for`,
  ...(gaps.length === 0 ? ['no claim without evidence'] : gaps),
]) {
  process.stdout.write(`${line}\n`)
}
process.exitCode = gaps.length === 0 ? 0 : 1
