import { clause } from '../language/clause.ts'
import { array, type CaseView, free, operation } from '../language/operation.ts'
import { choice } from '../language/parameter.ts'
import { ieee754, micikevicius } from './publications.ts'

/** A product of matrices in half precision, with sums of one width or the other. */
export const halfMatmul = operation({
  id: 'quantization.halfMatmul',
  title: 'Product of matrices in half precision',
  level: 'core',
  dimensions: {
    N: free(1, 4, 'samples'),
    D: free(1, 6, 'units below, which are summed over'),
    M: free(1, 4, 'units'),
  },
  inputs: {
    a: array('the samples', 'N', 'D'),
    b: array('the weights', 'D', 'M'),
  },
  parameters: { sums: choice('float32', 'float16') },
  usual: [
    { parameters: { sums: 'float32' } },
    { sizes: { N: 2, D: 16, M: 2 }, parameters: { sums: 'float32' } },
    { sizes: { N: 1, D: 64, M: 4 }, parameters: { sums: 'float32' } },
  ],
  // In half precision every term is a step of its own, which takes many operations on a device.
  work: ({ N, D, M }, { sums }) => N! * D! * M! * 4 + (sums === 'float16' ? 300 * D! : 0),
  sums: 'The results are rounded to half precision, far more coarsely than their sums.',
  outputs: { y: array('the product, in half precision', 'N', 'M') },
  classes: {
    'sums of single precision': ({ parameters }: CaseView) => parameters.sums === 'float32',
    'sums of half precision': ({ parameters }: CaseView) => parameters.sums === 'float16',
    'one term': ({ sizes }: CaseView) => sizes.D === 1,
    'several terms': ({ sizes }: CaseView) => sizes.D! > 4,
    'numbers that are rounded first': ({ inputs }: CaseView) =>
      Array.from(inputs.a!.data).some((x) => x !== 0 && (x * 2 ** 20) % 1 !== 0),
  },
})

export const accumulation = clause({
  id: 'quantization.fp16-accumulate-fp32.product',
  title: 'Products of half precision are added up in single precision, and rounded once',
  kind: 'formula',
  operations: [halfMatmul],
  statement:
    'Both factors are numbers of float16. Their products have at most 22 bits, which float32 holds exactly; they are added up there, in any order, and the sum is rounded to float16 once, at the end. Where sums are kept in float16 instead, each partial sum is rounded, from the first term to the last, and what is below half a step is lost for good: from 2048 on, ones add nothing.',
  formula: String.raw`y_{nm} = \mathrm{fl}_{16}\Bigl(\mathrm{fl}_{32}\Bigl(\sum_{d} \mathrm{fl}_{16}(a_{nd})\, \mathrm{fl}_{16}(b_{dm})\Bigr)\Bigr);\qquad \sigma_{d+1} = \mathrm{fl}_{16}(\sigma_d + a_{nd} b_{dm})`,
  domain:
    'Any finite numbers, which are rounded to float16 first; sums below 65520. Sums that rounding in float32 may put on either side of a half are not judged.',
  conventions: [
    {
      choice: 'A sum in half precision adds each exact product with one rounding.',
      others: 'Without fused multiply-adds, the product is rounded as well.',
    },
  ],
  source: {
    notes: [[278, 278]],
    publications: [
      { ...micikevicius, where: 'section 3.3' },
      { ...ieee754, where: 'table 3.5' },
    ],
  },
  errata: [],
})
