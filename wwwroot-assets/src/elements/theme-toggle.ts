import { icons } from "../icons";
import { chooseTheme, type ThemeChoice, themeChoice } from "../theming";
import { words } from "../words";

const next: Record<ThemeChoice, ThemeChoice> = { system: "light", light: "dark", dark: "system" };
const icon = { system: "screen", light: "sun", dark: "moon" } as const;

/** <portal-theme-toggle>: light, dark, or as the computer has it; needs no server. */
export class ThemeToggleElement extends HTMLElement {
  connectedCallback(): void {
    this.#show();
  }

  #show(): void {
    const choice = themeChoice();
    const button = document.createElement("button");
    button.type = "button";
    button.className = "icon-button";
    button.title = `${words.theme}: ${words.themes[choice]}`;
    button.setAttribute("aria-label", button.title);
    button.append(icons.draw(icon[choice]));
    button.addEventListener("click", () => {
      chooseTheme(next[choice]);
      this.#show();
      this.querySelector("button")?.focus();
    });
    this.replaceChildren(button);
  }
}
