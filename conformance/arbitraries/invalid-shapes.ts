import type { Inputs, Signature } from '../../spec/language/check.ts'
import type { Parameters, Sizes } from '../../spec/language/operation.ts'
import { elements, type Tensor } from '../../spec/language/tensor.ts'
import type { Case } from './case.ts'
import type { Invalidity, Spoiled } from './invalidity.ts'
import { tellSizes } from './parameter.ts'

/** Axes whose size an earlier input, or all other arguments together, fix already. */
export function disagreements(operation: Signature): Invalidity[] {
  const found: Invalidity[] = []
  const tellers: Record<string, string> = {}
  for (const [argument, { axes }] of Object.entries(operation.inputs)) {
    for (const [axis, symbol] of axes.entries()) {
      const isDerived = operation.dimensions[symbol].kind === 'derived'
      const teller = isDerived ? 'the one derived' : tellers[symbol]
      tellers[symbol] ??= `in ${argument}`
      if (teller === undefined) continue
      found.push({
        name: `axis ${symbol} of ${argument}, at place ${axis}, longer by one than ${teller}`,
        argument,
        spoil: ({ inputs, parameters }) => {
          const { shape } = inputs[argument]
          const grown = reshaped(inputs[argument], shape.with(axis, shape[axis] + 1))
          return { inputs: { ...inputs, [argument]: grown }, parameters }
        },
      })
    }
  }
  return found
}

/** Axes that are one too short for the other sizes and the parameters; derived sizes follow. */
export function belowBounds(operation: Signature): Invalidity[] {
  return Object.entries(operation.dimensions).flatMap(([symbol, dimension]) => {
    if (dimension.kind !== 'at-least') return []
    return {
      name: `axis ${symbol} one below its bound, ${dimension.bound}`,
      argument: tellerOf(operation, symbol),
      spoil: ({ sizes, inputs, parameters }: Case) => {
        const short = dimension.lower(sizes, parameters) - 1
        if (short < 1) return undefined
        return resized(operation, inputs, parameters, { ...sizes, [symbol]: short })
      },
    }
  })
}

/** One axis too many, one axis too few. */
export function wrongRanks(operation: Signature): Invalidity[] {
  return Object.entries(operation.inputs).flatMap(([argument, { axes }]) => {
    const change = (name: string, reshape: (shape: readonly number[]) => readonly number[]) => ({
      name,
      argument,
      spoil: ({ inputs, parameters }: Case) => {
        const changed = reshaped(inputs[argument], reshape(inputs[argument].shape))
        return { inputs: { ...inputs, [argument]: changed }, parameters }
      },
    })
    const extra = change(`${argument} with one axis too many`, (shape) => [1, ...shape])
    const missing = change(`${argument} without its last axis`, (shape) => shape.slice(0, -1))
    return axes.length === 0 ? [extra] : [extra, missing]
  })
}

/** The first argument that tells the size of an axis: an input, or an item of a `sizes` parameter. */
function tellerOf(operation: Signature, symbol: string): string {
  for (const [name, { axes }] of Object.entries(operation.inputs)) {
    if (axes.includes(symbol)) return name
  }
  for (const [name, parameter] of Object.entries(operation.parameters)) {
    if (parameter.kind === 'sizes' && parameter.of.includes(symbol)) {
      return `${name}[${parameter.of.indexOf(symbol)}]`
    }
  }
  throw new Error(`${operation.id}: the signature has no argument that tells the size ${symbol}`)
}

/** The same case with other sizes: in all inputs, all `sizes` parameters and, if possible, derived. */
function resized(
  operation: Signature,
  inputs: Inputs,
  parameters: Parameters,
  wanted: Sizes,
): Spoiled {
  const sizes: Record<string, number> = { ...wanted }
  for (const [symbol, dimension] of Object.entries(operation.dimensions)) {
    if (dimension.kind !== 'derived') continue
    const size = dimension.size(sizes, parameters)
    if (Number.isInteger(size) && size >= 0) sizes[symbol] = size
  }
  const tensors: Record<string, Tensor> = {}
  for (const [name, { axes }] of Object.entries(operation.inputs)) {
    const shape = axes.map((symbol) => sizes[symbol])
    tensors[name] = reshaped(inputs[name], shape)
  }
  const told: Record<string, unknown> = { ...parameters }
  for (const [name, parameter] of Object.entries(operation.parameters)) {
    if (parameter.kind === 'sizes') told[name] = tellSizes(parameter, sizes)
  }
  return { inputs: tensors, parameters: told }
}

/** An array of another shape with the same elements, cut off or repeated. */
function reshaped({ dtype, data }: Tensor, shape: readonly number[]): Tensor {
  const other = new (data.constructor as Float32ArrayConstructor)(elements(shape))
  if (data.length > 0) for (let i = 0; i < other.length; i++) other[i] = data[i % data.length]
  return { dtype, shape, data: other }
}
