import * as fc from 'fast-check'
import type { Case } from '../../../conformance/arbitraries/case.ts'
import { mapValues } from '../../../conformance/base/records.ts'
import { hasSome } from '../../../spec/language/elements.ts'
import {
  type ArrayInput,
  type Operation,
  type Parameters,
  type Range,
  rangeOf,
  type Sizes,
} from '../../../spec/language/operation.ts'
import type { Parameter } from '../../../spec/language/parameter.ts'
import { elements, type Tensor } from '../../../spec/language/tensor.ts'

/** The largest size; of what has many axes, so that a case stays affordable, the smaller one. */
const largest = ({ inputs }: Operation) =>
  Object.values(inputs).some(({ axes }) => axes.length > 4) ? 3 : 5

/** Cases as one draws them in an afternoon: sizes of 1 to 5, small parameters, numbers in -10..10. */
export function plainCases(operation: Operation): fc.Arbitrary<Case> {
  const most = largest(operation)
  const sizes = Object.entries(operation.dimensions).map(([symbol, it]) => {
    const min = it.kind === 'free' ? it.min : 1
    return [symbol, fc.integer({ min, max: Math.max(min, most) })] as const
  })
  return fc
    .record({
      sizes: fc.record(Object.fromEntries(sizes)),
      parameters: fc.record(allDrawnFrom(operation.parameters)),
    })
    .map((drawn) => settled(operation, drawn.sizes, drawn.parameters))
    .chain(({ sizes, parameters }) =>
      fc
        .record(arraysOf(operation, sizes, parameters))
        .map((inputs): Case => ({ sizes, parameters, inputs: inputs as Case['inputs'] })),
    )
}

/** Sizes that fit together, and parameters that keep the conditions of the signature. */
function settled(operation: Operation, drawn: Sizes, wanted: Parameters) {
  const sizes: Record<string, number> = {}
  let parameters = wanted
  for (const [symbol, it] of Object.entries(operation.dimensions)) {
    if (it.kind === 'free') sizes[symbol] = drawn[symbol]
  }
  for (const { repair } of operation.constraints ?? []) parameters = repair(parameters, sizes)
  for (const [symbol, it] of Object.entries(operation.dimensions)) {
    if (it.kind === 'at-least') {
      sizes[symbol] = Math.max(1, it.lower(sizes, parameters)) + drawn[symbol] - 1
    }
  }
  for (const [symbol, it] of Object.entries(operation.dimensions)) {
    if (it.kind === 'derived') sizes[symbol] = it.size(sizes, parameters)
  }
  return { sizes, parameters: told(parameters, sizes) }
}

/** The sizes that an operation is told, in the place of their description. */
function told(parameters: Parameters, sizes: Sizes): Parameters {
  return mapValues(parameters, (value) =>
    value?.kind === 'sizes' ? value.of.map((symbol: string) => sizes[symbol]) : value,
  )
}

function allDrawnFrom(parameters: Readonly<Record<string, Parameter>>) {
  return Object.fromEntries(Object.entries(parameters).map(([name, it]) => [name, drawnFrom(it)]))
}

function drawnFrom(parameter: Parameter): fc.Arbitrary<unknown> {
  switch (parameter.kind) {
    case 'integer':
      return fc.integer({ min: parameter.min, max: parameter.upTo })
    case 'real': {
      const { from, to, min, max, open, values } = parameter
      const between = fc.double({ min: from, max: to, noNaN: true })
      const inside = (x: number) => (open ? x > min && x < max : x >= min && x <= max)
      return fc.oneof(between.filter(inside), fc.constantFrom(...values, from).filter(inside))
    }
    case 'choice':
      return fc.constantFrom(...parameter.options)
    case 'boolean':
      return fc.boolean()
    case 'sizes':
      return fc.constant(parameter)
    case 'tuple':
      return fc.tuple(...parameter.items.map(drawnFrom))
    case 'list':
      return fc.array(drawnFrom(parameter.item), {
        minLength: parameter.min,
        maxLength: Math.min(5, parameter.max),
      })
    case 'record':
      return fc.record(allDrawnFrom(parameter.fields))
    case 'alternatives':
      return fc.oneof(...parameter.options.map(drawnFrom))
  }
}

function arraysOf(
  operation: Operation,
  sizes: Sizes,
  parameters: Parameters,
): Record<string, fc.Arbitrary<Tensor>> {
  const arrays: Record<string, fc.Arbitrary<Tensor>> = {}
  for (const [name, input] of Object.entries(operation.inputs)) {
    const shape = input.axes.map((symbol) => sizes[symbol])
    const length = elements(shape)
    const [min, max] = endsOf(input, parameters)
    const drawn = input.semidefinite
      ? covariances(shape[0]!)
      : input.elements === 'bit' || input.elements === 'whole'
        ? fc.array(fc.integer({ min, max }), { minLength: length, maxLength: length })
        : fc.float32Array({ minLength: length, maxLength: length, min, max, noNaN: true })
    const tensors = drawn.map(
      (data): Tensor => ({ dtype: 'float32', shape, data: Float32Array.from(data) }),
    )
    arrays[name] = tensors.filter((tensor) => hasSome(input, tensor))
  }
  return arrays
}

/** Products FᵀF of whole numbers, which no rounding keeps from being covariances. */
function covariances(size: number): fc.Arbitrary<number[]> {
  const row = fc.array(fc.integer({ min: -10, max: 10 }), { minLength: size, maxLength: size })
  return fc
    .array(row, { minLength: size, maxLength: size })
    .map((factor) =>
      Array.from({ length: size * size }, (_, at) =>
        factor.reduce((sum, its) => sum + its[Math.floor(at / size)]! * its[at % size]!, 0),
      ),
    )
}

function endsOf(input: ArrayInput, parameters: Parameters): Range {
  switch (input.elements) {
    case 'real':
      return [-10, 10]
    case 'bit':
      return [0, 1]
    case 'nonnegative':
      return [0, 10]
    case 'positive':
      return [2 ** -6, 10]
    case 'share':
      return [0, 1]
    case 'whole':
      return rangeOf(input, parameters)!
  }
}
