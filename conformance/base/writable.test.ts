import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import {
  makeFolder,
  replaceFile,
  replaceFiles,
  tryFile,
  tryFolder,
  whileAlone,
} from './writable.ts'

const folder = mkdtempSync(join(tmpdir(), 'touchstone-writable-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string) => join(folder, name)

describe('a folder', () => {
  it('is made with those above it, and kept where it is there', () => {
    makeFolder(at('one/two/three'))
    writeFileSync(at('one/two/three/file'), 'kept')
    makeFolder(at('one/two/three'))
    expect(readFileSync(at('one/two/three/file'), 'utf8')).toBe('kept')
  })

  it('is not made where a file is, or below one', () => {
    writeFileSync(at('file'), '')
    expect(() => makeFolder(at('file'))).toThrow('is no folder')
    expect(() => makeFolder(at('file/below'))).toThrow()
  })

  it.skipIf(!existsSync('/proc/self'))(
    'is not made for ever where nothing can be made (only with /proc)',
    () => {
      expect(() => tryFolder('/proc/touchstone/report')).toThrow('ENOENT')
      expect(() => tryFile('/proc/touchstone.xml')).toThrow('ENOENT')
    },
  )
})

describe('a file', () => {
  it('is not there after the trial when it was not before; its folder is', () => {
    tryFile(at('new/report.json'))
    expect(existsSync(at('new/report.json'))).toBe(false)
    expect(statSync(at('new')).isDirectory()).toBe(true)
  })

  it('that is there keeps its content', () => {
    writeFileSync(at('old.json'), 'old')
    tryFile(at('old.json'))
    expect(readFileSync(at('old.json'), 'utf8')).toBe('old')
  })

  it('cannot be where a folder is', () => {
    mkdirSync(at('report.json'))
    expect(() => tryFile(at('report.json'))).toThrow('is a folder')
  })

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'that may not be written is found out (not for who may write all, and not on Windows)',
    () => {
      writeFileSync(at('locked'), '')
      chmodSync(at('locked'), 0o444)
      expect(() => tryFile(at('locked'))).toThrow('EACCES')
    },
  )
})

describe('files that replace others', () => {
  const texts = (folder: string) =>
    Object.fromEntries(
      readdirSync(at(folder)).map((f) => [f, readFileSync(at(`${folder}/${f}`), 'utf8')]),
    )

  it('do so together, and leave nothing else', () => {
    replaceFile(at('site/a'), 'old')
    replaceFiles(
      new Map([
        [at('site/a'), 'new'],
        [at('site/b'), 'too'],
      ]),
    )
    expect(texts('site')).toEqual({ a: 'new', b: 'too' })
  })

  it('leave every one as it was where a later one cannot be written', () => {
    replaceFile(at('full/a'), 'old')
    const tooLong = at(`full/${'b'.repeat(300)}`)
    expect(() =>
      replaceFiles(
        new Map([
          [at('full/a'), 'new'],
          [tooLong, ''],
        ]),
      ),
    ).toThrow('ENAMETOOLONG')
    expect(texts('full')).toEqual({ a: 'old' })
  })

  it('remove what an ended process left of its own, and not what another still writes', () => {
    const ended = spawnSync(process.execPath, ['-e', '']).pid
    mkdirSync(at('left'))
    writeFileSync(at(`left/a.${ended}.part`), 'half')
    writeFileSync(at(`left/a.${process.ppid}.part`), 'being written')
    replaceFile(at('left/a'), 'whole')
    expect(texts('left')).toEqual({ a: 'whole', [`a.${process.ppid}.part`]: 'being written' })
  })
})

describe('a folder that others write into, too', () => {
  const lock = at('shared/.writing')

  it('is written into after another is done', () => {
    makeFolder(at('shared'))
    const code = `
      const { rmSync, writeFileSync } = require('node:fs')
      setTimeout(() => { writeFileSync(${JSON.stringify(at('shared/first'))}, ''); rmSync(${JSON.stringify(lock)}) }, 300)`
    const { pid } = spawn(process.execPath, ['-e', code], { stdio: 'ignore' })
    writeFileSync(lock, String(pid))
    expect(
      whileAlone(at('shared'), () => [existsSync(at('shared/first')), existsSync(lock)]),
    ).toEqual([true, true])
    expect(existsSync(lock)).toBe(false)
  })

  it('does not wait for one that has ended, and is free after an error', () => {
    const { pid } = spawnSync(process.execPath, ['-e', ''])
    writeFileSync(lock, String(pid))
    const fails = () => {
      throw new Error('no room')
    }
    expect(() => whileAlone(at('shared'), fails)).toThrow('no room')
    expect(existsSync(lock)).toBe(false)
  })
})
