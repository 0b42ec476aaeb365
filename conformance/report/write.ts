import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from '../base/json.ts'
import { replaceFiles, tryFile, tryFolder, whileAlone } from '../base/writable.ts'
import { fileOf, othersOf } from '../suite/capsules.ts'
import { serialized } from '../suite/digest.ts'
import type { Matrix, Report } from '../suite/model.ts'
import { withCheckPage } from './check-page.ts'
import { generator } from './layout.tsx'
import type * as site from './site.tsx'
import { snippetsOf } from './snippet.ts'

/** What makes pages: loaded only where some are wanted, since it is a third of what a short run loads. */
export type PageMaker = Pick<typeof site, 'siteOf' | 'matrixSite'>

/**
 * Makes sure that a report can be written, before the work of a run is spent on it.
 *
 * @throws the error of the file system
 */
export function prepare(folder: string): void {
  for (const path of ['.', 'capsules', 'clauses', 'code']) tryFolder(join(folder, path))
  for (const path of ['report.json', 'index.html']) tryFile(join(folder, path))
}

/**
 * Writes `report.json`, the site, and for each case that did not conform a capsule and two programs. Without pages,
 * those of an earlier run go, too.
 */
export function write(
  report: Report,
  folder: string,
  pages: PageMaker | null,
  isOneOfMany = false,
): void {
  prepare(folder)
  const files = new Map<string, string>()
  const verdicts = report.clauses.flatMap(({ properties }) => properties.map((p) => p.verdict))
  // What a verdict says first is written last, in case another finding has the same case.
  for (const found of verdicts.flatMap((verdict) => [...othersOf(verdict), verdict])) {
    const capsule = 'capsule' in found ? found.capsule : null
    if (capsule === null) continue
    const file = join(folder, 'capsules', fileOf(capsule))
    files.set(file, `${stringify(capsule)}\n`)
    const snippets = snippetsOf(found)
    if (snippets === null) continue
    files.set(file.replace(/\.capsule\.json$/, '.ts'), snippets.typescript)
    files.set(file.replace(/\.capsule\.json$/, '.py'), snippets.python)
  }
  writeWhole(files, pages?.siteOf(report, isOneOfMany) ?? {}, serialized(report), folder)
}

/** Writes one report, or several and the matrix of them with a folder for each. */
export function writeAll(
  reports: readonly Report[],
  folder: string,
  pages: PageMaker | null,
): void {
  if (reports.length === 1) {
    write(reports[0]!, folder, pages)
    return
  }
  prepare(folder)
  const matrix: Matrix = { format: 'touchstone-matrix/1', reports }
  for (const [position, report] of reports.entries()) {
    write(report, join(folder, folderOf(reports, position)), pages, true)
  }
  const folders = reports.map((_, position) => folderOf(reports, position))
  writeWhole(new Map(), pages?.matrixSite(matrix, folders) ?? {}, serialized(matrix), folder)
}

/** The folder of one of several reports: readable, and another for each. */
export function folderOf(reports: readonly Report[], position: number): string {
  const slugs = reports.map(slugOf)
  const slug = slugs[position]!
  const earlier = slugs.slice(0, position).filter((other) => other === slug).length
  return earlier === 0 ? slug : `${slug}-${earlier + 1}`
}

/** A report folder and the folders of single implementations in it. */
export function foldersOf(folder: string): readonly string[] {
  if (!existsSync(folder)) return [folder]
  const inner = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'capsules')))
    .map(({ name }) => join(folder, name))
  return [folder, ...inner.toSorted()]
}

function slugOf({ environment: { implementation, device } }: Report): string {
  const [kind = ''] = device.split(',')
  const words = `${implementation.name} ${kind}`.toLowerCase().match(/[a-z0-9.]+/g) ?? []
  return (
    words
      .join('-')
      .replace(/\.+/g, '.')
      .slice(0, 60)
      .replace(/^\.|\.$/g, '') || 'implementation'
  )
}

/**
 * Writes all of a report or nothing: the disk may be full, or the process ended. Pages of an earlier run that
 * this one does not have go last, since they would show what is no longer so.
 */
function writeWhole(
  files: Map<string, string>,
  pages: Readonly<Record<string, string>>,
  report: string,
  folder: string,
): void {
  for (const [path, html] of Object.entries(withCheckPage(pages, folder))) {
    files.set(join(folder, path), html)
  }
  files.set(join(folder, 'report.json'), report)
  whileAlone(folder, () => replaceWhole(files, folder))
}

function replaceWhole(files: ReadonlyMap<string, string>, folder: string): void {
  replaceFiles(files)
  for (const place of [folder, join(folder, 'clauses'), join(folder, 'code')]) {
    for (const file of existsSync(place) ? readdirSync(place) : []) {
      const path = join(place, file)
      if (!file.endsWith('.html') || files.has(path)) continue
      if (readFileSync(path, 'utf8').includes(generator)) rmSync(path)
    }
  }
}
