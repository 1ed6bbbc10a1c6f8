import { describe, expect, it } from 'vitest'
import { en } from './en'
import { zhCN } from './zh-CN'

interface Tree { [key: string]: string | Tree }

function texts(tree: Tree, path = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[path + key, value] as const] : [...texts(value, `${path}${key}.`)],
    ),
  )
}

const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort()

describe('the two languages', () => {
  const chinese = texts(zhCN)
  const english = texts(en)

  it('have the same keys', () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort())
  })

  it('leave no text empty', () => {
    expect([...chinese, ...english].filter(([, text]) => text.trim() === '')).toEqual([])
  })

  it('fill in the same values', () => {
    const differing = [...chinese.keys()].filter(
      (key) => placeholders(chinese.get(key) ?? '').join() !== placeholders(english.get(key) ?? '').join(),
    )
    expect(differing).toEqual([])
  })
})
