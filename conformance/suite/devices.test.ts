import { deviceNames } from '../../impl/device/name.ts'
import { compareOn } from '../fixtures/on-device.ts'
import { properties } from '../properties/index.ts'

/** Of each operation the first property that compares it with the reference. */
const first = new Map(
  properties
    .filter(({ agrees }) => agrees)
    .flatMap((property) => property.operations.map(({ id }) => [id, property] as const))
    .toReversed(),
)

// On WebAssembly all is asked, with all cases, in `clauses.test.ts`.
for (const name of deviceNames) {
  if (name !== 'wasm') await compareOn(name, [...new Set(first.values())], 5)
}
