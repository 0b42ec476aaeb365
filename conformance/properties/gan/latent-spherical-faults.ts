import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { sphericalInterpolate as reference } from '../../../reference/gan/latent-spherical.ts'
import { sphericalInterpolate } from '../../../spec/gan/latent-spherical.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(sphericalInterpolate, reference)
type Numbers = NumberArray<number>

const f = Math.fround
const lengthOf = (z: Numbers) => Math.hypot(...z.data)
const dot = (a: Numbers, b: Numbers) =>
  f(a.data.reduce((sum, x, i) => f(sum + f(x * b.data[i]!)), 0))

/** Points with weights by the share of the way. */
const weighted = (
  { start, end }: { readonly start: Numbers; readonly end: Numbers },
  halvings: number,
  weight: (share: number) => number,
) => {
  const points = 2 ** halvings
  return build([points + 1, start.shape[0]!], (l, j) => {
    const share = l / points
    return weight(1 - share) * start.at(j) + weight(share) * end.at(j)
  })
}

export const goesStraight = wrong.answer('goes along the line', ({ inputs, parameters: p }) => ({
  noise: weighted(inputs, p.halvings, (share) => share),
}))

export const stretchesLine = wrong.answer(
  'makes points on the line as long as they should be',
  ({ inputs, parameters, right }) => {
    const { noise } = right(inputs, parameters)
    const straight = weighted(inputs, parameters.halvings, (share) => share)
    const Z = inputs.start.shape[0]!
    const sizeOf = (z: Numbers, l: number) => Math.hypot(...z.data.slice(l * Z, (l + 1) * Z))
    return {
      noise: build(noise.shape, (l, j) => {
        const size = sizeOf(straight, l)
        return size === 0 ? 0 : (straight.at(l, j) * sizeOf(noise, l)) / size
      }),
    }
  },
)

export const divideByLengths = wrong.answer(
  'gives points of length 1',
  ({ inputs, parameters, right }) => {
    const unit = (z: Numbers) => {
      const size = lengthOf(z)
      return size === 0 ? z : changed(z, (x) => x / size)
    }
    return right({ start: unit(inputs.start), end: unit(inputs.end) }, parameters)
  },
)

export const withoutGuard = wrong.answer(
  'divides by the sine of an angle that may be 0',
  ({ inputs, parameters: { halvings } }) => {
    const cosine = f(
      dot(inputs.start, inputs.end) / f(lengthOf(inputs.start) * lengthOf(inputs.end)),
    )
    const angle = Math.acos(cosine)
    return {
      noise: weighted(inputs, halvings, (share) => Math.sin(share * angle) / Math.sin(angle)),
    }
  },
)

export const nearlyStraight = wrong.answer(
  'goes along the line wherever the cosine is beyond 0.9995',
  ({ inputs, parameters, right }) => {
    const size = lengthOf(inputs.start) * lengthOf(inputs.end)
    if (!(Math.abs(dot(inputs.start, inputs.end)) > 0.9995 * size)) return right(inputs, parameters)
    return { noise: weighted(inputs, parameters.halvings, (share) => share) }
  },
)

export const straightWhereOpposite = wrong.answer(
  'goes along the line wherever the cosine is below −0.9995',
  ({ inputs, parameters, right }) => {
    const size = lengthOf(inputs.start) * lengthOf(inputs.end)
    if (!(dot(inputs.start, inputs.end) < -0.9995 * size)) return right(inputs, parameters)
    return { noise: weighted(inputs, parameters.halvings, (share) => share) }
  },
)

export const angleOfVectors = wrong.answer(
  'takes the product of the vectors for the cosine',
  ({ inputs, parameters: { halvings } }) => {
    const angle = Math.acos(Math.min(1, Math.max(-1, dot(inputs.start, inputs.end))))
    const sine = Math.sin(angle)
    return {
      noise: weighted(inputs, halvings, (share) =>
        sine === 0 ? share : Math.sin(share * angle) / sine,
      ),
    }
  },
)

export const fromTheEnd = wrong.inputs('begins with the end', ({ start, end }) => ({
  start: end,
  end: start,
}))

export const leansToStart = wrong.outputs(
  'begins each step with a little of the start',
  ({ noise }, { inputs: { start } }) => {
    const last = noise.shape[0]! - 1
    return {
      noise: build(noise.shape, (l, j) => noise.at(l, j) + (l < last ? start.at(j) / 64 : 0)),
    }
  },
)
