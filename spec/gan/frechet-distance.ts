import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  covariance,
  derived,
  free,
  operation,
  type Sizes,
} from '../language/operation.ts'
import { choice } from '../language/parameter.ts'
import { enoughSamples } from './enough-samples.ts'
import { dowson, heusel, powersStormer } from './publications-evaluation.ts'

const terms = derived(
  () => 4,
  'the distance, that of the means, the sum of both traces, the trace of the root of the product',
)
const outputs = { distance: array('the squared distance, and what it is made of', 'Terms') }

/** The elements of a covariance, row by row. */
const matrixOf = ({ inputs, sizes }: CaseView, name: string) => {
  const { data } = inputs[name]!
  return (i: number, j: number): number => data[i * sizes.D! + j]!
}
const features = ({ sizes }: CaseView) => Array.from({ length: sizes.D! }, (_, i) => i)
const isSingular = (the: CaseView, name: string) => {
  const at = matrixOf(the, name)
  return features(the).some((i) =>
    features(the).some((j) => i < j && at(i, i) * at(j, j) === at(i, j) * at(j, i)),
  )
}
const commute = (the: CaseView) => {
  const [A, B] = [matrixOf(the, 'covarianceReal'), matrixOf(the, 'covarianceGenerated')]
  const product = (X: typeof A, Y: typeof A, i: number, j: number) =>
    features(the).reduce((sum, k) => sum + X(i, k) * Y(k, j), 0)
  return features(the).every((i) =>
    features(the).every((j) => product(A, B, i, j) === product(B, A, i, j)),
  )
}

/** How far apart two normal distributions are, from their moments. */
export const frechetDistance = operation({
  id: 'gan.frechetDistance',
  title: 'Squared Fréchet distance of two normal distributions',
  level: 'core',
  dimensions: { D: free(1, 5, 'features'), Terms: terms },
  inputs: {
    meanReal: array('the means of the features of real samples', 'D'),
    meanGenerated: array('those of generated samples', 'D'),
    covarianceReal: covariance('how the features of real samples vary together', 'D'),
    covarianceGenerated: covariance('the same of generated samples', 'D'),
  },
  parameters: {},
  usual: [{ sizes: { D: 1 } }, { sizes: { D: 2 } }, { sizes: { D: 8 } }],
  work: ({ D }: Sizes) => 12 * D! ** 3,
  effort: () => 20,
  sums: 'The trace of a root is no sum of products of inputs.',
  outputs,
  classes: {
    'one feature': ({ sizes }: CaseView) => sizes.D === 1,
    'equal means': ({ inputs }: CaseView) =>
      inputs.meanReal!.data.every((x, i) => x === inputs.meanGenerated!.data[i]),
    'a covariance of zeros': ({ inputs }: CaseView) =>
      inputs.covarianceReal!.data.every((x) => x === 0),
    'a singular covariance': (the: CaseView) => isSingular(the, 'covarianceReal'),
    'two singular covariances': (the: CaseView) =>
      isSingular(the, 'covarianceReal') && isSingular(the, 'covarianceGenerated'),
    'covariances that commute, of several features': (the: CaseView) =>
      the.sizes.D! > 1 && commute(the),
    'covariances that do not commute': (the: CaseView) => !commute(the),
  },
})

/** How far apart two sets of samples are, as if features were normal. */
export const featureFrechetDistance = operation({
  id: 'gan.featureFrechetDistance',
  title: 'Squared Fréchet distance of two sets of features',
  level: 'core',
  dimensions: {
    N: enoughSamples(6, 'real samples'),
    M: enoughSamples(6, 'generated samples'),
    D: free(1, 6, 'features'),
    Terms: terms,
  },
  inputs: {
    real: array('the features of each real sample', 'N', 'D'),
    generated: array('the features of each generated sample', 'M', 'D'),
  },
  parameters: { divisor: choice('N', 'N - 1') },
  usual: [
    { sizes: { N: 8, M: 8, D: 4 }, parameters: { divisor: 'N - 1' } },
    { sizes: { N: 4, M: 4, D: 16 }, parameters: { divisor: 'N - 1' } },
    { sizes: { N: 6, M: 6, D: 2 }, parameters: { divisor: 'N' } },
  ],
  work: ({ N, M, D }: Sizes) => (N! + M!) * D! + N! * M! * (D! + 6 * Math.min(N!, M!)),
  effort: () => 8,
  sums: 'Every sum is divided by a count, or becomes singular values.',
  outputs,
  classes: {
    'by N': ({ parameters: p }: CaseView) => p.divisor === 'N',
    'by N - 1': ({ parameters: p }: CaseView) => p.divisor === 'N - 1',
    'one sample': ({ sizes }: CaseView) => sizes.N === 1,
    'no more samples than features': ({ sizes }: CaseView) => sizes.N! <= sizes.D!,
    'more samples than features in both sets': ({ sizes }: CaseView) =>
      Math.min(sizes.N!, sizes.M!) > sizes.D!,
    'sets of two sizes': ({ sizes }: CaseView) => sizes.N !== sizes.M,
    'one feature': ({ sizes }: CaseView) => sizes.D === 1,
    'a feature that does not vary': ({ inputs, sizes }: CaseView) =>
      sizes.N! > 1 &&
      Array.from({ length: sizes.D! }, (_, d) => d).some((d) =>
        inputs.real!.data.every((x, at) => at % sizes.D! !== d || x === inputs.real!.data[d]),
      ),
  },
})

export const frechetDistanceClause = clause({
  id: 'gan.eval.fid',
  title: 'The Fréchet distance compares means and covariances of real and generated features',
  kind: 'formula',
  operations: [frechetDistance, featureFrechetDistance],
  statement:
    'The distance is the squared 2-Wasserstein distance of the two normal distributions with these means and covariances: the squared distance of the means, both traces, less twice the trace of the root of $\\Sigma_r^{1/2} \\Sigma_g \\Sigma_r^{1/2}$. It is symmetric, not negative, and 0 exactly where both moments are equal; a shift of one set alone adds the squared length of the shift where covariances are equal, a rotation of all features changes nothing, and a factor is squared. Where covariances commute it is $\\sum_i (\\sqrt{\\lambda_i} - \\sqrt{\\mu_i})^2$ over pairs of eigenvalues. The trace of the root is the sum of the singular values of $\\Sigma_r^{1/2} \\Sigma_g^{1/2}$, and so of $R\\, G^\\top$ for any factors with $R^\\top R = \\Sigma_r$ and $G^\\top G = \\Sigma_g$, such as centred features over a root of the count. Features tell it to full precision even where there are fewer samples than features. From moments alone it cannot be told so well: the root of a variance near 0 loses half of the digits, and so does a distance with singular covariances.',
  formula: String.raw`d^2 = \lVert \mu_r - \mu_g \rVert^2 + \operatorname{tr}\bigl(\Sigma_r + \Sigma_g - 2 (\Sigma_r^{1/2} \Sigma_g \Sigma_r^{1/2})^{1/2}\bigr),\qquad \operatorname{tr} (\Sigma_r^{1/2} \Sigma_g \Sigma_r^{1/2})^{1/2} = \sum_i s_i(\Sigma_r^{1/2} \Sigma_g^{1/2}) = \sum_i s_i(R\, G^\top)`,
  domain:
    'Any means; covariances are symmetric and have no negative eigenvalues, and may be singular or zero. Any features; one sample at least, or two where the count less 1 divides.',
  conventions: [
    {
      choice: 'The distance is squared, as it is printed in publications.',
      others: 'Its root is the 2-Wasserstein distance itself.',
    },
    {
      choice: 'Covariances of features divide by $N$ or by $N - 1$, as a parameter says.',
      others:
        'pytorch-fid and TorchMetrics divide by $N - 1$, as `numpy.cov` does; the formula of Heusel et al. leaves it open.',
    },
    {
      choice:
        'An eigenvalue that rounding left below 0 counts as 0. Nothing is added to the diagonal.',
      others:
        'pytorch-fid takes the root of the product by `scipy.linalg.sqrtm`, drops an imaginary part of up to a thousandth, and adds $10^{-6}$ to every variance where the root is not finite.',
    },
    {
      choice: 'A distance that rounding leaves below 0 stays what it is.',
      others: 'Some code cuts it off at 0, which is as near to the true one.',
    },
  ],
  source: {
    notes: [[727, 727]],
    publications: [
      { ...heusel, where: 'experiments, the definition of the Fréchet inception distance' },
      { ...dowson, where: 'the theorem' },
      { ...powersStormer, where: 'lemma 4.1' },
    ],
  },
  errata: [],
})
