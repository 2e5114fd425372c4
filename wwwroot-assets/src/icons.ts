import type { StateName, Verdict } from "./words";

/** Our own icons, 24 × 24, drawn with the colour of the text. */
const paths = {
  check: "M5 12.5l4.5 4.5L19 7.5",
  clock: "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 0 0 0-17zM12 7.5V12l3 2",
  remark: "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 0 0 0-17zM12 7.5v5.5M12 16v.2",
  alert: "M12 4L2.8 19.5h18.4zM12 10v4.5M12 17v.2",
  silent: "M4 4l16 16M9 5.2A8.5 8.5 0 0 1 19.2 16M6.3 6.3a8.5 8.5 0 0 0 11.4 11.4",
  circle: "M12 4a8 8 0 1 0 0 16a8 8 0 0 0 0-16z",
  forward: "M5 6l7 6l-7 6zM13 6l7 6l-7 6z",
  pause: "M8 5v14M16 5v14",
  octagon: "M8.5 3.5h7l5 5v7l-5 5h-7l-5-5v-7zM12 7.5V13M12 16v.2",
  diamond: "M12 2.5l9.5 9.5l-9.5 9.5L2.5 12zM12 7.5V13M12 16v.2",
  hand: "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 0 0 0-17zM8 12.5l3 3l5-6.5",
  limits: "M3 6h18M3 18h18M12 2.5V4",
  open: "M4 12h16",
  bell: "M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 2.5h-15zM10.5 21.5h3",
  forbidden: "M12 4a8 8 0 1 0 0 16a8 8 0 0 0 0-16zM6.5 6.5l11 11",
  box: "M4 5h16v4H4zM5.5 9v10h13V9M10 12.5h4",
  tool: "M14.5 6.5a4 4 0 0 0 5 5L12 19a2.5 2.5 0 0 1-3.5-3.5zM14.5 6.5L17 4",
  sun: "M12 7.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 0 0 0-9zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
  moon: "M19.5 14A8 8 0 0 1 10 4.5a8 8 0 1 0 9.5 9.5z",
  screen: "M4 5h16v11H4zM9 20h6M12 16v4",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
} as const;

const ofState: Record<StateName, keyof typeof paths> = {
  fresh: "check",
  due: "clock",
  late: "alert",
  silent: "silent",
  never: "circle",
  critical: "octagon",
  warning: "diamond",
  alarm: "bell",
  error: "remark",
  ahead: "forward",
  unsynchronised: "pause",
  maintenance: "tool",
  held: "pause",
  refused: "forbidden",
  retired: "box",
  unknown: "clock",
  online: "check",
  offline: "silent",
};

const ofVerdict: Record<Verdict, keyof typeof paths> = {
  nolimits: "open",
  inorder: "check",
  outside: "limits",
  acknowledged: "hand",
};

export type IconName = keyof typeof paths;

function draw(name: IconName): SVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "line-icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", paths[name]);
  svg.append(path);
  return svg;
}

export const icons = { draw, state: (state: StateName) => draw(ofState[state]), verdict: (verdict: Verdict) => draw(ofVerdict[verdict]) };
