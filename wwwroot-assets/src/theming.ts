/** The user's choice; "system" follows the computer. */
export type ThemeChoice = "light" | "dark" | "system";

const key = "portal.theme";
const dark = matchMedia("(prefers-color-scheme: dark)");

/** The choice of the signed-in user, which the page contains; otherwise the choice stored in this browser. */
export function themeChoice(): ThemeChoice {
  const choice = document.documentElement.dataset["themeChoice"] || readStored();
  return choice === "light" || choice === "dark" ? choice : "system";
}

/** Applies a choice to this page and, if nobody is signed in, to later ones. */
export function chooseTheme(choice: ThemeChoice): void {
  const root = document.documentElement;
  if (root.dataset["themeChoice"]) {
    root.dataset["themeChoice"] = choice;
  } else {
    store(choice);
  }

  applyTheme();
}

/** Sets <html data-theme>, which all colours depend on, and notifies charts, which draw their own colours. */
export function applyTheme(): void {
  const choice = themeChoice();
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

function store(choice: ThemeChoice): void {
  try {
    localStorage.setItem(key, choice);
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
    document.documentElement.dataset["themeChoice"] = choice;
  }
}
