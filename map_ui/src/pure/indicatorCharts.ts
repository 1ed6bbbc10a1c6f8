// Indicators as options for ECharts: plain data, with the colours of the page handed in.
import type { EChartsCoreOption } from 'echarts/core'
import type { IndicatorAbout, IndicatorSeries, JurisdictionValue } from '@/api/indicators'
import { formatValue } from './indicators'

export interface Inks {
  ink: string
  soft: string
  line: string
  accent: string
  ground: string
  font: string
}

/** Shares are drawn as percent. */
const drawn = (value: number | null | undefined, about: Pick<IndicatorAbout, 'unit'>): number | null =>
  typeof value === 'number' ? (about.unit === 'share' ? value * 100 : value) : null

const compact = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 })

/** Tooltips are drawn, not made of HTML, whose styles the page's policy forbids. */
function tooltip(inks: Inks, trigger: 'axis' | 'item', text: (position: number) => string): object {
  const formatter = (hit: { dataIndex: number } | { dataIndex: number }[]): string => text(Array.isArray(hit) ? (hit[0]?.dataIndex ?? 0) : hit.dataIndex)
  return {
    trigger,
    renderMode: 'richText',
    confine: true,
    backgroundColor: inks.ground,
    borderColor: inks.line,
    textStyle: { color: inks.ink, fontSize: 12, fontFamily: inks.font },
    axisPointer: { type: 'line', lineStyle: { color: inks.line } },
    formatter,
  }
}

const axisText = (inks: Inks): object => ({ color: inks.soft, fontSize: 11.5, fontFamily: inks.font })
const GRID = { left: 4, right: 18, top: 14, bottom: 2, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' }

/** The ends of years and the last day stand on the axis: else the end of a year would be read as the January after it. */
function labelledDays(days: readonly string[]): number[] {
  return days.filter((day, position) => day.endsWith('-12-31') || position === days.length - 1).map(midnight)
}

/** Midnight of a day on the clock of the chart. */
function midnight(day: string): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date).getTime()
}

export function trendOption(series: Pick<IndicatorSeries, 'points'>, about: Pick<IndicatorAbout, 'unit'>, unitName: string, inks: Inks): EChartsCoreOption {
  const { points } = series
  const days = labelledDays(points.map((point) => point.as_of))
  const text = (position: number): string => {
    const point = points[position]
    return point ? `${point.as_of}\n${formatValue(point.value, about.unit)} ${unitName}` : ''
  }
  return {
    grid: { ...GRID, top: unitName ? 26 : GRID.top },
    tooltip: tooltip(inks, 'axis', text),
    xAxis: { type: 'time', axisTick: { customValues: days }, axisLabel: { ...axisText(inks), customValues: days, formatter: '{yyyy}-{MM}-{dd}', hideOverlap: true }, axisLine: { lineStyle: { color: inks.line } }, splitLine: { show: false } },
    yAxis: { type: 'value', name: unitName, nameTextStyle: { ...axisText(inks), align: 'right' }, nameGap: 10, axisLabel: { ...axisText(inks), formatter: (value: number) => compact.format(value) }, splitLine: { lineStyle: { color: inks.line } }, splitNumber: 4 },
    series: [
      {
        type: 'line',
        data: points.map((point) => [point.as_of, drawn(point.value, about)]),
        symbol: 'circle',
        symbolSize: 6,
        lineStyle: { width: 2, color: inks.accent },
        itemStyle: { color: inks.accent },
      },
    ],
  }
}

/** One bar a jurisdiction, the largest at the top; `lacking` says beside a bar what it leaves out. */
export function placesOption(rows: readonly JurisdictionValue[], names: readonly string[], about: Pick<IndicatorAbout, 'unit'>, unitName: string, inks: Inks, lacking: readonly (string | null)[] = []): EChartsCoreOption {
  const longest = Math.max(0, ...lacking.map((text) => text?.length ?? 0))
  return {
    grid: { ...GRID, right: 72 + (longest > 0 ? 12 + longest * 7 : 0) },
    tooltip: tooltip(inks, 'item', (position) => `${names[position] ?? ''}\n${formatValue(rows[position]?.value, about.unit)} ${unitName}`),
    xAxis: { type: 'value', axisLabel: { show: false }, splitLine: { show: false }, axisLine: { show: false } },
    yAxis: { type: 'category', inverse: true, data: names, axisTick: { show: false }, axisLine: { lineStyle: { color: inks.line } }, axisLabel: { ...axisText(inks), width: 112, overflow: 'truncate' } },
    series: [
      {
        type: 'bar',
        data: rows.map((row) => drawn(row.value, about)),
        barMaxWidth: 16,
        itemStyle: { color: inks.accent, borderRadius: [0, 3, 3, 0] },
        label: { show: true, position: 'right', ...axisText(inks), formatter: ({ dataIndex }: { dataIndex: number }) => [formatValue(rows[dataIndex]?.value, about.unit), lacking[dataIndex]].filter(Boolean).join(' · ') },
        cursor: 'pointer',
      },
    ],
  }
}

export interface Slice {
  name: string
  weight: number
  colour: string
}

export function partsOption(slices: readonly Slice[], share: (position: number) => string, inks: Inks): EChartsCoreOption {
  return {
    tooltip: tooltip(inks, 'item', (position) => `${slices[position]?.name ?? ''}\n${share(position)}`),
    series: [
      {
        type: 'pie',
        radius: ['52%', '88%'],
        data: slices.map((slice) => ({ name: slice.name, value: slice.weight, itemStyle: { color: slice.colour } })),
        label: { show: false },
        itemStyle: { borderColor: inks.ground, borderWidth: 1.5 },
        emphasis: { scaleSize: 3 },
      },
    ],
  }
}
