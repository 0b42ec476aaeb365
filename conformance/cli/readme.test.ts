import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { userFolder } from '../fixtures/user-folder.ts'

const { touchstone } = userFolder()

describe('the README', () => {
  it('has no command that does not work', async () => {
    const text = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
    const blocks = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block!)
    const commands = blocks
      .flatMap((block) => block.split('\n'))
      .filter((line) => line.startsWith('npx touchstone '))
      .map((line) =>
        line
          .replace(/ +#.*$/, '')
          .replaceAll("'", '')
          .split(' ')
          .slice(2),
      )
    expect(commands.length).toBeGreaterThan(5)
    for (const words of commands) {
      const { code, out, err } = await touchstone(...words)
      expect(code, `${words.join(' ')}\n${out}\n${err}`).toBe(0)
    }
  })
})
