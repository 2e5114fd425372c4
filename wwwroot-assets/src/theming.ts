/** What the person chose; "system" follows the computer. */
export type ThemeChoice = "light" | "dark" | "system";

const key = "portal.theme";
const dark = matchMedia("(prefers-color-scheme: dark)");

export function themeChoice(): ThemeChoice {
  const stored = readStored();
  return stored === "light" || stored === "dark" ? stored : "system";
}

export function chooseTheme(choice: ThemeChoice): void {
  try {
    localStorage.setItem(key, choice);
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }

  applyTheme(choice);
}

/** Sets <html data-theme>, on which every colour hangs, and tells who draws by hand (charts). */
export function applyTheme(choice: ThemeChoice = themeChoice()): void {
  const theme = choice === "system" ? (dark.matches ? "dark" : "light") : choice;
  const root = document.documentElement;
  if (root.dataset["theme"] !== theme) {
    root.dataset["theme"] = theme;
    document.dispatchEvent(new CustomEvent("portal-theme"));
  }
}

export function followSystem(): void {
  dark.addEventListener("change", () => applyTheme());
  addEventListener("storage", (e) => e.key === key && applyTheme());
}

function readStored(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
