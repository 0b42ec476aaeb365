import { join } from 'node:path'
import type { Bundled } from '../base/bundled.browser.ts'
import { root } from '../base/root.ts'
import { suiteCommit } from '../base/runtime.ts'
import { checkout } from '../cite/checkout.ts'
import { type Citations, citations } from '../cite/citations.ts'
import { citedIn } from '../cite/packed.ts'
import { styles } from '../report/styles.ts'
import { ownCapsules } from '../suite/own-capsules.ts'
import { bundleForBrowsers, policyOf } from './bundle.ts'
import { onnxruntimeSpeaker } from './driven/page.ts'
import { withExcerpts } from './excerpts.ts'
import { block, runtimeWebBlock } from './onnxruntime.ts'
import { pageStyles } from './styles.ts'

/** What a page may hold beside what every page has. */
export interface Additions {
  readonly onnxruntime?: boolean
}

/**
 * The page as one file that needs nothing else.
 *
 * @throws {UnrunnableError} it is to hold ONNX Runtime, which is not set up
 */
export async function pageHtml({ onnxruntime = false }: Additions = {}): Promise<string> {
  const index = citations()
  const entry = join(root, 'conformance/browser/main.browser.ts')
  const script = await bundleForBrowsers(entry, bundled(index), [withExcerpts(citedIn(index))])
  const blocks = onnxruntime
    ? [runtimeWebBlock(), block('onnxruntime-speaker', await onnxruntimeSpeaker())]
    : []
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="${policyOf(script)}"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="generator" content="touchstone page"/>
<title>Touchstone: check this browser</title>
<style>${styles}${pageStyles}</style>
</head>
<body>
<nav><b>Touchstone</b></nav>
<main><noscript>This page checks the browser that it is in, and needs JavaScript for it.</noscript></main>
${blocks.map((one) => `${one}\n`).join('')}<script>${script}</script>
</body>
</html>
`
}

function bundled(index: Citations): Bundled {
  return {
    commit: suiteCommit(),
    checkout: checkout(),
    // The page has the code that is cited, and not the rest that it calls.
    citations: { ...index, calls: {} },
    capsules: ownCapsules(),
  }
}
