/**
 * What the scripts say by themselves, in the language of the page. The page brings the texts (Components/Browser/BrowserText.resx, and its own):
 * {name} stands for a value, {name|item|items} for the form of a word that the number asks for.
 */
const given = Object.assign(
  {},
  ...[...document.querySelectorAll<HTMLMetaElement>('meta[name="portal-words"]')].map((meta) => JSON.parse(meta.content) as Record<string, string>),
) as Record<string, string>;
const locale = document.documentElement.lang === "pl" ? "pl-PL" : "en-GB";
const plural = new Intl.PluralRules(locale);
const formOf: Partial<Record<Intl.LDMLPluralRule, number>> = locale === "pl-PL" ? { one: 0, few: 1, many: 2 } : { one: 0, other: 1 };

export function text(key: string, values: Record<string, string | number> = {}): string {
  return (given[key] ?? key).replace(/\{([a-z]\w*)(?:\|([^{}]*))?\}/g, (place, name: string, forms: string | undefined) => {
    const value = values[name];
    return value === undefined ? place : forms === undefined ? String(value) : (forms.split("|")[formOf[plural.select(Number(value))] ?? 1] ?? place);
  });
}

const count = (key: string) => (number: number) => text(key, { count: number });

export const words = {
  locale,
  justNow: text("JustNow"),
  ago: (span: string) => text("Ago", { span }),
  inFuture: (span: string) => text("InFuture", { span }),
  dueIn: (span: string) => text("DueIn", { span }),
  dueNow: text("DueNow"),
  dueAgo: (span: string) => text("DueAgo", { span }),
  never: text("Never"),
  seconds: text("Seconds"),
  minutes: text("Minutes"),
  hours: text("Hours"),
  days: text("Days"),
  /** For the page that is shown when the portal can't be reached; {time} is filled in there. */
  offline: {
    title: text("OfflineTitle"),
    text: text("OfflineText"),
    tried: text("OfflineTried"),
    again: text("OfflineAgain"),
  },
  states: {
    fresh: text("StateFresh"),
    due: text("StateDue"),
    late: text("StateLate"),
    silent: text("StateSilent"),
    never: text("StateNever"),
    error: text("StateError"),
    ahead: text("StateAhead"),
    unsynchronised: text("StateUnsynchronised"),
    maintenance: text("StateMaintenance"),
    held: text("StateHeld"),
    refused: text("StateRefused"),
    retired: text("StateRetired"),
    unknown: text("StateUnknown"),
    online: text("StateOnline"),
    offline: text("StateOffline"),
  },
  /** What stands behind a number of things in that state. */
  tally: {
    order: count("TallyOrder"),
    online: count("TallyOnline"),
    late: count("TallyLate"),
    silent: count("TallySilent"),
    offline: count("TallyOffline"),
    error: count("TallyError"),
    ahead: count("TallyAhead"),
    never: count("TallyNever"),
    unsynchronised: count("TallyUnsynchronised"),
    maintenance: count("TallyMaintenance"),
    held: count("TallyHeld"),
    hidden: count("TallyHidden"),
  },
  /** The line for the whole site. */
  status: {
    well: text("StatusWell"),
    refused: text("StatusRefused"),
    trouble: count("StatusTrouble"),
    maintenance: text("StatusMaintenance"),
    paused: text("StatusPaused"),
    counts: {
      silent: count("CountSilent"),
      never: count("CountNever"),
      late: count("CountLate"),
      remark: count("CountRemark"),
      order: count("CountOrder"),
      due: count("CountDue"),
      unsynchronised: count("CountUnsynchronised"),
      maintenance: count("CountMaintenance"),
    },
  },
  noValue: text("NoValue"),
  lastValue: text("LastValue"),
  stateChanges: (count: number, word: string, share: number) => text("StateChanges", { count, word, share }),
  exportedAt: (time: string, zone: string) => text("ExportedAt", { time, zone }),
  fromTo: (from: string, to: string) => text("FromTo", { from, to }),
  live: text("Live"),
  connecting: text("Connecting"),
  notLive: text("NotLive"),
  notLiveSince: (time: string) => text("NotLiveSince", { time }),
  reconnecting: text("Reconnecting"),
  retryIn: (seconds: string) => text("RetryIn", { seconds }),
  unreachable: text("Unreachable"),
  reloading: text("Reloading"),
  copy: text("Copy"),
  copied: text("Copied"),
  selected: text("Selected"),
  themes: { light: text("ThemeLight"), dark: text("ThemeDark"), system: text("ThemeSystem") },
  theme: text("Theme"),
};

export type StateName = keyof typeof words.states;
