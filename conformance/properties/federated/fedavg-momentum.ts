import { memberOf, type NumberArray, stacked } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { type Client, localModels } from '../../../reference/federated/client-update.ts'
import { changed } from '../../kit/arrays.ts'

type Numbers = NumberArray<number>
/** A model, or how it moves. */
export interface Models {
  readonly w: Numbers
  readonly b: Numbers
}

/** How much of its velocity a client keeps from one step to the next, and from one round to the next as well. */
export interface Momentum {
  readonly share: number
  readonly overRounds?: 'by client' | 'as their mean'
}

const both = (of: (name: 'w' | 'b') => Numbers): Models => ({ w: of('w'), b: of('b') })

/** The sum of models, each times its share. */
export const weighted = (models: readonly Models[], shares: readonly number[]) =>
  both((name) =>
    changed(models[0]![name], (_, at) =>
      models.reduce((sum, model, m) => sum + shares[m]! * model[name].data[at]!, 0),
    ),
  )

/** Local steps of clients that go on with a share of the step before. */
export class ClientsWithMomentum {
  readonly #share: number
  readonly #overRounds: Momentum['overRounds']
  readonly #velocities = new Map<number, Models>()
  #ended: Models[] = []
  #mean: Models | undefined

  constructor({ share, overRounds }: Momentum) {
    this.#share = share
    this.#overRounds = overRounds
  }

  #kept(k: number): Models | undefined {
    if (this.#overRounds === undefined) return undefined
    return this.#overRounds === 'by client' ? this.#velocities.get(k) : this.#mean
  }

  train(
    k: number,
    from: Models,
    client: Client<number>,
    parameters: Parameters<typeof localModels>[3],
  ): Models {
    let velocity = this.#kept(k)
    let model = from
    for (let l = 0; l < client.batches.shape[0]!; l++) {
      const batches = stacked([memberOf(client.batches, l)])
      const after = localModels(number, model, { ...client, batches }, parameters)[0]!
      const [before, last] = [model, velocity]
      const moved = both((name) =>
        changed(
          after[name],
          (v, at) => v - before[name].data[at]! + this.#share * (last?.[name].data[at] ?? 0),
        ),
      )
      model = both((name) => changed(before[name], (v, at) => v + moved[name].data[at]!))
      velocity = moved
    }
    this.#velocities.set(k, velocity!)
    this.#ended.push(velocity!)
    return model
  }

  /** @param shares the weights of those that trained, or `null` where none of them has a point */
  endRound(shares: readonly number[] | null): void {
    if (shares !== null) this.#mean = weighted(this.#ended, shares)
    this.#ended = []
  }
}
