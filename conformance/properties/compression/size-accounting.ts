import { sizeAccountingClause, storedSize } from '../../../spec/compression/size-accounting.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreement } from '../../kit/agreement.ts'
import { scalar } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { withParameters } from '../../kit/spaces.ts'
import { about, worked } from '../../kit/worked.ts'
import {
  acceptsAnyWidth,
  countsNumbers,
  cutsBytes,
  forgetsRest,
  neverGrows,
  padsArrays,
  shareSaved,
  upsideDown,
  wrapsAround,
} from './size-accounting-faults.ts'

export const sizeAccountingProperties = properties(
  sizeAccountingClause,
  agreement(storedSize, 'integers', {
    kills: [
      forgetsRest,
      countsNumbers,
      upsideDown,
      shareSaved,
      neverGrows,
      cutsBytes,
      padsArrays,
      wrapsAround,
    ],
  }),
  law('chained', {
    of: withParameters(storedSize, { between: storedSize.parameters.before }),
    asks: [storedSize],
    title: 'the rates of two techniques, one after the other, are multiplied',
    kills: [shareSaved, neverGrows, forgetsRest],
    values: 'reals',
    share: 0.3,
    async holds({ arithmetic, measure, parameters: { before, between, after } }) {
      const rate = async (first: typeof before, last: typeof after) =>
        (await measure(storedSize, {}, { before: first, after: last })).rate.at()
      const steps = arithmetic.multiply(await rate(before, between), await rate(between, after))
      return [
        {
          label: 'rate · rate = rate of both',
          expected: scalar(steps),
          actual: scalar(await rate(before, after)),
        },
      ]
    },
  }),
  law('itself', {
    of: storedSize,
    title: 'a model that is stored as it was has the rate 1',
    kills: [shareSaved, forgetsRest],
    share: 0.3,
    async holds({ answer, exact, parameters: { after } }) {
      const same = await answer(storedSize, {}, { before: after, after })
      return [
        { label: 'rate', expected: exact(scalar(1)), actual: same.rate },
        { label: 'bits', expected: same.before, actual: same.after },
      ]
    },
  }),
  worked('by-hand', {
    of: storedSize,
    title: 'sixteen weights with codes of two bits and four values, and 8.3 billion weights',
    kills: [forgetsRest, cutsBytes, padsArrays, upsideDown],
    cases: [
      {
        says: 'a codebook',
        parameters: {
          before: [{ numbers: 16, bits: 32 }],
          after: [
            { numbers: 16, bits: 2 },
            { numbers: 4, bits: 24 },
          ],
        },
        gives: { before: [512], after: [128], bytes: [16], rate: [4] },
      },
      {
        says: 'two arrays that share a byte',
        parameters: {
          before: [{ numbers: 8, bits: 1 }],
          after: [
            { numbers: 3, bits: 3 },
            { numbers: 1, bits: 6 },
          ],
        },
        gives: { before: [8], after: [15], bytes: [2] },
      },
      {
        says: 'a large language model in half precision',
        parameters: {
          before: [{ numbers: 8.3e9, bits: 32 }],
          after: [{ numbers: 8.3e9, bits: 16 }],
        },
        gives: { bytes: [about('16.6e9')], rate: [2] },
      },
    ],
  }),
  rejection('rejected', storedSize, invalidities(storedSize), {
    title: 'arrays without numbers, numbers without bits and wider than 64 are rejected',
    kills: [acceptsAnyWidth],
  }),
)
