/// <reference lib="dom" />
import { useMemo, useRef, useState } from 'preact/hooks'
import { pageOf } from '../report/site.tsx'
import type { Report } from '../suite/model.ts'

/** The site of a report, a page at a time, in a frame of this page. */
export function Site({ report }: { readonly report: Report }) {
  const [[path, fragment], go] = useState<readonly [string, string]>(['index.html', ''])
  const frame = useRef<HTMLIFrameElement>(null)
  const html = useMemo(() => pageOf(report, path) ?? '', [report, path])
  const onLoad = () => {
    const inside = frame.current?.contentDocument
    if (!inside) return
    if (fragment !== '') inside.getElementById(fragment)?.scrollIntoView()
    inside.addEventListener('click', (event) => {
      const link = (event.target as Element).closest('a')
      const href = link?.getAttribute('href')
      if (!href || /^[a-z]+:|^#/.test(href)) return
      event.preventDefault()
      const { pathname, hash } = new URL(href, `site:///${path}`)
      go([pathname.replace(/^\/+/, ''), hash.slice(1)])
    })
  }
  return (
    <>
      <h2 id="site">The whole report</h2>
      <iframe
        ref={frame}
        title="The report of this run"
        srcdoc={html}
        sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        onLoad={onLoad}
      />
    </>
  )
}
