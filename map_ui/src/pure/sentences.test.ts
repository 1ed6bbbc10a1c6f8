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
  it('is told from the next ones', () => {
    const text = '墙未闭合。 A wall is open. plan.dxf 没有房间号,共 3 处。 No number; 3 rooms.'
    expect(sentenceIn('zh-CN', text)).toBe('墙未闭合。plan.dxf 没有房间号,共 3 处。')
    expect(sentenceIn('en', text)).toBe('A wall is open. No number; 3 rooms.')
  })
  it('may name a Chinese file in English', () => {
    const text = '图.zip:文件 三层.dxf 重复。 / It is not taken: 三层.dxf is in it twice.'
    expect(sentenceIn('zh-CN', text)).toBe('图.zip:文件 三层.dxf 重复。')
    expect(sentenceIn('en', text)).toBe('It is not taken: 三层.dxf is in it twice.')
  })
  it('needs no full stop where it is a name', () => {
    expect(sentenceIn('zh-CN', '没有名称 No name')).toBe('没有名称')
    expect(sentenceIn('en', '没有名称 No name')).toBe('No name')
  })
  it('is left alone where there is only one', () => {
    expect(sentenceIn('zh-CN', 'The value is too long.')).toBe('The value is too long.')
    expect(sentenceIn('en', '没有这座楼。')).toBe('没有这座楼。')
  })
  it('is left alone where English words stand in Chinese', () => {
    expect(sentenceIn('zh-CN', '请转换为 DXF 后上传。')).toBe('请转换为 DXF 后上传。')
  })
})
