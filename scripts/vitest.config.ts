import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { v8Flags } from '../conformance/base/v8.ts'
import { offerSoftwareGpu } from '../impl/device/vulkan.ts'

// The processes of the tests inherit the choice of a driver.
offerSoftwareGpu()

/** What it takes to open a device shows only in a process that has opened none for other tests. */
const alone = ['impl/device/device.test.ts']

/** What takes longest, though the files are short: begun late, one core would work at it alone. */
const long = [
  'conformance/suite/clauses.test.ts',
  'conformance/suite/reference.test.ts',
  'conformance/browser/whole.test.ts',
  'conformance/suite/devices.test.ts',
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => long.some((file) => moduleId.endsWith(file))
    const sorted = await super.sort(files)
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}

export default defineConfig({
  test: {
    // Some tests start what was built, or read its index of the sources.
    globalSetup: ['scripts/vitest.setup.js'],
    // Dawn and its drivers are not made for two threads of one process.
    pool: 'forks',
    // By default one core is left to the process that deals out the tests, which has next to nothing to do.
    maxWorkers: '100%',
    execArgv: [
      ...v8Flags,
      // Cases are many small objects that are soon forgotten: a tenth of the time less than with 16 MB.
      '--min-semi-space-size=64',
      '--max-semi-space-size=64',
    ],
    sequence: { sequencer: LongestFirst },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: ['{spec,reference,impl,conformance,scripts}/**/*.test.ts'],
          exclude: alone,
          // Isolation would import mathjs and TensorFlow.js again for every file.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'alone', include: alone, isolate: true } },
    ],
  },
})
