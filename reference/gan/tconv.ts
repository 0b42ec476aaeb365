import type { tconv2dGradient as gradientSpec, tconv2d as spec } from '../../spec/gan/tconv.ts'
import type { ParametersOf } from '../../spec/language/operation.ts'
import { build, type NumberArray } from '../arithmetic/array.ts'
import { addBias, biasGradient } from '../layers/bias.ts'
import { convolution } from '../layers/convolution.ts'
import {
  convolutionFilterGradient,
  convolutionInputGradient,
} from '../layers/convolution-gradient.ts'
import type { Sliding } from '../layers/window.ts'
import type { Reference } from '../reference.ts'

type Four = [number, number, number, number]
type Geometry = ParametersOf<typeof spec>

/**
 * Transposed convolution.
 *
 * Formula    y[n,a,b,k] = b[k] + Σ_u Σ_v Σ_q z[n,i,j,q] · F[u,v,k mod A,q], q of the group of k,
 *            with S_h·i = a + P_t − D_h·u and S_w·j = b + P_l − D_w·v, where such i and j exist
 * Clauses    gan.tconv.matrix-transpose and all others of gan.tconv, gan.dcgan.shapes
 * Shapes     z: [N, Ho, Wo, Q], filters: [Hf, Wf, A, Q], bias: [K] → y: [N, H, W, K], K = G·A,
 *            H = (Ho − 1)·S_h + D_h (Hf − 1) + 1 − P_t − P_b + o_h, W likewise
 * Edges      where no number of the input reaches, the bias alone
 * Source     Dumoulin and Visin (2016), section 4.1
 * Example    z = [[1, 10]], filters = [[1, 2]], bias = 0 → y = [[1, 12, 20]]
 */
export const tconv2d: Reference<typeof spec> = (arithmetic, { z, filters, bias }, parameters) => {
  const size = resultSize(z, filters, parameters)
  const sums = byGroup(parameters.groups, [z, filters], (...group) =>
    convolutionInputGradient(arithmetic, group[1]!, group[0]!, size, slidingOf(parameters)),
  )
  return { y: addBias(arithmetic, sums, bias) }
}

/**
 * Gradients of the transposed convolution.
 *
 * Formula    dz[n,i,j,q] = Σ_u Σ_v Σ_k F[u,v,k mod A,q] · dy[n, S_h·i + D_h·u − P_t, S_w·j + D_w·v − P_l, k],
 *            k of the group of q; dF[u,v,k mod A,q] = Σ_n Σ_i Σ_j z[n,i,j,q] · dy[n, the same place, k];
 *            db[k] = Σ_n Σ_a Σ_b dy[n,a,b,k]
 * Clauses    gan.tconv.gradients
 * Shapes     as of the transposed convolution, dy: [N, H, W, K]; each gradient as what it belongs to
 * Edges      what arrives where no number of the input reaches goes into db alone
 * Source     Goodfellow, Bengio, Courville (2016), section 9.5
 * Example    z = [[1, 10]], filters = [[1, 2]], dy = [[1, 3, 5]] → dz = [[7, 13]], dFilters = [[31, 53]],
 *            dBias = [9]
 */
export const tconv2dGradient: Reference<typeof gradientSpec> = (
  arithmetic,
  { z, filters, dy },
  parameters,
) => {
  const [Hf, Wf] = filters.shape as Four
  const { groups } = parameters
  const sliding = slidingOf(parameters)
  return {
    dz: byGroup(groups, [dy, filters], (...group) =>
      convolution(arithmetic, group[0]!, group[1]!, null, sliding),
    ),
    dFilters: byGroup(groups, [dy, z], (...group) =>
      convolutionFilterGradient(arithmetic, group[0]!, group[1]!, [Hf, Wf], sliding),
    ),
    dBias: biasGradient(arithmetic, dy),
  }
}

/** The convolution between result and input: output padding is less padding at the end, or none and less than none. */
function slidingOf({ strides, dilations, padding, outputPadding }: Geometry): Sliding {
  const [top, bottom, left, right] = padding
  return {
    strides,
    dilations,
    padding: [top, bottom - outputPadding[0], left, right - outputPadding[1]],
  }
}

function resultSize<T>(
  z: NumberArray<T>,
  filters: NumberArray<T>,
  { strides, dilations, padding: [top, bottom, left, right], outputPadding }: Geometry,
): readonly [number, number] {
  const [, Ho, Wo] = z.shape as Four
  const [Hf, Wf] = filters.shape as Four
  const along = (axis: 0 | 1, count: number, kernel: number) =>
    (count - 1) * strides[axis] + dilations[axis] * (kernel - 1) + 1 + outputPadding[axis]
  return [along(0, Ho, Hf) - top - bottom, along(1, Wo, Wf) - left - right]
}

/** What a function gives of each group of the last axis of both arrays, side by side. */
function byGroup<T>(
  groups: number,
  arrays: readonly NumberArray<T>[],
  compute: (...group: readonly NumberArray<T>[]) => NumberArray<T>,
): NumberArray<T> {
  if (groups === 1) return compute(...arrays)
  const parts = Array.from({ length: groups }, (_, g) =>
    compute(...arrays.map((array) => groupOf(array, g, groups))),
  )
  const { shape } = parts[0]!
  const last = shape[3]!
  return build([...shape.slice(0, 3), groups * last], (n, i, j, k) =>
    parts[Math.floor(k / last)]!.at(n, i, j, k % last),
  )
}

function groupOf<T>(array: NumberArray<T>, group: number, groups: number): NumberArray<T> {
  const share = array.shape[3]! / groups
  return build([...array.shape.slice(0, 3), share], (n, i, j, k) =>
    array.at(n, i, j, group * share + k),
  )
}
