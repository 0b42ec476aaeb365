import type { Signature } from '../../spec/language/check.ts'
import { allowedElements } from '../../spec/language/elements.ts'
import { type ArrayInput, type Parameters, rangeOf } from '../../spec/language/operation.ts'
import type { Tensor } from '../../spec/language/tensor.ts'
import type { Case } from './case.ts'
import type { Invalidity } from './invalidity.ts'

/** An element that the signature does not allow: one that is not whole, negative, zero, or outside of a range. */
export function wrongElements(operation: Signature): Invalidity[] {
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
export function zerosAlone(operation: Signature): Invalidity[] {
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
export function noCovariances(operation: Signature): Invalidity[] {
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
export function wrongTypes(operation: Signature): Invalidity[] {
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
