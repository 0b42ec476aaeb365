import { Terms } from './markup.tsx'

/** What somebody has to know who sees nothing but a site: the words that its pages are written in. */
const words: readonly (readonly [string, string])[] = [
  ['clause', 'a statement of the specification, with a formula, that can be checked'],
  ['operation', 'a function that is checked, with named arrays and parameters'],
  ['property', 'one check of a clause, tried on many cases'],
  ['case', 'sizes, parameters and numbers that are drawn for it; the smallest that fails is shown'],
  ['reference', 'the formula, computed slowly and plainly; it says what is right'],
  ['bound', 'how far an answer may be from that by rounding alone, derived for each number'],
  ['fault', 'a mistake made on purpose, which the properties of a clause must notice'],
  ['class', 'a kind of case, such as an even kernel, that must come up'],
  ['conforms', 'every case agreed, to the bit or within the bound: the only pass'],
  ['violates', 'an answer is further off than rounding explains'],
  ['errored', 'it failed on a valid case, or its answer was malformed'],
  ['unstable', 'it gave two answers to one question'],
  ['declined', 'it said of all cases that it does not take them'],
  ['unsupported', 'it does not provide the operation'],
  ['inconclusive', 'of too many cases nothing can be told'],
  ['not run', 'the time was over, or the run was stopped'],
]

/** The words, folded. */
export function Words() {
  return (
    <details class="words">
      <summary>What the words mean</summary>
      <Terms rows={words} />
    </details>
  )
}
