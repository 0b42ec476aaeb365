import type { Command } from 'commander'

/** The other forms of a report that the command line asks for; see `writeForms`. */
export interface FormOptions {
  readonly junit?: string
  readonly markdown?: string
  readonly sarif?: string
  readonly badge?: string
  readonly annotations?: boolean
}

/** Adds the options that ask for the report in other forms. */
export function formOptions(command: Command): Command {
  return command
    .option('--junit <file>', 'write the report as JUnit XML, too')
    .option('--markdown <file>', 'write the report as Markdown for a pull request, too')
    .option('--sarif <file>', 'write the problems as SARIF 2.1.0, too')
    .option('--badge <file>', 'write the data of a badge of shields.io, too')
    .option('--annotations', 'print the problems as annotations for GitHub Actions, too')
}
