/** One command of a session, with what it is to print and how it is to end. */
export interface Step {
  readonly words: readonly string[]
  /** The lines that follow it; `…` stands for any text of a line, and on its own for any lines. */
  readonly output: readonly string[]
  readonly exitCode: number
}

/** A session as a new user types it. */
export interface Transcript {
  readonly title: string
  readonly files: Readonly<Record<string, string>>
  readonly steps: readonly Step[]
}

/**
 * Reads a session from Markdown: blocks of code with the name of a file, such as ` ```ts kernel.ts `, and
 * blocks of `console` with commands after `$`, what they print, and `$ echo $?` with how they end.
 */
export function transcriptIn(markdown: string): Transcript {
  const title = /^# (.*)$/m.exec(markdown)?.[1] ?? ''
  const blocks = [...markdown.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)]
  const files = blocks.flatMap(([, , name, text]) => (name ? [[name, text!] as const] : []))
  const steps = blocks.flatMap(([, kind, , text]) => (kind === 'console' ? stepsIn(text!) : []))
  return { title, files: Object.fromEntries(files), steps }
}

function stepsIn(text: string): readonly Step[] {
  const steps: { words: string[]; output: string[]; exitCode: number }[] = []
  let isCode = false
  for (const line of text.trimEnd().split('\n')) {
    if (line === '$ echo $?') isCode = true
    else if (line.startsWith('$ npx touchstone ')) {
      const words = line.match(/'[^']*'|\S+/g)!.slice(3)
      steps.push({ words: words.map((word) => word.replaceAll("'", '')), output: [], exitCode: 0 })
      isCode = false
    } else if (steps.length === 0) throw new Error(`no command before: ${line}`)
    else if (isCode) steps.at(-1)!.exitCode = Number(line)
    else steps.at(-1)!.output.push(line)
  }
  return steps
}

/** The first line of an output that is not as it should be, or `null`. */
export function mismatchIn(expected: readonly string[], text: string): string | null {
  const lines = text.trimEnd().split('\n')
  let at = 0
  let anywhere = false
  for (const line of expected) {
    if (line === '…') {
      anywhere = true
      continue
    }
    const pattern = patternOf(line)
    const found = lines.slice(at).findIndex((given) => pattern.test(given))
    if (found < 0 || (found > 0 && !anywhere)) {
      return `expected: ${line}\ngot: ${lines.slice(at).join('\n')}`
    }
    at += found + 1
    anywhere = false
  }
  return anywhere || at === lines.length ? null : `not expected: ${lines.slice(at).join('\n')}`
}

function patternOf(line: string): RegExp {
  const parts = line.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`)
}
