import { describe, expect, it } from 'vitest'
import { sentenceIn } from './sentences'

describe('a sentence in two languages', () => {
  it.each([
    ['没有这座楼。 There is no such building; search for it.', '没有这座楼。', 'There is no such building; search for it.'],
    ['文件没有第 2 页。 / The file has no page 2.', '文件没有第 2 页。', 'The file has no page 2.'],
  ])('%s shows one of them', (text, zh, en) => {
    expect(sentenceIn('zh-CN', text)).toBe(zh)
    expect(sentenceIn('en', text)).toBe(en)
  })
  it('is left alone where there is only one', () => {
    expect(sentenceIn('zh-CN', 'The value is too long.')).toBe('The value is too long.')
    expect(sentenceIn('en', '没有这座楼。')).toBe('没有这座楼。')
  })
  it('is left alone where English words stand in Chinese', () => {
    expect(sentenceIn('zh-CN', '请转换为 DXF 后上传。')).toBe('请转换为 DXF 后上传。')
  })
})
