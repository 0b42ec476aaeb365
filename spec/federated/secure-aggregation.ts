import { clause } from '../language/clause.ts'
import {
  array,
  bits,
  type CaseView,
  free,
  operation,
  type Parameters,
  ranged,
  whole,
} from '../language/operation.ts'
import { integer } from '../language/parameter.ts'
import { bonawitz } from './publications.ts'

const residues = ({ modulus }: Parameters) => [0, modulus - 1] as const

const isHere = ({ inputs }: CaseView) => Array.from(inputs.present!.data)

/** Sums of whole numbers of clients, of which nobody sees a single one. */
export const secureSum = operation({
  id: 'federated.secureSum',
  title: 'Secure sum of whole numbers by masks that cancel',
  level: 'core',
  dimensions: { K: free(1, 5, 'clients'), P: free(1, 4, 'numbers of a client') },
  inputs: {
    values: whole(residues, 'the numbers of each client', 'K', 'P'),
    masks: whole(
      residues,
      'what each pair of clients agreed on, the one with the lower index first; the others are not looked at',
      'K',
      'K',
      'P',
    ),
    present: bits('1 for each client whose numbers arrive, 0 where it drops out', 'K'),
  },
  parameters: { modulus: integer({ min: 2, upTo: 65_536, max: 65_536 }) },
  usual: [
    { parameters: { modulus: 65_536 } },
    { parameters: { modulus: 256 } },
    { sizes: { K: 10 }, parameters: { modulus: 65_536 } },
  ],
  outputs: {
    uploads: ranged(residues, array('what each client sends, were it there', 'K', 'P')),
    sum: ranged(residues, array('the sum over the clients that are there', 'P')),
  },
  classes: {
    'one client': ({ sizes }: CaseView) => sizes.K === 1,
    'everybody is there': (the: CaseView) => the.sizes.K! > 1 && isHere(the).every(Boolean),
    'some drop out': (the: CaseView) => isHere(the).includes(0) && isHere(the).includes(1),
    'nobody is there': (the: CaseView) => !isHere(the).includes(1),
    'a modulus that is a power of two': ({ parameters: p }: CaseView) =>
      Number.isInteger(Math.log2(p.modulus)),
    'another modulus': ({ parameters: p }: CaseView) => !Number.isInteger(Math.log2(p.modulus)),
  },
})

export const secureAggregation = clause({
  id: 'federated.secure-aggregation',
  title: 'Masks of pairs cancel in the sum, and leave nothing of a single client to be seen',
  kind: 'theorem',
  operations: [secureSum],
  statement:
    'Of each pair of clients the first adds what both agreed on, and the second takes it away, modulo $R$. What a client sends is then any of the $R$ numbers alike where one of its masks is drawn alike: for each value there is a mask that sends the same. In the sum over all clients the masks cancel, and it is the sum of the values modulo $R$, exactly. Where clients drop out, their masks stay in what the others sent, and the server, which learns these from the others, takes them out: the sum is that of the clients that are there, and what the others have has no influence.',
  formula: String.raw`u_k = \Bigl( v_k + \sum_{l > k} s_{kl} - \sum_{l < k} s_{lk} \Bigr) \bmod R,\qquad \sum_{k \in A} v_k \equiv \sum_{k \in A} \Bigl( u_k - \sum_{l > k,\, l \notin A} s_{kl} + \sum_{l < k,\, l \notin A} s_{lk} \Bigr) \pmod R`,
  domain:
    'Whole numbers from 0 to R − 1, and R from 2 to 65 536. Results are exact: there is no rounding in them.',
  conventions: [
    {
      choice: 'The client with the lower index adds, the other one takes away.',
      others: 'The other way round gives other uploads, and the same sums.',
    },
    {
      choice: 'Residues are from 0 to R − 1.',
      others:
        'In C, JavaScript and Rust the remainder of a negative number is negative; code that centres residues has them from −R/2 on.',
    },
    {
      choice: 'Nothing is sent but the numbers with the masks of pairs.',
      others:
        'Bonawitz et al. add a second mask of each client of its own, so that a late upload cannot be unmasked.',
    },
  ],
  source: {
    notes: [[494, 494]],
    publications: [{ ...bonawitz, where: 'section 4.0.1, masking with one-time pads' }],
  },
  errata: [],
})
