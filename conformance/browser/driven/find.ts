import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'

/** What browsers of the family of Chromium are called on a search path. */
const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
  'brave-browser',
]

/** Where they are installed that are on no search path. */
const places: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: ['/usr/bin', '/snap/bin', '/opt/google/chrome', '/opt/microsoft/msedge'].flatMap(
    (folder) => names.map((name) => join(folder, name)),
  ),
  darwin: ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
    (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
  ),
  win32: [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => [
      join(folder, 'Google/Chrome/Application/chrome.exe'),
      join(folder, 'Chromium/Application/chrome.exe'),
      join(folder, 'Microsoft/Edge/Application/msedge.exe'),
    ]),
}

/** The environment by which someone names the browser to use, or what it is to be started with as well. */
interface Surroundings {
  readonly CHROME_PATH?: string
  readonly PATH?: string
}

/** What was found of a browser, or why there is none. */
export type FoundBrowser =
  | { readonly program: string }
  | { readonly program: null; readonly reason: string; readonly remedy: string }

/** The Chromium of this machine, or one like it: that of `CHROME_PATH`, else of the search path or a usual place. */
export function findBrowser(
  { CHROME_PATH, PATH = '' }: Surroundings = process.env,
  usualPlaces = places[process.platform] ?? [],
): FoundBrowser {
  if (CHROME_PATH) {
    if (isProgram(CHROME_PATH)) return { program: CHROME_PATH }
    return {
      program: null,
      reason: `CHROME_PATH is ${CHROME_PATH}, which is no program`,
      remedy: 'set CHROME_PATH to a Chromium, or take it away to look in the usual places',
    }
  }
  const ending = process.platform === 'win32' ? '.exe' : ''
  const onPath = PATH.split(delimiter)
    .filter(isAbsolute)
    .flatMap((folder) => names.map((name) => join(folder, name + ending)))
  const program = [...onPath, ...usualPlaces].find(isProgram)
  if (program !== undefined) return { program }
  return {
    program: null,
    reason: 'there is no Chromium here, nor a browser like it',
    remedy: 'install Chromium, Chrome or Edge, or set CHROME_PATH to where one is',
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
