import type { clientUpdate as spec } from '../../spec/federated/client-update.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, type NumberArray, stacked } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'
import { type Loss, type Model, step } from './client-update-model.ts'

/** What a client trains on. */
export interface Client<T> {
  readonly x: NumberArray<T>
  readonly y: NumberArray<T>
  readonly count: number
  /** The places of the points of each batch, L × B. */
  readonly batches: NumberArray<T>
}

/**
 * Local steps of a client.
 *
 * Formula    θ ← θ − (η/B) Σ_(d ∈ B_l) ∇f(θ; d) for l = 1, …, L; the point at a place p is that at p mod n
 * Clauses    federated.client-update.local-steps
 * Shapes     w: [I, O], b: [O], x: [N, I], y: [N, O], count: [], batches: [L, B] → w: [L, I, O], b: [L, O]
 * Edges      without points the model stays as it is; what lies behind the points is not looked at
 * Source     McMahan, Moore, Ramage, Hampson, Agüera y Arcas (2017), algorithm 1, ClientUpdate
 * Example    w = b = 0, x = 0, y = 4, one point, η = ¼, two steps: b = 1, 1.75
 */
export const clientUpdate: Reference<typeof spec> = (
  arithmetic,
  { w, b, x, y, count, batches },
  parameters,
) => {
  const client = { x, y, count: arithmetic.toNumber(count.at()), batches }
  const models = localModels(arithmetic, { w, b }, client, parameters)
  return {
    w: stacked(models.map((model) => model.w)),
    b: stacked(models.map((model) => model.b)),
  }
}

/** The model of a client after each of its local steps. */
export function localModels<T>(
  arithmetic: Arithmetic<T>,
  start: Model<T>,
  { x, y, count, batches }: Client<T>,
  parameters: { readonly rate: number; readonly loss: Loss },
): readonly Model<T>[] {
  const [L, B] = batches.shape as [number, number]
  const models: Model<T>[] = []
  let model = start
  for (let l = 0; l < L; l++) {
    const place = (n: number) => arithmetic.toNumber(batches.at(l, n)) % count
    const drawn = (points: NumberArray<T>) =>
      build([B, points.shape[1]!], (n, i) => points.at(place(n), i))
    if (count > 0) model = step(arithmetic, model, drawn(x), drawn(y), parameters)
    models.push(model)
  }
  return models
}
