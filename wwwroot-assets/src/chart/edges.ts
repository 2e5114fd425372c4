/** Charts narrower than this leave out what they can. */
export const narrowPixels = 480;

/** The room beside the values, in pixels. It is the same in every chart, so that a moment is at the same place in charts below each other. */
export function edgesOf(width: number): { left: number; right: number } {
  return { left: width < narrowPixels ? 56 : 74, right: 20 };
}
