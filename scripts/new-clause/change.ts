import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { withEntry, withImport, withoutImport } from './lists.ts'
import type { Names } from './names.ts'
import { areaFiles, topicFiles } from './templates.ts'

/** What a list has to say of something new: one import, and an entry in each list that names it. */
interface Mention {
  readonly file: string
  readonly from: string
  readonly imports: string
  readonly entries: readonly (readonly [list: string, entry: string])[]
}

/** What the lists of an area say of a topic. */
function mentionsOfTopic({ area, topic, operation }: Names): readonly Mention[] {
  const from = `./${topic}.ts`
  const named = `{ ${operation} }`
  const entry = `'${area}.${operation}': ${operation}`
  return [
    {
      file: `spec/${area}/index.ts`,
      from,
      imports: `* as ${operation}`,
      entries: [['clauses', `${operation}.${operation}Clause`]],
    },
    {
      file: `reference/${area}/index.ts`,
      from,
      imports: named,
      entries: [[`${area}References`, entry]],
    },
    { file: `impl/${area}/index.ts`, from, imports: named, entries: [[`${area}Fast`, entry]] },
    {
      file: `conformance/properties/${area}/index.ts`,
      from,
      imports: `{ ${operation}Properties }`,
      entries: [[`${area}Properties`, `...${operation}Properties`]],
    },
  ]
}

/** What the lists of the four trees say of an area. */
function mentionsOfArea(area: string): readonly Mention[] {
  const from = `./${area}/index.ts`
  const all = (file: string, list: string, name: string): Mention => ({
    file,
    from,
    imports: `{ ${name} }`,
    entries: [[list, `...${name}`]],
  })
  return [
    {
      file: 'spec/index.ts',
      from,
      imports: `* as ${area}`,
      entries: [['clauses', `...${area}.clauses`]],
    },
    all('reference/index.ts', 'references', `${area}References`),
    all('impl/index.ts', 'fast', `${area}Fast`),
    all('conformance/properties/index.ts', 'properties', `${area}Properties`),
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
  for (const { file, from, imports, entries } of mentions) {
    edit(root, file, (text) =>
      entries.reduce(
        (grown, [list, entry]) => withEntry(grown, list, entry),
        withImport(text, `import ${imports} from '${from}'`),
      ),
    )
  }
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
  for (const { file, from } of mentions) edit(root, file, (text) => withoutImport(text, from))
  if (isEmpty) {
    for (const path of Object.keys(areaFiles(area))) {
      rmSync(dirname(join(root, path)), { recursive: true })
    }
  }
  const lists = mentions.map(({ file }) => file)
  format(root, lists)
  return [...files, ...lists]
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
