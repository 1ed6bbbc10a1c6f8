import { effectScope, nextTick, ref } from 'vue'
import { describe, expect, it } from 'vitest'
import { usePages, type PageWish } from './usePages'

/** A list of numbers below `size`, as an API with pages would serve it. */
function serve(size: number) {
  const wishes: PageWish[] = []
  const ask = (_: string, wish: PageWish) => {
    wishes.push(wish)
    const start = Number(wish.cursor ?? 0)
    const end = Math.min(size, start + wish.limit)
    const items = Array.from({ length: end - start }, (_item, index) => start + index)
    return Promise.resolve({ items, next: end < size ? String(end) : null })
  }
  return { ask, wishes }
}

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await nextTick()
}

describe('a list in pages', () => {
  it('is whole after all of it has been asked for, so that it can be sorted', async () => {
    const { ask, wishes } = serve(2150)
    const pages = effectScope().run(() => usePages(ref('q'), ask, 100))
    if (!pages) throw new Error('no scope')
    await settled()
    expect([pages.items.value.length, pages.hasMore.value]).toEqual([100, true])
    await pages.loadAll()
    expect(pages.items.value).toEqual(Array.from({ length: 2150 }, (_item, index) => index))
    expect(pages.hasMore.value).toBe(false)
    expect(wishes.map((wish) => wish.limit)).toEqual([100, 1000, 1000, 1000])
  })

  it('begins again with its first page when the question changes', async () => {
    const { ask } = serve(300)
    const question = ref('q')
    const pages = effectScope().run(() => usePages(question, ask, 100))
    if (!pages) throw new Error('no scope')
    await settled()
    await pages.loadAll()
    question.value = 'r'
    await settled()
    expect([pages.items.value.length, pages.hasMore.value]).toEqual([100, true])
  })

  it('says what went wrong, and stops asking', async () => {
    let asked = 0
    const ask = (_: string, wish: PageWish) => {
      asked += 1
      return wish.cursor === null ? Promise.resolve({ items: [1], next: 'x' }) : Promise.reject(new Error('gone'))
    }
    const pages = effectScope().run(() => usePages(ref('q'), ask, 1))
    if (!pages) throw new Error('no scope')
    await settled()
    await pages.loadAll()
    expect(pages.error.value).toEqual(new Error('gone'))
    expect(asked).toBe(2)
  })
})
