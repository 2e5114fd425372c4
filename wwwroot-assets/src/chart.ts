/** Draws time series for Components/Controls/TimeSeriesChart. Loaded only where a chart is. */
import type { ChartData, ChartOptions } from "./chart/model";
import { TimeSeriesChart, type Viewer } from "./chart/time-series";

export { zone } from "./zones";

const drawnIn = new WeakMap<HTMLElement, TimeSeriesChart>();

/** Creates a chart in `host` and removes an earlier one, whose component may have lost it with a broken connection. */
export async function create(host: HTMLElement, options: ChartOptions, data: ChartData, viewer?: Viewer): Promise<TimeSeriesChart> {
  drawnIn.get(host)?.dispose();
  const chart = new TimeSeriesChart(host, options, data, viewer);
  drawnIn.set(host, chart);
  await chart.render();
  return chart;
}
