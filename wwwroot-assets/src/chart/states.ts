import { edgesOf } from "./edges";
import { type Box, type ChartOptions, colourOf, css, type Drawn, type Frame, type State } from "./model";
import type { Plot } from "./plot";
import { heightOf, type Heights } from "./scale";
import { fontFamily, svg } from "./svg";
import { words } from "../words";

const rowPixels = 34;
const axisPixels = 28;
/** The approximate width of a word in a block. */
const letterPixels = 7;

/** Binary channels: a row of blocks each, with words. 1 is filled and 0 is an outline, so that colour is not needed. */
export class StateRows implements Plot {
  readonly #host: HTMLElement;
  readonly #options: ChartOptions;
  readonly #svg = svg("svg", { width: "100%" });
  #drawn: Drawn[];
  #frame: Frame;

  constructor(host: HTMLElement, options: ChartOptions, drawn: Drawn[], frame: Frame) {
    this.#host = host;
    this.#options = options;
    this.#drawn = drawn;
    this.#frame = frame;
  }

  render(): Promise<void> {
    this.#svg.classList.add("state-rows");
    this.#host.append(this.#svg);
    return this.restyle();
  }

  show(drawn: Drawn[], frame: Frame): Promise<void> {
    this.#drawn = drawn;
    return this.move(frame);
  }

  move(frame: Frame): Promise<void> {
    this.#frame = frame;
    return this.restyle();
  }

  restyle(): Promise<void> {
    this.#svg.setAttribute("height", String(this.#options.height));
    this.#svg.replaceChildren(...this.#drawn.flatMap((drawn, i) => this.#row(drawn, i)));
    return Promise.resolve();
  }

  box(): Box {
    const { left, right } = edgesOf(this.#host.clientWidth);
    return { left, top: 8, width: Math.max(0, this.#host.clientWidth - left - right), height: this.#options.height - axisPixels - 8 };
  }

  heights(): Heights {
    return heightOf(this.#drawn, this.box());
  }

  dispose(): void {
    this.#svg.remove();
  }

  #row(drawn: Drawn, index: number): SVGElement[] {
    const top = this.box().top + index * rowPixels + 5;
    return [
      ...(this.#drawn.length > 1
        ? [svg("text", { x: 2, y: top + 16, fill: css("--ink-soft"), "font-size": 12, "font-family": fontFamily }, drawn.options.name)]
        : []),
      ...drawn.states.flatMap((state) => block(drawn, state, { ...this.box(), top, height: rowPixels - 10 }, this.#frame, colourOf(index))),
    ];
  }
}

/** Where the blocks of a row lie, in pixels. */
export interface Row {
  left: number;
  width: number;
  top: number;
  height: number;
}

/** A state in its row. 1 is filled and 0 is a low line, so that colour is not needed. */
export function block(drawn: Drawn, state: State, { left, width, top, height }: Row, { min, max }: Frame, colour: string): SVGElement[] {
  const x = (ms: number): number => left + ((Math.min(max, Math.max(min, ms)) - min) / (max - min)) * width;
  const [from, to] = [x(state.fromMs), x(state.toMs)];
  if (state.toMs < min || state.fromMs > max) {
    return [];
  }

  // A state that lasted less than a pixel is visible as well.
  const wide = Math.max(state.state === 0 ? 0.5 : 2, to - from);
  const word = stateWord(drawn, state);
  const rect = svg("rect", {
    x: from,
    y: state.state === 0 ? top + height - 3 : top,
    width: wide,
    height: state.state === 0 ? 3 : height,
    rx: wide > 6 ? 3 : 0,
    fill: colour,
    "fill-opacity": state.state === 1 ? 0.9 : state.state === 0 ? 0.45 : 0.25 + 0.5 * state.shareOfOne,
  });
  const hasRoom = wide > word.length * letterPixels + 10;
  return [
    rect,
    ...(hasRoom
      ? [svg("text", { x: from + 6, y: top + height / 2 + 4, fill: state.state === 1 ? css("--sheet") : css("--ink"), "font-size": 12, "font-family": fontFamily }, word)]
      : []),
  ];
}

/** A state in words; where it changed too often, how often and for which share it was 1. */
export function stateWord({ options }: Drawn, { state, changes, shareOfOne }: State): string {
  return state === undefined ? words.stateChanges(changes, options.words[1], Math.round(shareOfOne * 100)) : options.words[state];
}
