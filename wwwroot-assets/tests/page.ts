/** What the modules find of a page when they are loaded: imported before them. */
const texts = {
  JustNow: "just now", Ago: "{span} ago", InFuture: "clock {span} ahead", DueIn: "next due in {span}", DueNow: "due now", DueAgo: "was due {span} ago",
  Seconds: "s", Minutes: "min", Hours: "h", Days: "d",
};

const dataset: Record<string, string> = { zone: "Europe/Warsaw", locale: "en-GB", plurals: "one other" };

Object.assign(globalThis, {
  addEventListener: () => undefined,
  document: {
    documentElement: { dataset },
    visibilityState: "hidden",
    addEventListener: () => undefined,
    getElementById: () => null,
    querySelector: () => null,
    querySelectorAll: () => [{ content: JSON.stringify(texts) }],
    createElement: () => ({ getContext: () => null }),
  },
});

/** Does something in another time zone. */
export function inZone<T>(zone: string, act: () => T): T {
  const before = dataset["zone"] ?? "";
  dataset["zone"] = zone;
  try {
    return act();
  } finally {
    dataset["zone"] = before;
  }
}
