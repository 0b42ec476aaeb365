import { styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]

/** Where text goes, how wide it is, and whether it may be coloured. */
export interface Terminal {
  readonly columns: number
  write(text: string): void
  style(style: Style, text: string): string
}

const standardOutput = process.stdout.write.bind(process.stdout)

/**
 * From now on, what others print on standard output goes to standard error: an implementation may
 * print what it likes, and a report must stay one.
 */
export function keepStandardOutput(): void {
  process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write
}

/** Resolves when all that was written on standard output is with its reader. */
export function standardOutputIsWritten(): Promise<void> {
  return new Promise((resolve) => standardOutput('', () => resolve()))
}

/** A stream of the process as a terminal; colours only where a person reads them. */
export function terminalOn(stream: NodeJS.WriteStream): Terminal {
  const { NO_COLOR, FORCE_COLOR } = process.env
  const coloured = NO_COLOR ? false : FORCE_COLOR ? FORCE_COLOR !== '0' : stream.isTTY === true
  const read = process.env.GITHUB_ACTIONS === 'true' ? withoutCommands : (text: string) => text
  return {
    columns: stream.columns ?? 80,
    write: (text) => writeAsIs(stream, read(text)),
    style: (style, text) => (coloured ? styleText(style, text) : text),
  }
}

/** Writes what is meant for a program that reads the stream, such as annotations of a workflow. */
export function writeAsIs(stream: NodeJS.WriteStream, text: string): void {
  if (stream === process.stdout) standardOutput(text)
  else stream.write(text)
}

/**
 * The log of a workflow of GitHub is read for commands, wherever in it they come from: a name or a message could
 * give some. One sign of each is written as JSON may write it, so that JSON stays the same.
 */
function withoutCommands(text: string): string {
  return text.replace(/^([^\S\n]*):(?=:)/gm, '$1\\u003a').replaceAll('##[', '#\\u0023[')
}
