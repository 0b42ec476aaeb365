import jsTokens, { type Token } from 'js-tokens'

const words = (text: string) => new Set(text.split(' '))

/** Words of the language, wherever they stand but behind a dot. */
const reserved = words(
  'break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in instanceof let new null private protected public return static super switch this throw true try typeof var void while with yield await undefined',
)

/** Words of the language where another word, a list or a text follows them, and names elsewhere. */
const contextual = words(
  'abstract accessor as asserts async declare from get infer interface is keyof namespace of override readonly satisfies set type unique using',
)

/** Types that the language has, behind what a type follows. */
const primitive = words('any bigint boolean never number object string symbol unknown void')
const beforeType = words(': | & < => as extends is keyof readonly satisfies')

/** What is told apart besides names, in classes of one letter: there are hundreds of thousands of them in a site. */
const letters: Readonly<Partial<Record<Token['type'], string>>> = {
  MultiLineComment: 'c',
  SingleLineComment: 'c',
  HashbangComment: 'c',
  NumericLiteral: 'n',
  StringLiteral: 's',
  NoSubstitutionTemplate: 's',
  TemplateHead: 's',
  TemplateMiddle: 's',
  TemplateTail: 's',
  RegularExpressionLiteral: 's',
}

/**
 * TypeScript as HTML that tells words of the language, names and text apart. It looks at tokens and their neighbours
 * and knows no grammar, which would take most of the time of a site, for colours.
 */
export function highlighted(code: string): string {
  const tokens = [...jsTokens(code)]
  let html = ''
  let pending = ''
  let shown = ''
  let before = ''
  const flush = () => {
    const text = pending.trimEnd()
    const marked =
      shown === '' || text === '' ? escaped(text) : `<i class="${shown}">${escaped(text)}</i>`
    html += marked + pending.slice(text.length)
    pending = ''
  }
  for (const [at, { type, value }] of tokens.entries()) {
    const isSpace = type === 'WhiteSpace' || type === 'LineTerminatorSequence'
    const letter =
      type === 'IdentifierName' ? letterOf(value, before, tokens, at) : (letters[type] ?? '')
    if (!isSpace && letter !== shown) {
      flush()
      shown = letter
    }
    pending += value
    if (!isSpace && letter !== 'c') before = value
  }
  flush()
  return html
}

/** What a word is, by what stands before and after it. */
function letterOf(word: string, before: string, tokens: readonly Token[], at: number): string {
  if (before === '.' || before === '?.') return tokens[at + 1]?.value === '(' ? 'f' : ''
  const isAlone = tokens[at + 1]?.type !== 'WhiteSpace'
  const next = tokens[isAlone ? at + 1 : at + 2]
  if (reserved.has(word)) return 'k'
  if (contextual.has(word) && !isAlone && isGoingOn(next)) return 'k'
  if (primitive.has(word) && beforeType.has(before)) return 't'
  if (isAlone && next?.value === '(') return 'f'
  return /^[A-Z][a-z]\w/.test(word) && next?.value !== '.' ? 't' : ''
}

/** Whether something follows that cannot follow a name. */
function isGoingOn(next: Token | undefined): boolean {
  if (next === undefined) return false
  if (/^(?:IdentifierName|StringLiteral|NoSubstitutionTemplate)$/.test(next.type)) return true
  return next.value === '[' || next.value === '{' || next.value === '('
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (sign) => entities[sign]!)
}
