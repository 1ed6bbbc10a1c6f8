// Words of the reach of the zones in Chinese.
export const coverageZh = {
  title: '集中办公区覆盖',
  lead: '以集中办公区外缘为起点,按椭球面距离计算。',
  radius: '辐射半径',
  zone: '集中办公区',
  band: '位置',
  agencies: '单位',
  posts: '编制',
  area: '面积 ㎡',
  buildings: '楼座',
  share: '{percent} 的单位在集中办公区内或其 {radius} 米范围内',
  unplaced: '另有 {n} 个单位(编制 {posts})没有该口径的使用面积,不在上述各圈内,也不计入上述比例;总览的覆盖率以全部单位为分母。',
  listAgencies: '单位',
  listBuildings: '楼座',
  distance: '距离',
  inZone: '区内',
  noZones: '尚未划定集中办公区。请先导入集中办公区图层。',
}
