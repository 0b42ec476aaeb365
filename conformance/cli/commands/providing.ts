import { Argument, type Command } from 'commander'
import type { SetupName } from '../../../impl/device/packages.ts'
import { seed, wholeNumber } from '../values.ts'

const setupNames: readonly SetupName[] = ['onnxruntime', 'onnxruntime-web', 'tensorflow', 'python']

/** The commands for a machine, and for what is to be checked on it or elsewhere. */
export function addProviding(program: Command): void {
  program
    .command('doctor')
    .description('what this machine can run, and what would help where it cannot')
    .option('--json', 'as JSON')
    .action(async (options) => (await import('../doctor.ts')).doctorCommand(options))

  program
    .command('setup')
    .description('install what is too large to come along into .touchstone, beside node_modules')
    .addArgument(new Argument('<what>', 'libraries, or a device').choices(setupNames))
    .option('--again', 'start over')
    .option('--cpu', 'tensorflow for the processor, whatever is here')
    .option('--cuda', 'tensorflow for an NVIDIA GPU, whatever is here')
    .option('--build', 'build the addon of tensorflow at once, without trying its own download')
    .action(async (what, options) => (await import('../setup.ts')).setupCommand(what, options))

  program
    .command('init')
    .description('write an implementation to begin with, which conforms to its first clause')
    .addArgument(
      new Argument('<language>', 'its language').choices(['typescript', 'python', 'rust']),
    )
    .argument('[folder]', 'where its files go', '.')
    .action(async (language, folder) => (await import('../init.ts')).initCommand(language, folder))

  program
    .command('serve')
    .description('speak the protocol for a module or package: what crashes it ends nothing else')
    .argument('<implementation>', 'what --implementation takes')
    .action(async (implementation) => (await import('../serve.ts')).serveCommand(implementation))

  program
    .command('vectors')
    .description('fixed test vectors, for those who cannot run the harness')
    .command('export')
    .description('write inputs, expected values and bounds, a JSON file an operation')
    .argument('<folder>', 'where the files go')
    .option('-o, --operation <glob>', 'only operations that match, such as "cnn.*"', '*')
    .option('-n, --cases <count>', 'cases an operation', wholeNumber(1), 20)
    .option('-s, --seed <integer>', 'another seed draws other cases', seed, 0)
    .action(async (folder, options) =>
      (await import('../vectors.ts')).exportVectors(folder, options),
    )
}
