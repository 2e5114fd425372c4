/**
 * The texts of the scripts, in the language of the page. The page contains them (Components/Browser/BrowserText.resx and its own): {name}
 * stands for a value, and {name|item|items} for the form of a word that the number requires.
 */
const given = Object.assign(
  {},
  ...[...document.querySelectorAll<HTMLMetaElement>('meta[name="portal-words"]')].map((meta) => JSON.parse(meta.content) as Record<string, string>),
) as Record<string, string>;
const { locale = "en-GB", plurals = "one other" } = document.documentElement.dataset;
const plural = new Intl.PluralRules(locale);

/** The forms of words in the order in which texts have them; a fraction takes the second. */
const forms = plurals.split(" ");
const formOf = (value: number): number => {
  const form = forms.indexOf(plural.select(value));
  return form < 0 ? 1 : form;
};

export function text(key: string, values: Record<string, string | number> = {}): string {
  return (given[key] ?? key).replace(/\{([a-z]\w*)(?:\|([^{}]*))?\}/g, (place, name: string, choice: string | undefined) => {
    const value = values[name];
    return value === undefined ? place : choice === undefined ? String(value) : (choice.split("|")[formOf(Number(value))] ?? place);
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
    critical: text("StateCritical"),
    warning: text("StateWarning"),
    alarm: text("StateAlarm"),
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
  /** What is said instead of "on time" of values that are judged; by Devices/LoggerVerdict. */
  verdicts: {
    nolimits: text("StateNoLimits"),
    inorder: text("StateInOrder"),
    outside: text("StateOutside"),
    acknowledged: text("StateAcknowledged"),
  },
  /** The text after a number of things in that state. */
  tally: {
    onTime: count("TallyOnTime"),
    critical: count("TallyCritical"),
    warning: count("TallyWarning"),
    alarm: count("TallyAlarm"),
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
    inOrder: text("StatusInOrder"),
    other: text("StatusOther"),
    acknowledged: text("StatusAcknowledged"),
    refused: text("StatusRefused"),
    trouble: count("StatusTrouble"),
    maintenance: text("StatusMaintenance"),
    paused: text("StatusPaused"),
    counts: {
      critical: count("CountCritical"),
      warning: count("CountWarning"),
      other: count("CountOther"),
      alarm: count("CountAlarm"),
      error: count("CountError"),
      silent: count("CountSilent"),
      never: count("CountNever"),
      late: count("CountLate"),
      remark: count("CountRemark"),
      acknowledged: count("CountAcknowledged"),
      outside: count("CountOutside"),
      inOrder: count("CountInOrder"),
      noLimits: count("CountNoLimits"),
      onTime: (count: number, due = 0) => (due > 0 ? text("CountOnTimeDue", { count, due }) : text("CountOnTime", { count })),
      unknown: count("CountUnknown"),
      unsynchronised: count("CountUnsynchronised"),
      maintenance: count("CountMaintenance"),
    },
  },
  compare: { begin: text("CompareBegin"), chosen: count("CompareChosen"), most: count("CompareMost") },
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
export type Verdict = keyof typeof words.verdicts;
