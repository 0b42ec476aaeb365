import { clause } from '../language/clause.ts'
import { mirsky, eckartYoung as publication } from './publications.ts'
import { truncate } from './truncate.ts'

export const eckartYoung = clause({
  id: 'lowrank.eckart-young',
  title: 'No matrix of the same rank is nearer than the truncated one',
  kind: 'theorem',
  operations: [truncate],
  statement:
    'Among all matrices of rank $t$ at most, the truncation to the $t$ largest singular values is as near to the matrix as any, both in the Frobenius norm, where its distance is $\\sqrt{\\sum_{l > t} s_l^2}$, and in the spectral norm, where it is $s_{t+1}$. To keep $t$ other values is no better.',
  formula: String.raw`\min_{\mathrm{rank}\,B \le t} \lVert W - B \rVert_F = \sqrt{\sum_{l > t} s_l^2},\qquad \min_{\mathrm{rank}\,B \le t} \lVert W - B \rVert_2 = s_{t+1}`,
  domain:
    'Shown on matrices of known decomposition with sides up to 8, against products of random factors, against the best product with a random left factor, against slightly changed factors of the truncation, and against other values kept.',
  conventions: [
    {
      choice: 'Where values tie at the end of the count any choice is as near.',
      others: 'The minimum is then attained by several matrices.',
    },
  ],
  source: {
    notes: [[240, 240]],
    publications: [
      { ...publication, where: 'pages 211 to 218' },
      { ...mirsky, where: 'theorem 2' },
    ],
  },
  errata: [],
})
