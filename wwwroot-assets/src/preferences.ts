import { applyTheme, type ThemeChoice } from "./theming";

/** Called by the page when its person changed their preferences, here or in another window. */
export function prefer(preferences: { zone: string; theme: ThemeChoice }): void {
  const root = document.documentElement;
  root.dataset["themeChoice"] = preferences.theme;
  applyTheme();
  if ((root.dataset["zone"] ?? "") !== preferences.zone) {
    root.dataset["zone"] = preferences.zone;
    document.dispatchEvent(new CustomEvent("portal-zone"));
  }

  document.dispatchEvent(new CustomEvent("portal-preferences"));
}

let saved = Promise.resolve<unknown>(undefined);

/** Saves the choice in the user's account, after the choices before it. If that fails, it is in effect on this page only. */
export function keepTheme(choice: ThemeChoice): void {
  if (document.documentElement.dataset["themeChoice"]) {
    saved = saved.then(() => fetch(`account/theme?choice=${choice}`, { method: "POST", keepalive: true })).catch(() => undefined);
  }
}
