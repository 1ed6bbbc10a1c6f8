// The parts of ECharts that are used, in a chunk of their own; loaded when the first chart is drawn.
import { BarChart, LineChart, PieChart } from 'echarts/charts'
import { AriaComponent, GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import { init, use, type EChartsType } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

use([AriaComponent, BarChart, GridComponent, LineChart, MarkLineComponent, PieChart, CanvasRenderer, TooltipComponent])

export type Chart = EChartsType

export function chartIn(element: HTMLElement): Chart {
  return init(element, null, { renderer: 'canvas' })
}
