import { highlightCode, tagHighlighter, tags } from '@lezer/highlight'
import { parser } from '@lezer/javascript'

const typescript = parser.configure({ dialect: 'ts' })

/** What is told apart, in classes of one letter: there are hundreds of thousands of them in a site. */
const letters = tagHighlighter([
  { tag: tags.comment, class: 'c' },
  { tag: [tags.keyword, tags.operatorKeyword, tags.self, tags.null, tags.bool], class: 'k' },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], class: 's' },
  { tag: tags.number, class: 'n' },
  { tag: tags.typeName, class: 't' },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], class: 'f' },
])

/** TypeScript as HTML that tells words of the language, names and text apart. */
export function highlighted(code: string): string {
  let html = ''
  let pending = ''
  let shown = ''
  const flush = () => {
    const text = escaped(pending)
    html += shown === '' || text === '' ? text : `<i class="${shown}">${text}</i>`
    pending = ''
  }
  const put = (text: string, classes: string) => {
    if (classes !== shown) flush()
    shown = classes
    pending += text
  }
  highlightCode(code, typescript.parse(code), letters, put, () => put('\n', shown))
  flush()
  return html
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (sign) => entities[sign]!)
}
