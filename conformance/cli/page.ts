import type { Terminal } from '../base/terminal.ts'
import { wrap } from '../base/wrap.ts'

/** A name and what is to be said of it. */
export type Row = readonly [name: string, text: string]

/** Text under headings, as `show` prints it. */
export interface Page {
  /** Paragraphs under a heading; nothing where there are none. */
  section(heading: string, ...paragraphs: readonly string[]): void
  /** Rows of names and what is to be said of them. */
  rows(heading: string, rows: readonly Row[]): void
  /** Lines that are to be copied, as they are. */
  code(heading: string, text: string): void
  /** Begins a section that is written in parts: paragraphs, and lines that are not broken, such as links. */
  heading(text: string): void
  paragraph(text: string): void
  line(text: string): void
  text(): string
}

/** A page for a terminal, which begins with a heading and a title. */
export function pageOn(terminal: Terminal, heading: string, title: string): Page {
  const columns = Math.min(terminal.columns, 100)
  const lines = [heading, wrap(title, columns)]
  const begin = (heading: string) => void lines.push('', terminal.style('bold', heading))
  return {
    section(heading, ...paragraphs) {
      if (paragraphs.length === 0) return
      begin(heading)
      for (const paragraph of paragraphs) lines.push(wrap(paragraph, columns, '  '))
    },
    rows(heading, rows) {
      if (rows.length === 0) return
      begin(heading)
      const width = Math.min(18, Math.max(...rows.map(([name]) => name.length))) + 4
      for (const [name, text] of rows) {
        const wrapped = wrap(text, columns, ' '.repeat(width))
        const label = `  ${name}`
        // A long name has a line of its own.
        if (label.length > width - 2) lines.push(label, wrapped)
        else lines.push(label.padEnd(width) + wrapped.slice(width))
      }
    },
    code(heading, text) {
      begin(heading)
      lines.push(text.trimEnd())
    },
    heading: begin,
    paragraph: (text) => lines.push(wrap(text, columns, '  ')),
    line: (text) => lines.push(`  ${text}`),
    text: () => `${lines.join('\n')}\n`,
  }
}
