import { allowedElements, hasSome } from './elements.ts'
import { ArgumentError } from './errors.ts'
import { show } from './in-words.ts'
import { isCount, mismatch } from './mismatch.ts'
import type { ArrayInput, Dimension, Parameters, Sizes, Space } from './operation.ts'
import type { Parameter } from './parameter.ts'
import { isSemidefinite } from './semidefinite.ts'
import { elements, type Tensor } from './tensor.ts'

/** What the check needs of an operation: its name for the messages, and its signature. */
export type Signature = Space & { readonly id: string }

export type Inputs = Readonly<Record<string, Tensor>>

/**
 * Checks the arguments of an operation against its signature and returns the sizes of all named
 * axes, derived ones included. Throws an `ArgumentError` that names the first argument at fault:
 *
 *     cnn.conv2d: filters is an array of shape [3, 3, 2, 4]; expected axis K (channels) to be 3, as in x
 *
 * An array that may be left out may be; then other arguments tell the sizes of its axes.
 *
 * Every argument is first looked at on its own (present, of the right kind, in its range), then all
 * of them together: sizes that two arguments share, constraints, bounds on sizes, derived sizes, and last
 * the elements of an array, which are read only when the signature restricts them.
 */
export function checkArguments(
  operation: Signature,
  inputs: Inputs,
  parameters: Parameters,
): Sizes {
  checkNames(operation.id, 'input', operation.inputs, inputs)
  checkNames(operation.id, 'parameter', operation.parameters, parameters)
  for (const name in inputs) {
    checkArray(operation.id, name, operation.inputs[name], inputs[name])
  }
  for (const name in operation.parameters) {
    const wrong = mismatch(operation.parameters[name], parameters[name], name)
    if (wrong) throw new ArgumentError(operation.id, wrong.path, wrong.got, wrong.expected)
  }

  const { sizes, tellers } = bindSizes(operation, inputs, parameters)
  addDerivedSizes(operation, sizes, parameters)
  checkConstraints(operation, inputs, parameters, sizes)
  checkBounds(operation, inputs, parameters, sizes, tellers)
  checkDerivedSizes(operation, inputs, parameters, sizes)
  checkElements(operation, inputs, parameters)
  return sizes
}

/** Nothing missing, nothing that the signature does not know. */
function checkNames(
  operation: string,
  role: 'input' | 'parameter',
  described: Readonly<Record<string, ArrayInput | Parameter>>,
  given: Readonly<Record<string, unknown>>,
) {
  for (const name in described) {
    if (given[name] === undefined && !('optional' in described[name])) {
      throw new ArgumentError(operation, name, 'missing', `the ${role} ${name}`)
    }
  }
  for (const name in given) {
    if (!Object.hasOwn(described, name)) {
      const known = Object.keys(described).join(', ')
      throw new ArgumentError(
        operation,
        name,
        `no ${role} of this operation`,
        known === '' ? `no ${role}s` : `only ${known}`,
      )
    }
  }
}

/** The right number of axes, and as many elements as the shape says. */
function checkArray(operation: string, name: string, described: ArrayInput, given: Tensor) {
  const { axes } = described
  if (!Array.isArray(given.shape) || given.data?.length === undefined) {
    throw new ArgumentError(operation, name, show(given), `an array with ${axesInWords(axes)}`)
  }
  const reject = (got: string, expected: string): never => {
    throw new ArgumentError(operation, name, got, expected)
  }
  if (given.shape.length !== axes.length || !given.shape.every(isCount)) {
    reject(shapeInWords(given), axesInWords(axes))
  }
  if (given.data.length !== elements(given.shape)) {
    reject(
      `${shapeInWords(given)} with ${given.data.length} elements`,
      `${elements(given.shape)} elements`,
    )
  }
}

/** Only elements that are allowed, of which the range may depend on the parameters, and not only zeros. */
function checkElements(operation: Signature, inputs: Inputs, parameters: Parameters) {
  for (const name in inputs) {
    if (!hasSome(operation.inputs[name], inputs[name])) {
      const [got, expected] =
        operation.inputs[name].some === 'in each row'
          ? ['an array with a row of zeros', 'an element above 0 in each row']
          : ['an array of zeros', 'an element above 0']
      throw new ArgumentError(operation.id, name, got, expected)
    }
    const { semidefinite } = operation.inputs[name]
    const { shape, data } = inputs[name]
    if (semidefinite && !isSemidefinite(data, shape[0]!)) {
      const got = 'a matrix that is not symmetric, or has a negative eigenvalue'
      throw new ArgumentError(operation.id, name, got, 'a covariance')
    }
    const allowed = allowedElements(operation.inputs[name], parameters)
    const wrong = allowed && inputs[name].data.find((element) => !allowed.holds(element))
    if (wrong == null) continue
    throw new ArgumentError(
      operation.id,
      name,
      `an array with the element ${wrong}`,
      allowed!.expected,
    )
  }
}

/** The sizes that the arguments tell, each with the name of the first argument that tells it. */
function bindSizes(operation: Signature, inputs: Inputs, parameters: Parameters) {
  const sizes: Record<string, number> = {}
  const tellers: Record<string, string> = {}
  for (const name in operation.inputs) {
    if (inputs[name] === undefined) continue
    const { axes } = operation.inputs[name]
    for (let i = 0; i < axes.length; i++) {
      bind(axes[i], inputs[name].shape[i], name)
    }
  }
  for (const name of tellingSizes(operation)) {
    visitSizes(operation.parameters[name], parameters[name], name, bind)
  }
  for (const symbol in operation.dimensions) {
    if (operation.dimensions[symbol].kind !== 'derived' && sizes[symbol] === undefined) {
      throw new Error(
        `${operation.id}: the signature has no argument that tells the size ${symbol}`,
      )
    }
  }
  return { sizes, tellers }

  function bind(symbol: string, size: number, argument: string) {
    const dimension = dimensionOf(operation, symbol)
    if (dimension.kind === 'derived') return
    if (sizes[symbol] === undefined) {
      sizes[symbol] = size
      tellers[symbol] = argument
    } else if (sizes[symbol] !== size) {
      throw new ArgumentError(
        operation.id,
        argument,
        inputs[argument] ? shapeInWords(inputs[argument]) : String(size),
        `axis ${symbol} (${dimension.meaning}) to be ${sizes[symbol]}, as in ${tellers[symbol]}`,
      )
    }
  }
}

const telling = new WeakMap<object, readonly string[]>()

/** The parameters of an operation that tell a size, found once: most tell none. */
function tellingSizes({ parameters }: Signature): readonly string[] {
  const before = telling.get(parameters)
  if (before !== undefined) return before
  const names = Object.keys(parameters).filter((name) => tellsSizes(parameters[name]))
  telling.set(parameters, names)
  return names
}

function tellsSizes(parameter: Parameter): boolean {
  switch (parameter.kind) {
    case 'sizes':
      return true
    case 'tuple':
      return parameter.items.some(tellsSizes)
    case 'list':
      return tellsSizes(parameter.item)
    case 'record':
      return Object.values(parameter.fields).some(tellsSizes)
    case 'alternatives':
      return parameter.options.some(tellsSizes)
    default:
      return false
  }
}

/** Calls `visit` with each size that a parameter tells, however deep it lies. */
function visitSizes(
  parameter: Parameter,
  // biome-ignore lint/suspicious/noExplicitAny: the value was checked against its description before
  value: any,
  path: string,
  visit: (symbol: string, size: number, path: string) => void,
) {
  switch (parameter.kind) {
    case 'sizes':
      for (let i = 0; i < parameter.of.length; i++)
        visit(parameter.of[i], value[i], `${path}[${i}]`)
      break
    case 'tuple':
      for (let i = 0; i < parameter.items.length; i++) {
        visitSizes(parameter.items[i], value[i], `${path}[${i}]`, visit)
      }
      break
    case 'list':
      for (let i = 0; i < value.length; i++) {
        visitSizes(parameter.item, value[i], `${path}[${i}]`, visit)
      }
      break
    case 'record':
      for (const field in parameter.fields) {
        visitSizes(parameter.fields[field], value[field], `${path}.${field}`, visit)
      }
      break
    case 'alternatives': {
      const taken = parameter.options.find((option) => !mismatch(option, value, path))
      if (taken) visitSizes(taken, value, path, visit)
    }
  }
}

function addDerivedSizes(
  operation: Signature,
  sizes: Record<string, number>,
  parameters: Parameters,
) {
  for (const symbol in operation.dimensions) {
    const dimension = operation.dimensions[symbol]
    if (dimension.kind === 'derived') sizes[symbol] = dimension.size(sizes, parameters)
  }
}

function checkConstraints(
  operation: Signature,
  inputs: Inputs,
  parameters: Parameters,
  sizes: Sizes,
) {
  for (const constraint of operation.constraints ?? []) {
    if (constraint.holds(sizes, parameters)) continue
    const { argument, says } = constraint
    const got = inputs[argument] ? shapeInWords(inputs[argument]) : show(parameters[argument])
    throw new ArgumentError(operation.id, argument, got, says)
  }
}

/** The least size of each free axis, and the bounds that depend on other sizes and on parameters. */
function checkBounds(
  operation: Signature,
  inputs: Inputs,
  parameters: Parameters,
  sizes: Sizes,
  tellers: Readonly<Record<string, string>>,
) {
  for (const symbol in operation.dimensions) {
    const dimension = operation.dimensions[symbol]
    if (dimension.kind === 'derived') continue
    const least = dimension.kind === 'free' ? dimension.min : dimension.lower(sizes, parameters)
    if (sizes[symbol] >= least) continue
    const teller = tellers[symbol]
    const why = dimension.kind === 'at-least' ? `, ${dimension.bound}` : ''
    throw new ArgumentError(
      operation.id,
      teller,
      inputs[teller] ? shapeInWords(inputs[teller]) : String(sizes[symbol]),
      `axis ${symbol} (${dimension.meaning}) to be at least ${least}${why}`,
    )
  }
}

/** Derived sizes are possible sizes, and arguments that tell one as well agree with it. */
function checkDerivedSizes(
  operation: Signature,
  inputs: Inputs,
  parameters: Parameters,
  sizes: Sizes,
) {
  for (const symbol in operation.dimensions) {
    const { kind, meaning } = operation.dimensions[symbol]
    if (kind === 'derived' && !isCount(sizes[symbol])) {
      throw new ArgumentError(
        operation.id,
        `axis ${symbol} (${meaning})`,
        String(sizes[symbol]),
        'sizes and parameters that make it a whole number, not negative',
      )
    }
  }
  for (const name in operation.inputs) {
    if (inputs[name] === undefined) continue
    const { axes } = operation.inputs[name]
    for (let i = 0; i < axes.length; i++) {
      agree(axes[i], inputs[name].shape[i], name)
    }
  }
  for (const name of tellingSizes(operation)) {
    visitSizes(operation.parameters[name], parameters[name], name, agree)
  }

  function agree(symbol: string, size: number, argument: string) {
    if (size === sizes[symbol]) return
    throw new ArgumentError(
      operation.id,
      argument,
      inputs[argument] ? shapeInWords(inputs[argument]) : String(size),
      `axis ${symbol} (${dimensionOf(operation, symbol).meaning}) to be ${sizes[symbol]}, as follows from the other arguments`,
    )
  }
}

function dimensionOf(operation: Signature, symbol: string): Dimension {
  const dimension = operation.dimensions[symbol]
  if (!dimension) throw new Error(`${operation.id}: the signature has no dimension ${symbol}`)
  return dimension
}

function shapeInWords({ shape }: Tensor): string {
  return `an array of shape [${shape.join(', ')}]`
}

function axesInWords(axes: readonly string[]): string {
  if (axes.length === 0) return 'no axes (a single number)'
  return `${axes.length} ${axes.length === 1 ? 'axis' : 'axes'}, [${axes.join(', ')}]`
}
