import { createRequire } from 'node:module'
import { Ajv2020 } from 'ajv/dist/2020.js'
import standalone from 'ajv/dist/standalone/index.js'
import type { Plugin } from 'esbuild'
import { root } from '../base/root.ts'
import schema from '../protocol/messages.schema.json' with { type: 'json' }
import { compiling, definitions, placeOf } from '../protocol/validation.ts'

const { resolve } = createRequire(import.meta.url)

/** Checks of messages as code, made when a bundle is built: to compile them takes longer than to check a clause. */
export const compiledValidators: Plugin = {
  name: 'compiled validators',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^touchstone:validators$/ }, ({ path }) => ({
      path,
      namespace: 'compiled',
    }))
    // Small helpers, which a bundle holds even where it leaves packages out.
    onResolve({ filter: /^ajv\/dist\/runtime\//, namespace: 'compiled' }, ({ path }) => ({
      path: resolve(path),
    }))
    onLoad({ filter: /.*/, namespace: 'compiled' }, () => {
      const ajv = new Ajv2020({ ...compiling, code: { source: true, esm: true } })
      ajv.addSchema(schema)
      const places = Object.fromEntries(definitions.map((name) => [name, placeOf(name)]))
      // It is CommonJS, whose default export is one step further in for Node.
      const write = (standalone as never as { default: typeof standalone.default }).default
      return { contents: write(ajv, places), loader: 'js', resolveDir: root }
    })
  },
}
