import { accessSync, constants, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { capsulesIn, fileOf } from './capsules.ts'
import { pageOf } from './html.tsx'
import { stringify } from './json.ts'
import type { Report } from './model.ts'

/**
 * Makes sure that a report can be written, before the work of a run is spent on it.
 *
 * @throws the error of the file system
 */
export function prepare(folder: string): void {
  mkdirSync(join(folder, 'capsules'), { recursive: true })
  for (const path of [folder, join(folder, 'capsules')]) {
    accessSync(path, constants.W_OK | constants.X_OK)
  }
}

/** Writes `report.json`, `index.html` and a file for each case that did not conform. */
export function write(report: Report, folder: string): void {
  prepare(folder)
  writeFileSync(join(folder, 'report.json'), `${stringify(report)}\n`)
  for (const capsule of capsulesIn(report)) {
    const text = `${stringify(capsule)}\n`
    writeFileSync(join(folder, 'capsules', fileOf(capsule)), text)
  }
  writeFileSync(join(folder, 'index.html'), pageOf(report))
}
