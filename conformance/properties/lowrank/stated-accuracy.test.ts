import { describe, expect, it } from 'vitest'
import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  type AccuracyProfile,
  profileNamed,
  profiles,
} from '../../../reference/arithmetic/profile.ts'
import { referencesById } from '../../../reference/index.ts'
import { svd as decompose } from '../../../reference/matrix.ts'
import { operations } from '../../../spec/index.ts'
import { stream } from '../../arbitraries/random.ts'
import { checkProperty } from '../../engine/check.ts'
import { referenceImplementation, toFloat32 } from '../../engine/fault.ts'
import type { Inputs } from '../../engine/implementation.ts'
import { plain } from '../../kit/arrays.ts'
import { properties } from '../index.ts'
import { product, turned } from './randomized-svd-limits.ts'
import { frobenius } from './svd-limits.ts'

type Matrix = NumberArray<number>
interface Factors {
  readonly U: Matrix
  readonly s: readonly number[]
  readonly V: Matrix
}

const right = referenceImplementation(operations, referencesById)
const asked = properties.filter(
  ({ check, clause }) => clause === 'lowrank.svd' && check.kind === 'comparison',
)
const nameOf = ({ id }: { readonly id: string }) => id.replace('lowrank.svd/', '')
const single = (A: Matrix): Matrix => build(A.shape, (...at) => Math.fround(A.at(...at)))

/** What comes out of each property for a decomposition, by a profile. */
async function verdicts(factors: (W: Matrix) => Factors, profile: AccuracyProfile) {
  const implementation = {
    ...right,
    profile,
    operations: {
      ...right.operations,
      'lowrank.svd': ({ weights }: Inputs) => {
        const { U, s, V } = factors(plain(weights!))
        const S = build([s.length], (l) => s[l]!)
        return { U: toFloat32(U), S: toFloat32(S), V: toFloat32(V) }
      },
    },
  }
  const options = { runs: 100, seed: 0, deadline: null, kept: [], shrink: false }
  const each = asked.map(async (property) => {
    const { verdict } = await checkProperty(property, implementation, referencesById, options)
    return [nameOf(property), verdict.outcome] as const
  })
  return Object.fromEntries(await Promise.all(each))
}

const stated = (share: number) => profileNamed(`randomized-svd:${share}`)!

/** The full decomposition, without the values up to a share of the norm. */
const without = (share: number) => (W: Matrix) => {
  const { U, s, V } = decompose(W)
  const norm = frobenius(W)
  return { U, V, s: s.map((value) => (value > share * norm ? value : 0)) }
}

/** Of what one power makes of random directions in single precision, which forgets what is small beside the largest. */
function sampled(W: Matrix): Factors {
  const random = stream(5, 'directions')
  const [n, r] = [W.shape[1]!, Math.min(...(W.shape as [number, number]))]
  const { U: directions } = decompose(build([n, r], () => random.unit() - 0.5))
  const largest = Math.max(...W.data.map(Math.abs)) || 1
  const A = build(W.shape, (i, j) => W.at(i, j) / largest)
  const images = single(product(A, single(product(turned(A), single(product(A, directions))))))
  const { U: basis } = decompose(images)
  const { U, s, V } = decompose(product(turned(basis), A))
  return { U: product(basis, U), s: s.map((value) => value * largest), V }
}

const all = (outcome: string) =>
  Object.fromEntries(asked.map((property) => [nameOf(property), outcome]))

describe('a decomposition of which an accuracy is stated', () => {
  it.each([1e-4, 1e-2, 2 ** -5])(
    'conforms where it has every digit, whatever it states: %s',
    async (share) => {
      expect(await verdicts(decompose, stated(share))).toEqual(all('conforms'))
    },
  )

  it.each([1e-3, 1e-2])(
    'conforms where it leaves out half of what it states, which without a word is wrong: %s',
    async (share) => {
      expect(await verdicts(without(share / 2), stated(share))).toEqual(all('conforms'))
      const silent = await verdicts(without(share / 2), profiles.ieee)
      expect(silent).toMatchObject({ satisfies: 'violates' })
    },
  )

  it.each([1e-3, 1e-2])('violates where it leaves out more than it states: %s', async (share) => {
    expect(await verdicts(without(8 * share), stated(share))).toMatchObject({
      satisfies: 'violates',
    })
  })

  it('is that of random directions after one power, in single precision', async () => {
    // The cube of a value is lost beside that of the largest from u^⅓ of it on, 2^-8, times a few of its size.
    expect(await verdicts(sampled, stated(2 ** -5))).toEqual(all('conforms'))
    expect(await verdicts(sampled, profiles.ieee)).toMatchObject({ satisfies: 'violates' })
    expect(await verdicts(sampled, stated(2 ** -16))).toMatchObject({ satisfies: 'violates' })
  })
})

describe('the name of a profile', () => {
  it.each(['randomized-svd:1', 'randomized-svd:-1', 'randomized-svd:', 'randomized', 'toString'])(
    'states no accuracy: %s',
    (name) => {
      expect(profileNamed(name)).toBeNull()
    },
  )

  it('states the share by which a decomposition may miss a matrix', () => {
    expect(profileNamed('randomized-svd:1e-3')).toMatchObject({
      decomposition: 1e-3,
      rounding: 0.5,
    })
  })
})
