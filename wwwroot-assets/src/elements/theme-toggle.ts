import { icons } from "../icons";
import { keepTheme } from "../preferences";
import { chooseTheme, type ThemeChoice, themeChoice } from "../theming";
import { words } from "../words";

const next: Record<ThemeChoice, ThemeChoice> = { system: "light", light: "dark", dark: "system" };
const icon = { system: "screen", light: "sun", dark: "moon" } as const;

/** <portal-theme-toggle>: light, dark, or as the computer has it. Needs no circuit; who is signed in finds the choice again elsewhere. */
export class ThemeToggleElement extends HTMLElement {
  connectedCallback(): void {
    document.addEventListener("portal-preferences", this.#onChoice);
    this.#show();
  }

  disconnectedCallback(): void {
    document.removeEventListener("portal-preferences", this.#onChoice);
  }

  readonly #onChoice = (): void => this.#show();

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
      keepTheme(next[choice]);
      this.#show();
      this.querySelector("button")?.focus();
    });
    this.replaceChildren(button);
  }
}
