import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { withEntry, withExport, withImport, withoutModule } from './lists.ts'
import type { Names } from './names.ts'
import { areaFiles, topicFiles } from './templates.ts'

/**
 * What an index has to say of something new: either one import, and an entry in the list that names it,
 * or that it exports it.
 */
type Mention = { readonly file: string; readonly from: string } & (
  | { readonly imports: string; readonly list: string; readonly entry: string }
  | { readonly exports: string }
)

/** What the lists of an area say of a topic. */
function mentionsOfTopic({ area, topic, operation }: Names): readonly Mention[] {
  const from = `./${topic}.ts`
  const exports = `{ ${operation} }`
  return [
    {
      file: `spec/${area}/index.ts`,
      from,
      imports: `* as ${operation}`,
      list: 'clauses',
      entry: `${operation}.${operation}Clause`,
    },
    { file: `reference/${area}/index.ts`, from, exports },
    { file: `impl/${area}/index.ts`, from, exports },
    {
      file: `conformance/properties/${area}/index.ts`,
      from,
      imports: `{ ${operation}Properties }`,
      list: `${area}Properties`,
      entry: `...${operation}Properties`,
    },
  ]
}

/** What the lists of the four trees say of an area. */
function mentionsOfArea(area: string): readonly Mention[] {
  const from = `./${area}/index.ts`
  const imports = `* as ${area}`
  const entry = `...inArea('${area}', ${area})`
  return [
    { file: 'spec/index.ts', from, imports, list: 'areas', entry: area },
    { file: 'reference/index.ts', from, imports, list: 'formulas', entry },
    { file: 'impl/index.ts', from, imports, list: 'fast', entry },
    {
      file: 'conformance/properties/areas.ts',
      from,
      imports: `{ ${area}Properties }`,
      list: 'stated',
      entry: `...${area}Properties`,
    },
  ]
}

/** Writes the files of a new topic, and of its area where it is the first; the paths that changed. */
export function addTopic(root: string, names: Names): readonly string[] {
  const { area } = names
  const isNew = !existsSync(join(root, 'spec', area))
  const files = { ...(isNew ? areaFiles(area) : {}), ...topicFiles(names) }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  const mentions = [...(isNew ? mentionsOfArea(area) : []), ...mentionsOfTopic(names)]
  for (const mention of mentions) edit(root, mention.file, (text) => withMention(text, mention))
  const changed = [...new Set([...Object.keys(files), ...mentions.map(({ file }) => file)])]
  format(root, changed)
  return changed
}

/** Takes out the files of a topic, and its area with the last of them; the paths that changed. */
export function removeTopic(root: string, names: Names): readonly string[] {
  const { area } = names
  const files = Object.keys(topicFiles(names))
  for (const path of files) rmSync(join(root, path), { force: true })
  const isEmpty = readdirSync(join(root, 'spec', area)).every((file) => file === 'index.ts')
  const mentions = isEmpty ? mentionsOfArea(area) : mentionsOfTopic(names)
  for (const { file, from } of mentions) edit(root, file, (text) => withoutModule(text, from))
  if (isEmpty) {
    for (const path of Object.keys(areaFiles(area))) {
      rmSync(dirname(join(root, path)), { recursive: true })
    }
  }
  const lists = mentions.map(({ file }) => file)
  format(root, lists)
  return [...files, ...lists]
}

function withMention(text: string, mention: Mention): string {
  const { from } = mention
  if ('exports' in mention) return withExport(text, `export ${mention.exports} from '${from}'`)
  const { imports, list, entry } = mention
  return withEntry(withImport(text, `import ${imports} from '${from}'`), list, entry)
}

function edit(root: string, file: string, change: (text: string) => string) {
  writeFileSync(join(root, file), change(readFileSync(join(root, file), 'utf8')))
}

function format(root: string, files: readonly string[]) {
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome')
  execFileSync(process.execPath, [biome, 'check', '--write', ...files], {
    cwd: root,
    stdio: 'pipe',
  })
}
