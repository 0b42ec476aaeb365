import { join, resolve } from 'node:path'
import type { Plugin } from 'esbuild'
import type { Bundled } from '../../base/bundled.browser.ts'
import { UsageError } from '../../base/errors.ts'
import { messageOf } from '../../base/message.ts'
import { root } from '../../base/root.ts'
import { bundleForBrowsers, policyOf } from '../bundle.ts'
import { runtimeWebBlock, withRuntimeWeb } from '../onnxruntime.ts'

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
 * `subject`: `touchstone:wasm`, `tfjs:webgl`, `onnxruntime:webgpu`, …, or the path of a module.
 *
 * @throws {UsageError} it is a module that does not load
 * @throws {UnrunnableError} ONNX Runtime is not set up
 */
export async function drivenPage(subject: string): Promise<string> {
  const [, device] = /^onnxruntime:(\w+)$/.exec(subject) ?? []
  const blocks =
    device === undefined
      ? ''
      : `${runtimeWebBlock()}<script type="text/plain" id="onnxruntime-device">${device}</script>`
  const script = await (device === undefined ? answering(subject) : onnxruntimeSpeaker())
  return `<!doctype html>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="${policyOf(script)}"/>
${blocks}<script>${script}</script>
`
}

/** The script of a worker that answers for ONNX Runtime, once it begins with what says where. */
export const onnxruntimeSpeaker = (): Promise<string> => answering('onnxruntime', [withRuntimeWeb])

function answering(subject: string, plugins: readonly Plugin[] = []): Promise<string> {
  const entry = join(root, 'conformance/browser/driven/serve.browser.ts')
  return bundleForBrowsers(entry, nothing, [opening(subject), ...plugins]).catch((error) => {
    throw new UsageError(`${subject} does not load in a browser`, messageOf(error).split('\n'))
  })
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
  const [, library, device] = /^(touchstone|tfjs|onnxruntime)(?::(\w+))?$/.exec(subject) ?? []
  const name = JSON.stringify(device)
  switch (library) {
    case 'touchstone':
      return `import { openOurs } from '../../adapters/ours.ts'; export default () => openOurs(${name})`
    case 'tfjs':
      return `import { tfjsOn } from '../../adapters/libraries/tfjs.ts'; export default () => tfjsOn(${name})`
    case 'onnxruntime':
      return `
        import { unpacked } from '../block.browser.ts'
        import { onnxruntimeWeb } from '../../adapters/libraries/onnxruntime-web.browser.ts'
        export default async () => {
          const { device, binary } = globalThis.touchstoneOnnxruntime
          return onnxruntimeWeb(device, await (await unpacked(binary)).arrayBuffer())
        }`
    default:
      return `
        import { checked } from '../../adapters/checked.ts'
        import * as module from ${JSON.stringify(resolve(subject))}
        const { default: exported } = { ...module }
        export default async () =>
          checked(await (typeof exported === 'function' ? exported() : exported), ${JSON.stringify(subject)})`
  }
}
