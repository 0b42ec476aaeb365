import { hardwareInSight } from '../../../impl/device/vulkan.ts'

/** What a browser is started with that is to compute, and nothing else. */
const quiet = [
  '--headless=new',
  '--remote-debugging-pipe',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--disable-breakpad',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-extensions',
  '--disable-quic',
  '--disable-sync',
  '--disable-features=Translate,MediaRouter,OptimizationHints',
  '--metrics-recording-only',
  '--mute-audio',
  '--password-store=basic',
  '--use-mock-keychain',
]

/** With a GPU that drivers are not yet trusted with; where there is none, an emulated one, which says so. */
const graphics = ['--enable-unsafe-webgpu', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist']

/** On Linux a GPU is reached without a window by Vulkan only; without a GPU there is then no WebGL at all. */
const onLinux = ['--enable-features=Vulkan', '--use-angle=vulkan', '--disable-vulkan-surface']

/** The words that a browser is started with; those of `CHROME_FLAGS` are added. */
export function flagsFor(profile: string, { CHROME_FLAGS = '' } = process.env): readonly string[] {
  // It refuses to shut a sandbox around what the administrator starts, as in containers.
  const isRoot = process.getuid?.() === 0
  return [
    ...quiet,
    ...graphics,
    ...(process.platform === 'linux' && hardwareInSight().seen ? onLinux : []),
    ...(isRoot ? ['--no-sandbox'] : []),
    `--user-data-dir=${profile}`,
    ...CHROME_FLAGS.split(/\s+/).filter((word) => word !== ''),
    'about:blank',
  ]
}
