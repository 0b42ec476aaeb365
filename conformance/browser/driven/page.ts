import { join, resolve } from 'node:path'
import type { Plugin } from 'esbuild'
import type { Bundled } from '../../base/bundled.browser.ts'
import { UsageError } from '../../base/errors.ts'
import { messageOf } from '../../base/message.ts'
import { root } from '../../base/root.ts'
import { bundleForBrowsers, policyOf } from '../bundle.ts'

/** What answers in a browser needs none of what its page shows. */
const nothing: Bundled = {
  commit: null,
  checkout: null,
  citations: { clauses: {}, operations: {} },
  capsules: {},
}

/**
 * A page that opens something in its worker and answers for it.
 *
 * `subject`: `touchstone:wasm`, `tfjs:webgl`, …, or the path of a module.
 *
 * @throws {UsageError} it is a module that does not load
 */
export async function drivenPage(subject: string): Promise<string> {
  const entry = join(root, 'conformance/browser/driven/serve.browser.ts')
  const script = await bundleForBrowsers(entry, nothing, [opening(subject)]).catch((error) => {
    throw new UsageError(`${subject} does not load in a browser`, messageOf(error).split('\n'))
  })
  return `<!doctype html>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="${policyOf(script)}"/>
<script>${script}</script>
`
}

/** Gives `touchstone:subject` what opens it, and modules what this package offers. */
function opening(subject: string): Plugin {
  return {
    name: 'subject',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^touchstone:subject$/ }, ({ path }) => ({ path, namespace: 'subject' }))
      onResolve({ filter: /^touchstone$/ }, () => ({
        path: join(root, 'conformance/browser/offered.ts'),
      }))
      onLoad({ filter: /.*/, namespace: 'subject' }, () => ({
        contents: codeFor(subject),
        loader: 'ts',
        resolveDir: join(root, 'conformance/browser/driven'),
      }))
    },
  }
}

function codeFor(subject: string): string {
  const [, library, device] = /^(touchstone|tfjs):(\w+)$/.exec(subject) ?? []
  const name = JSON.stringify(device)
  switch (library) {
    case 'touchstone':
      return `import { openOurs } from '../../adapters/ours.ts'; export default () => openOurs(${name})`
    case 'tfjs':
      return `import { tfjsOn } from '../../adapters/libraries/tfjs.ts'; export default () => tfjsOn(${name})`
    default:
      return `
        import { checked } from '../../adapters/checked.ts'
        import * as module from ${JSON.stringify(resolve(subject))}
        const { default: exported } = { ...module }
        export default async () =>
          checked(await (typeof exported === 'function' ? exported() : exported), ${JSON.stringify(subject)})`
  }
}
