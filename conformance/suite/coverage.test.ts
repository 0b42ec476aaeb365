import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { clauses, operations } from '../../spec/index.ts'
import { properties } from '../properties/index.ts'
import { coverage } from './coverage.ts'

const kept = readFileSync(new URL('coverage.txt', import.meta.url), 'utf8').split('\n')

it('the coverage that is kept is what the suite covers; `npm run coverage` writes it anew', () => {
  const now = coverage(clauses, operations, properties).split('\n')
  const lost = kept.filter((line) => !now.includes(line))
  const gained = now.filter((line) => !kept.includes(line))
  expect({ lost, gained }).toEqual({ lost: [], gained: [] })
  expect(kept).toEqual(now)
})

it('a property, a fault or a class that is taken out is a line less', () => {
  const [property] = properties
  const [operation] = operations
  const without = coverage(
    clauses.slice(1),
    [{ ...operation, classes: {} }, ...operations.slice(1)],
    properties.slice(1),
  ).split('\n')
  const lost = kept.filter((line) => !without.includes(line))
  const [class1] = Object.keys(operation.classes)
  expect(lost).toContain(`clause ${clauses[0].id} (${clauses[0].kind})`)
  expect(lost).toContain(`class ${operation.id}: ${class1}`)
  expect(lost).toContain(`property ${property!.id} (kills ${property!.kills.length})`)
})
