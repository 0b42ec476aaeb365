import { expect, it } from 'vitest'
import { splitWords } from './words.ts'

it.each([
  ['python3 mine.py', ['python3', 'mine.py']],
  ['  a \t b\n', ['a', 'b']],
  ['"two words" \'and "these"\'', ['two words', 'and "these"']],
  ['a\\ b "c\\"d" \'e\\f\'', ['a b', 'c"d', 'e\\f']],
  ['"C:\\tools\\python.exe" x', ['C:\\tools\\python.exe', 'x']],
  ['--name="a b"c', ['--name=a bc']],
  ["'' x", ['', 'x']],
  ['echo $HOME | rm * ; `ls`', ['echo', '$HOME', '|', 'rm', '*', ';', '`ls`']],
  ['', []],
])('%j', (command, words) => {
  expect(splitWords(command)).toEqual(words)
})

it.each(["'open", 'a "b', 'end\\'])('%j is no command', (command) => {
  expect(() => splitWords(command)).toThrow(SyntaxError)
})
