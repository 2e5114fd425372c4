import type { Worst } from "./elements/status";

/**
 * The icon of the tab, with a sign for the worst state of the site. Each sign has its own shape, because some users can't distinguish
 * colours: a triangle for warnings, late values or remarks, a square with a cross for alarms, sensor errors and silent loggers, a ring for a page that
 * is not live, and none without trouble.
 */
const base = '<rect width="32" height="32" rx="8" fill="#1f5fbf"/><path d="M6 18.5h4.2l3-8.5 5 13 2.7-7.5 1.2 3H26" fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/>';
const triangle = '<path d="M21 12L31 31H11z" fill="#ffb020" stroke="#fff" stroke-width="2" stroke-linejoin="round"/><path d="M21 19v5M21 27v.5" stroke="#16202b" stroke-width="2.6" stroke-linecap="round"/>';
const square = '<rect x="13" y="13" width="18" height="18" rx="3" fill="#d32f2f" stroke="#fff" stroke-width="2"/><path d="M18 18l8 8M26 18l-8 8" stroke="#fff" stroke-width="2.8" stroke-linecap="round"/>';
const ring = '<rect width="32" height="32" rx="8" fill="#6b7785"/><circle cx="16" cy="16" r="8" fill="none" stroke="#fff" stroke-width="3"/><path d="M8 24L24 8" stroke="#fff" stroke-width="3" stroke-linecap="round"/>';

const drawings: Record<Worst | "not-live", string> = {
  none: base,
  well: base,
  critical: base + square,
  warning: base + triangle,
  other: base + triangle,
  acknowledged: base + triangle,
  alarm: base + square,
  error: base + square,
  remark: base + triangle,
  late: base + triangle,
  silent: base + square,
  never: base + square,
  "not-live": ring,
};

let shown: string | undefined;

/** Draws the icon of the tab, only if it has changed, because browsers load it again each time. */
export function showInFavicon(worst: Worst | "not-live"): void {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${drawings[worst]}</svg>`;
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (link && shown !== svg) {
    shown = svg;
    link.href = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  }
}
