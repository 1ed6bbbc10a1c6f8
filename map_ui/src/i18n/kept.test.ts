import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { decodeHash } from '@/state/hash'
import { switchLanguage, view } from '@/state/navigation'
import { keptLanguage } from './kept'

describe('the language that somebody chose', () => {
  beforeEach(() => {
    const held = new Map<string, string>()
    vi.stubGlobal('localStorage', { getItem: (key: string) => held.get(key) ?? null, setItem: (key: string, value: string) => held.set(key, value) })
    view.language = 'zh-CN'
  })
  afterEach(() => { vi.unstubAllGlobals() })

  it('is kept when it is chosen, and only then', () => {
    expect(keptLanguage()).toBeNull()
    switchLanguage()
    expect([view.language, keptLanguage()]).toEqual(['en', 'en'])
    switchLanguage()
    expect([view.language, keptLanguage()]).toEqual(['zh-CN', 'zh-CN'])
  })
  it('holds for an address that names none', () => {
    expect(decodeHash('#page=plans', 'en').language).toBe('en')
    expect(decodeHash('#page=plans', null).language).toBe('zh-CN')
  })
  it('yields to the address', () => {
    expect(decodeHash('#page=plans&lang=zh-CN', 'en').language).toBe('zh-CN')
  })
  it('is no matter where the browser keeps nothing', () => {
    vi.stubGlobal('localStorage', undefined)
    switchLanguage()
    expect([view.language, keptLanguage()]).toEqual(['en', null])
  })
})
