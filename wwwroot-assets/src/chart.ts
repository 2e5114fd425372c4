/** Draws time series for Components/Controls/TimeSeriesChart. Loaded only where a chart is. */
import type { ChartData, ChartOptions } from "./chart/model";
import { TimeSeriesChart, type Viewer } from "./chart/time-series";

export { zone } from "./zones";

const drawnIn = new WeakMap<HTMLElement, TimeSeriesChart>();

/** A chart in `host`; one that is there already goes: whoever drew it may have lost it with a cut line. */
export async function create(host: HTMLElement, options: ChartOptions, data: ChartData, viewer?: Viewer): Promise<TimeSeriesChart> {
  drawnIn.get(host)?.dispose();
  const chart = new TimeSeriesChart(host, options, data, viewer);
  drawnIn.set(host, chart);
  await chart.render();
  return chart;
}
