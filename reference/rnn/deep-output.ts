import type {
  deepScoresGradient as gradientSpec,
  deepScores as spec,
} from '../../spec/rnn/deep-output.ts'
import { again } from '../arithmetic/again.ts'
import { scoresGradientOf, scoresOf } from '../layers/scores.ts'
import { alongWay, backAlongWay, byStep } from '../layers/way.ts'
import type { Reference } from '../reference.ts'

/**
 * Scores of every step, from its state through layers.
 *
 * Formula    z_1 = φ(F h_t + a_1), z_l = φ(A_l z_(l−1) + a_l), o_t = V z_L + c
 * Clauses    rnn.deep-output
 * Shapes     h: [T, N, H], F: [M, H], A: [L − 1, M, M], wayBias: [L, M], V: [O, M], c: [O] → o: [T, N, O]
 * Edges      none
 * Source     Pascanu, Gulcehre, Cho, Bengio (2014), section 3
 * Example    one unit without activation, h = 1, F = 2, a = 1, V = 3, c = 4 → 3 · (2 + 1) + 4 = 13
 */
export const deepScores: Reference<typeof spec> = (arithmetic, { h, V, c, ...way }, kind) => {
  const z = alongWay(arithmetic, h, way, kind)
  return { o: scoresOf(arithmetic, z.at(-1)!, V, c) }
}

/**
 * Gradients of the scores of every step, from its state through layers.
 *
 * Formula    γ_L = φ′(z_L) Vᵀ do, γ_(l−1) = φ′(z_(l−1)) A_lᵀ γ_l; dh = Bᵀ γ_1, dF = Σ γ_1 hᵀ,
 *            dA_l = Σ γ_l z_(l−1)ᵀ, da_l = Σ γ_l, dV = Σ do z_Lᵀ, dc = Σ do
 * Clauses    rnn.deep-output
 * Shapes     as of the scores, do: [T, N, O]; each gradient as what it belongs to; inner, innerDelta: [T, L, N, M]
 * Edges      φ′(0) = 0 of the rectifier
 * Precision  slopes and what they multiply may come from two forward passes
 * Source     Pascanu, Gulcehre, Cho, Bengio (2014), section 3, by the chain rule
 * Example    one unit without activation, h = 1, F = 2, a = 1, V = 3, do = 1 → dV = 3, da = dF = 3, dh = 6
 */
export const deepScoresGradient: Reference<typeof gradientSpec> = (
  arithmetic,
  { h, V, do: dO, ...way },
  kind,
) => {
  const compute = () => alongWay(arithmetic, h, way, kind)
  const first = compute()
  const second = again(arithmetic, first, compute)
  const { dh: dz, dV, dc } = scoresGradientOf(arithmetic, second.at(-1)!, V, dO)
  const { dx, delta, ...found } = backAlongWay(arithmetic, h, way, kind, [first, second], dz)
  return { ...found, dh: dx, dV, dc, inner: byStep(first), innerDelta: byStep(delta) }
}
