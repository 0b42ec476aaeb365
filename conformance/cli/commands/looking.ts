import { type Command, Option } from 'commander'
import { formOptions } from '../form-options.ts'
import { seconds, seed, wholeNumber } from '../values.ts'
import { clauseOption, collect, implementations } from './options.ts'

/** The commands that look at the specification, at a single case, and at reports. */
export function addLooking(program: Command): void {
  program
    .command('list')
    .description('list the clauses, or the operations that they are about')
    .addOption(clauseOption())
    .option('-o, --operations', 'the operations of these clauses')
    .option('--json', 'as JSON')
    .action(async (options) => (await import('../list.ts')).listCommand(options))

  implementations(
    program
      .command('show')
      .description(
        'what a clause says, why, and where it is proved; or how to provide an operation',
      )
      .argument(
        '<what...>',
        'ids of clauses or operations, or files or lines, such as impl/cnn/conv2d.ts:20',
      ),
    'none; with one, what it declares of the operation',
  )
    .option('-o, --operation', 'the operation, where a clause has the same id')
    .option('--json', 'as JSON')
    .action(async (all, options) => (await import('../show.ts')).showCommand(all, options))

  program
    .command('cite')
    .description('from a formula to its source, its code and the evidence, and back from code')
    .argument(
      '[what]',
      'the id of a clause or an operation, or a file or line, such as reference/cnn/conv2d.ts:31',
    )
    .option('--notes <lines>', 'the clauses of these lines of the notes, such as 28 or 24-28')
    .addOption(
      new Option('-f, --format <form>', 'as it is to be pasted')
        .choices(['text', 'markdown', 'latex', 'bibtex', 'json'])
        .default('text'),
    )
    .option('-r, --report <file>', 'whose verdicts; without it report/report.json, if it is there')
    .option('-o, --operation', 'the operation, where a clause has the same id')
    .action(async (subject, options) => (await import('../cite.ts')).citeCommand(subject, options))

  implementations(
    program
      .command('replay')
      .description('try the case of a capsule again')
      .argument('<capsule>', 'a file that a run has left in report/capsules'),
  )
    .option('--json', 'as JSON')
    .action(async (capsule, options) =>
      (await import('../replay.ts')).replayCommand(capsule, options),
    )

  implementations(
    program
      .command('try')
      .description(
        'an operation at sizes of your own, judged as in a run, with the time that it takes',
      )
      .argument('<operation>', 'such as cnn.conv2d'),
  )
    .addOption(
      new Option('--sizes <sizes>', 'such as N=1,H=56,W=56; what is left out is chosen')
        .argParser(collect)
        .default([], 'all chosen'),
    )
    .option('--parameters <json>', `such as '{"strides":[1,1]}'; what is left out is chosen`)
    .option('-n, --runs <cases>', 'cases, each with numbers of another kind', wholeNumber(1), 5)
    .option('-s, --seed <integer>', 'another seed draws other numbers', seed, 0)
    .option('-t, --time <seconds>', 'stop after this long; what is unfinished is no pass', seconds)
    .option('-r, --report <folder>', 'where the capsule of a case that fails goes', 'report')
    .option('--json', 'as JSON')
    .action(async (operation, options) =>
      (await import('../try.ts')).tryCommand(operation, options),
    )

  implementations(
    program
      .command('smoke')
      .description('a few tiny cases an operation: is the adapter wrong, or what it computes?'),
  )
    .option('--json', 'as JSON')
    .action(async (options) => (await import('../smoke.ts')).smokeCommand(options))

  program
    .command('compare')
    .description('what began and what stopped to conform between two runs')
    .argument('<before>', 'the report.json of the earlier run')
    .argument('<after>', 'the report.json of the later run')
    .option('--json', 'as JSON')
    .action(async (before, after, options) =>
      (await import('../compare.ts')).compareCommand(before, after, options),
    )

  formOptions(
    program
      .command('site')
      .description('one site of many runs: machines, devices, versions of a library')
      .argument('<reports...>', 'their report.json, or the folders that hold it'),
  )
    .option('-r, --report <folder>', 'where the site goes', 'site')
    .action(async (reports, options) => (await import('../site.ts')).siteCommand(reports, options))
}
