import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** The page that checks a browser, where `touchstone page` has put it beside a site. */
const checkPage = 'check.html'

const link = `<p><a href="${checkPage}">Check your own browser</a>, and the GPU that it reaches, with the same clauses: nothing is sent anywhere.</p>`

/** The pages of a site, of which the first links to the page that checks a browser, if the folder has it. */
export function withCheckPage(
  pages: Readonly<Record<string, string>>,
  folder: string,
): Readonly<Record<string, string>> {
  const { 'index.html': index, ...rest } = pages
  if (index === undefined || !existsSync(join(folder, checkPage))) return pages
  return { ...rest, 'index.html': index.replace('</main>', () => `${link}</main>`) }
}
