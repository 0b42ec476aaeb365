import { createHash } from 'node:crypto'

/**
 * A checker of Stryker that lets only a sample of the mutants pass, drawn evenly: those whose digests are the smallest,
 * so that the same seed draws the same ones whichever files come first. The others have no result.
 */
class Sampled {
  #drawn = new Set()

  async init() {}

  async group(mutants) {
    const { TOUCHSTONE_MUTANTS: count, TOUCHSTONE_MUTANTS_SEED: seed } = process.env
    const sorted = mutants
      .map((mutant) => ({ id: mutant.id, digest: digestOf(mutant, seed) }))
      .toSorted((a, b) => (a.digest < b.digest ? -1 : 1))
    this.#drawn = new Set(sorted.slice(0, Number(count)).map(({ id }) => id))
    return [mutants.map(({ id }) => id)]
  }

  async check(mutants) {
    const result = ({ id }) =>
      this.#drawn.has(id) ? { status: 'passed' } : { status: 'compileError', reason: 'not drawn' }
    return Object.fromEntries(mutants.map((mutant) => [mutant.id, result(mutant)]))
  }
}

function digestOf({ fileName, location, mutatorName, replacement }, seed) {
  const file = fileName
    .replace(/^.*\.stryker-tmp[\\/][^\\/]+[\\/]/, '')
    .replace(`${process.cwd()}/`, '')
  const text = JSON.stringify([seed, file, location, mutatorName, replacement])
  return createHash('sha256').update(text).digest('hex')
}

export const strykerPlugins = [{ kind: 'Checker', name: 'sampled', injectableClass: Sampled }]
