// Words for what was typed and cannot be taken, in Chinese.
export const typedZh = {
  notDay: '不是有效日期(年-月-日,1900–2199 年)',
  notNumber: '不是有效数字',
  whole: '应为整数',
  digits: '最多 {n} 位小数',
  tooSmall: '不能小于 {least}',
  tooLarge: '不能大于 {most}',
  outside: '应在 {least} 到 {most} 之间',
}
