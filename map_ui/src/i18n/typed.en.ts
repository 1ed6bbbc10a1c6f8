// Words for what was typed and cannot be taken, in English.
export const typedEn = {
  notDay: 'Not a day (year-month-day, 1900–2199)',
  notNumber: 'Not a number',
  whole: 'Whole numbers only',
  digits: 'At most {n} decimal places',
  tooSmall: 'Not below {least}',
  tooLarge: 'Not above {most}',
  outside: 'From {least} to {most}',
}
