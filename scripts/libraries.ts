import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { argv, chalk, $ as shell } from 'zx'
import { installedLibraries } from '../conformance/adapters/libraries/installed.ts'
import { exitCodes } from '../conformance/base/exit-codes.ts'
import { root } from '../conformance/base/root.ts'

/*
 * The matrix of the libraries that are called as they are: runs each that is set up here, one after the other,
 * and builds one site of these runs and of all before them, so that a library has its history in a row.
 *   npm run libraries -- --runs 20 --time 300 --only numpy,jax --folder report/libraries
 */

const folder = String(argv.folder ?? join(root, 'report/libraries'))
const runs = String(argv.runs ?? 20)
const time = argv.time === undefined ? [] : ['--time', String(argv.time)]
const only = argv.only === undefined ? null : String(argv.only).split(',')
const touchstone = join(root, 'conformance/cli/touchstone.js')

const there = installedLibraries().flatMap(({ name, version }) => {
  if (version === null) return []
  return name.startsWith('tfjs') ? ['tfjs:cpu', 'tfjs:wasm'] : [name]
})
const day = new Date().toISOString().slice(0, 16).replace(':', '')

const $ = shell({ stdio: 'inherit', nothrow: true })
for (const name of there.filter((each) => only === null || only.includes(each))) {
  console.log(chalk.bold(`\n${name}`))
  const report = join(folder, 'runs', `${name.replace(/\W+/g, '-')}-${day}`)
  const { exitCode } =
    await $`${process.execPath} ${touchstone} run -i ${name} -n ${runs} ${time} -r ${report}`
  const isReport = exitCode === exitCodes.conforms || exitCode === exitCodes.fails
  if (!isReport) console.error(`${name} could not be run, and has no row of today`)
}

const reports = readdirSync(join(folder, 'runs'))
  .map((run) => join(folder, 'runs', run, 'report.json'))
  .filter((file) => existsSync(file))
const site = join(folder, 'site')
const { exitCode } = await $`${process.execPath} ${touchstone} site ${reports} -r ${site}`
process.exitCode = exitCode ?? exitCodes.defect
