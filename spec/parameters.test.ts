import { expect, it } from 'vitest'
import { operations } from './index.ts'
import { free, type Operation, operation } from './language/operation.ts'
import { integer, list, record } from './language/parameter.ts'
import { meaningKey, meaningOf, parameterMeanings, pathsOf } from './parameters.ts'

const keysOf = (each: Operation) =>
  pathsOf(each.parameters).map((path) => [`${each.id}, ${path}`, meaningKey(each, path)] as const)

/** What no parameter of no operation says. */
const silent = (all: readonly Operation[]) =>
  all.flatMap(keysOf).flatMap(([name, key]) => (key === null ? [name] : []))

it('every parameter of every operation has a meaning, and every field of one', () => {
  expect(silent(operations)).toEqual([])
})

it('every meaning is one of a parameter', () => {
  const used = new Set((operations as readonly Operation[]).flatMap(keysOf).map(([, key]) => key))
  expect(Object.keys(parameterMeanings).filter((key) => !used.has(key))).toEqual([])
})

it('a meaning is a phrase, which others follow', () => {
  for (const [key, meaning] of Object.entries(parameterMeanings)) {
    expect(meaning, key).toMatch(/^\S.*[^.\s]$/)
  }
})

const toy = operation({
  id: 'toy.layers',
  title: 'A toy',
  level: 'core',
  dimensions: { N: free(1, 2, 'samples') },
  inputs: {},
  parameters: {
    strides: integer({ min: 1, upTo: 2 }),
    stages: list(record({ breadth: integer({ min: 1, upTo: 2 }) }), { min: 1, max: 2 }),
  },
  outputs: {},
  classes: {},
})

it('a parameter without a meaning is noticed, and so is a field', () => {
  expect(silent([toy])).toEqual(['toy.layers, stages.breadth'])
  expect(() => meaningOf(toy, 'stages.breadth')).toThrow('toy.layers')
})

it('the narrowest meaning applies, and a gradient has those of its operation', () => {
  const by = (id: string, path: string) =>
    meaningKey((operations as readonly Operation[]).find((each) => each.id === id)!, path)
  expect(by('cnn.conv2d', 'padding')).toBe('padding')
  expect(by('cnn.outputSize', 'padding')).toBe('cnn.outputSize.padding')
  expect(by('gan.tconv2d', 'padding')).toBe('gan.padding')
  expect(by('resnet.projectionBlockGradient', 'stride')).toBe('resnet.projectionBlock.stride')
})
