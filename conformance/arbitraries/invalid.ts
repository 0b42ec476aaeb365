import type { Inputs, Signature } from '../../spec/language/check.ts'
import { allowedElements } from '../../spec/language/elements.ts'
import { mismatch } from '../../spec/language/mismatch.ts'
import {
  type ArrayInput,
  type Parameters,
  rangeOf,
  type Sizes,
} from '../../spec/language/operation.ts'
import type { Parameter } from '../../spec/language/parameter.ts'
import { elements, type Tensor } from '../../spec/language/tensor.ts'
import type { Case } from './case.ts'
import { drawParameter, tellSizes } from './parameter.ts'

/** Arguments that the signature of an operation does not allow. */
export interface Spoiled {
  readonly inputs: Inputs
  readonly parameters: Parameters
}

/** One way to turn a valid case into one that every implementation must reject. */
export interface Invalidity {
  /** In words, unique within the operation: `axis K of filters one longer than in x`. */
  readonly name: string
  /** The argument that the rejection names, such as `filters` or `strides[1]`. */
  readonly argument: string
  /** The spoiled arguments; `undefined` when this valid case cannot be spoiled in this way. */
  readonly spoil: (valid: Case) => Spoiled | undefined
  /**
   * Whether the numbers are those of the valid case, in another element type: then who reads them as what
   * they are and gives the right answer is as right as who rejects them.
   */
  readonly sameNumbers?: boolean
}

/** Every way in which the signature of an operation says that arguments can be wrong. */
export function invalidities(operation: Signature): readonly Invalidity[] {
  return [
    ...disagreements(operation),
    ...belowBounds(operation),
    ...wrongRanks(operation),
    ...wrongElements(operation),
    ...zerosAlone(operation),
    ...noCovariances(operation),
    ...wrongTypes(operation),
    ...wrongParameters(operation),
    ...violations(operation),
  ]
}

/** Axes whose size an earlier input, or all other arguments together, fix already. */
function disagreements(operation: Signature): Invalidity[] {
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
function belowBounds(operation: Signature): Invalidity[] {
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
function wrongRanks(operation: Signature): Invalidity[] {
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

/** An element that the signature does not allow: one that is not whole, negative, zero, or outside of a range. */
function wrongElements(operation: Signature): Invalidity[] {
  return Object.entries(operation.inputs).flatMap(([argument, input]) =>
    wrongIn(input).map(({ name, wrong }) => ({
      name: `${argument} with the element ${name}`,
      argument,
      spoil: ({ inputs, parameters }: Case) => {
        const tensor = inputs[argument]!
        if (tensor.data.length === 0) return undefined
        const data = tensor.data.slice()
        const at = data.length - 1
        data[at] = wrong(parameters)
        // What is beside the end of a wide range may be rounded onto it.
        if (allowedElements(input, parameters)?.holds(data[at]!)) data[at] = 2 * data[at]!
        return { inputs: { ...inputs, [argument]: { ...tensor, data } }, parameters }
      },
    })),
  )
}

/** Zeros alone where at least one element has to be above 0. */
function zerosAlone(operation: Signature): Invalidity[] {
  return Object.entries(operation.inputs).flatMap(([argument, input]) => {
    if (input.some === undefined) return []
    const byRow = input.some === 'in each row'
    const name = byRow ? `${argument} with a row of zeros` : `${argument} with no element above 0`
    const spoil = ({ inputs, parameters }: Case) => {
      const { data, ...tensor } = inputs[argument]!
      const zeros = byRow ? tensor.shape.at(-1)! : data.length
      const spoiled = data.map((x, i) => (i < data.length - zeros ? x : 0))
      return { inputs: { ...inputs, [argument]: { ...tensor, data: spoiled } }, parameters }
    }
    return { name, argument, spoil }
  })
}

/** Matrices that no features vary by. */
function noCovariances(operation: Signature): Invalidity[] {
  return Object.entries(operation.inputs).flatMap(([argument, input]) => {
    if (!input.semidefinite) return []
    const changed =
      (change: (data: Tensor['data'], size: number) => void, least: number) =>
      ({ inputs, parameters }: Case) => {
        const { shape, ...tensor } = inputs[argument]!
        if (shape[0]! < least) return undefined
        const data = tensor.data.slice()
        change(data, shape[0]!)
        return { inputs: { ...inputs, [argument]: { ...tensor, shape, data } }, parameters }
      }
    const beyond = (data: Tensor['data']) => 1 + Math.max(...data.map(Math.abs))
    return [
      {
        name: `${argument} that is not symmetric`,
        argument,
        spoil: changed((data) => {
          data[1] = data[1]! + beyond(data)
        }, 2),
      },
      {
        name: `${argument} with a variance below 0`,
        argument,
        spoil: changed((data) => {
          data[data.length - 1] = -2 * beyond(data)
        }, 1),
      },
      {
        name: `${argument} with features that vary more together than by themselves`,
        argument,
        spoil: changed((data, size) => {
          data[1] = 2 * beyond(data)
          data[size] = 2 * beyond(data)
        }, 2),
      },
    ]
  })
}

/** Elements that an input must not have. */
function wrongIn(input: ArrayInput) {
  const always = (element: number) => ({ name: String(element), wrong: () => element })
  const outside = (end: 0 | 1, by: number, name: string) => ({
    name,
    wrong: (parameters: Parameters) => rangeOf(input, parameters)![end] + by,
  })
  switch (input.elements) {
    case 'real':
      return []
    case 'bit':
      return [always(2)]
    case 'nonnegative':
      return [always(-1)]
    case 'positive':
      return [always(0), always(-1)]
    case 'share':
      return [always(-1), always(2)]
    case 'whole':
      return [always(0.5), outside(0, -1, 'below its range'), outside(1, 1, 'above its range')]
  }
}

/** The same numbers in the other type of real numbers and, if they are whole, in that of whole ones. */
function wrongTypes(operation: Signature): Invalidity[] {
  return Object.keys(operation.inputs).flatMap((argument) => {
    const retyped = (name: string, retype: (tensor: Tensor) => Tensor | undefined): Invalidity => ({
      name: `${argument} in ${name}`,
      argument,
      sameNumbers: true,
      spoil: ({ inputs, parameters }) => {
        const tensor = retype(inputs[argument])
        return tensor && { inputs: { ...inputs, [argument]: tensor }, parameters }
      },
    })
    return [
      retyped('the other of float32 and float64', ({ dtype, shape, data }) =>
        dtype === 'float32'
          ? { dtype: 'float64', shape, data: new Float64Array(data) }
          : { dtype: 'float32', shape, data: new Float32Array(data) },
      ),
      retyped('int32', ({ shape, data }) => {
        const whole = new Int32Array(data)
        const same = whole.every((element, i) => element === data[i])
        return same ? { dtype: 'int32', shape, data: whole } : undefined
      }),
    ]
  })
}

/** Every number outside its range, every unknown word, however deep in a parameter. */
function wrongParameters(operation: Signature): Invalidity[] {
  return Object.entries(operation.parameters).flatMap(([name, parameter]) =>
    mistakesIn(operation, parameter, name).map((mistake) => ({
      name: mistake.name,
      argument: mistake.path,
      spoil: ({ sizes, inputs, parameters }: Case) => {
        const value = mistake.make(parameters[name], sizes)
        const wrong = mistake.disagrees || mismatch(parameter, value, name) !== undefined
        return wrong ? { inputs, parameters: { ...parameters, [name]: value } } : undefined
      },
    })),
  )
}

/** Parameters that break a condition between sizes and parameters. */
function violations(operation: Signature): Invalidity[] {
  return (operation.constraints ?? []).map((constraint) => ({
    name: `not so: ${constraint.says}`,
    argument: constraint.argument,
    spoil: ({ sizes, inputs, parameters }) => {
      const violating = constraint.violate(parameters, sizes)
      return constraint.holds(sizes, violating) ? undefined : { inputs, parameters: violating }
    },
  }))
}

/** One mistake in the value of a parameter or of a part of it. */
interface Mistake {
  readonly name: string
  readonly path: string
  /** The wrong value, made from a valid one. */
  // biome-ignore lint/suspicious/noExplicitAny: the value follows the description beside it
  readonly make: (value: any, sizes: Sizes) => unknown
  /** Right on its own, but at odds with the sizes that other arguments tell. */
  readonly disagrees?: boolean
}

function mistakesIn(operation: Signature, parameter: Parameter, path: string): Mistake[] {
  const within = (part: Parameter, place: string) => mistakesIn(operation, part, `${path}${place}`)
  switch (parameter.kind) {
    case 'integer':
    case 'real': {
      const { min, max } = parameter
      const step = parameter.kind === 'real' && parameter.open ? 0 : 1
      const found: Mistake[] = []
      if (parameter.kind === 'integer') {
        const name = `${path} between two whole numbers`
        found.push({ name, path, make: (value: number) => value + 0.5 })
      }
      if (min > -Number.MAX_SAFE_INTEGER) {
        found.push({ name: `${path} below its least value`, path, make: () => min - step })
      }
      if (max < Number.MAX_SAFE_INTEGER) {
        found.push({ name: `${path} above its greatest value`, path, make: () => max + step })
      }
      return found
    }
    case 'choice':
      return [{ name: `${path} an unknown word`, path, make: () => 'no such word' }]
    case 'boolean':
      return []
    case 'sizes':
      return parameter.of.flatMap((symbol, i) =>
        isToldByInputs(operation, symbol)
          ? {
              name: `${path}[${i}] greater by one than axis ${symbol}`,
              path: `${path}[${i}]`,
              make: (value: readonly number[]) => value.with(i, value[i] + 1),
              disagrees: true,
            }
          : [],
      )
    case 'tuple':
      return parameter.items.flatMap((item, i) =>
        within(item, `[${i}]`).map((mistake) => ({
          ...mistake,
          make: (value, sizes) => value.with(i, mistake.make(value[i], sizes)),
        })),
      )
    case 'list': {
      const { item, min, max } = parameter
      const repeated = (length: number, sizes: Sizes) => Array(length).fill(simplest(item, sizes))
      const found = within(item, '[0]').map((mistake) => ({
        ...mistake,
        make: (value: readonly unknown[], sizes: Sizes) => {
          const some = value.length > 0 ? value : repeated(1, sizes)
          return some.with(0, mistake.make(some[0], sizes))
        },
      }))
      const longer = (_: unknown, sizes: Sizes) => repeated(max + 1, sizes)
      const shorter = (_: unknown, sizes: Sizes) => repeated(min - 1, sizes)
      found.push({ name: `${path} longer than allowed`, path, make: longer })
      if (min > 0) found.push({ name: `${path} shorter than allowed`, path, make: shorter })
      return found
    }
    case 'record':
      return Object.entries(parameter.fields).flatMap(([field, description]) =>
        within(description, `.${field}`).map((mistake) => ({
          ...mistake,
          make: (value, sizes) => ({ ...value, [field]: mistake.make(value[field], sizes) }),
        })),
      )
    case 'alternatives':
      return parameter.options.flatMap((option, i) =>
        within(option, '').map((mistake) => ({
          ...mistake,
          name: `${mistake.name}, in alternative ${i + 1}`,
          make: (value, sizes) => {
            const fits = mismatch(option, value, path) === undefined
            return mistake.make(fits ? value : simplest(option, sizes), sizes)
          },
        })),
      )
  }
}

function simplest(parameter: Parameter, sizes: Sizes): unknown {
  return tellSizes(
    drawParameter(parameter, () => 0, ''),
    sizes,
  )
}

function isToldByInputs(operation: Signature, symbol: string): boolean {
  return (
    operation.dimensions[symbol].kind === 'derived' ||
    Object.values(operation.inputs).some(({ axes }) => axes.includes(symbol))
  )
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
