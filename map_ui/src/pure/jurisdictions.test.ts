import { describe, expect, it } from 'vitest'
import { treeOf } from './jurisdictions'

const row = (code: string, name: string, parent: string | null, nameEn: string | null = null) =>
  ({ code, name, name_en: nameEn, level: 'county', parent_code: parent })

describe('the tree of jurisdictions', () => {
  it('puts each below its parent, in the order of codes', () => {
    const tree = treeOf([row('330212', '鄞州区', '330200'), row('330200', '宁波市', null), row('330203', '海曙区', '330200')], 'zh-CN')
    expect(tree).toEqual([
      { value: '330200', label: '宁波市', children: [{ value: '330203', label: '海曙区' }, { value: '330212', label: '鄞州区' }] },
    ])
  })
  it('puts those whose parent is not there on top, so that none is lost', () => {
    expect(treeOf([row('330212', '鄞州区', '330200')], 'zh-CN').map((node) => node.value)).toEqual(['330212'])
  })
  it('names them in English where an English name is known', () => {
    const tree = treeOf([row('330203', '海曙区', null, 'Haishu'), row('330212', '鄞州区', null)], 'en')
    expect(tree.map((node) => node.label)).toEqual(['Haishu', '鄞州区'])
  })
})
