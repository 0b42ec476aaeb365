import {
  type Constraint,
  derived,
  type Parameters,
  type Range,
  type Sizes,
  type Usual,
} from '../language/operation.ts'
import { choice, integer } from '../language/parameter.ts'

/**
 * Which whole numbers are codes: `signed` ones in two's complement, `unsigned` ones from 0 on, or a `narrow`
 * range, which is the signed one without its least number, and so symmetric.
 */
export const codeParameters = {
  bits: integer({ min: 1, upTo: 16, max: 16 }),
  range: choice('signed', 'unsigned', 'narrow'),
}

/** The least and the largest code. */
export function codeRange({ bits, range }: Parameters): Range {
  if (range === 'unsigned') return [0, 2 ** bits - 1]
  const high = 2 ** (bits - 1) - 1
  return [range === 'narrow' ? -high : -high - 1, high]
}

/** Of one bit, a narrow range would be 0 alone. */
export const narrowHasTwoBits: Constraint = {
  says: 'at least two bits for a narrow range',
  argument: 'bits',
  holds: (_, { bits, range }) => range !== 'narrow' || bits >= 2,
  repair: (parameters) =>
    parameters.range === 'narrow' && parameters.bits < 2 ? { ...parameters, bits: 2 } : parameters,
  violate: (parameters) => ({ ...parameters, range: 'narrow', bits: 1 }),
}

/** Whether one scale and zero point serve a whole array, or every column, a channel each, has its own. */
export const per = choice('tensor', 'channel')

/** How many scales there are. */
export const Scales = derived(
  ({ D }: Sizes, parameters: Parameters) => (parameters.per === 'tensor' ? 1 : D!),
  'one for the whole array, or one a column',
)

/** What libraries offer: eight bits of each kind, four and two bits of weights, sixteen of activations. */
export const usualCodes: readonly Usual[] = [
  { parameters: { bits: 8, range: 'signed', per: 'tensor' } },
  { parameters: { bits: 8, range: 'unsigned', per: 'tensor' } },
  { parameters: { bits: 8, range: 'narrow', per: 'channel' } },
  { parameters: { bits: 4, range: 'narrow', per: 'channel' } },
  { parameters: { bits: 4, range: 'unsigned', per: 'channel' } },
  { parameters: { bits: 2, range: 'signed', per: 'tensor' } },
  { parameters: { bits: 16, range: 'signed', per: 'tensor' } },
]
