import { icons } from "../icons";
import { keepTheme } from "../preferences";
import { chooseTheme, type ThemeChoice, themeChoice } from "../theming";
import { words } from "../words";

const next: Record<ThemeChoice, ThemeChoice> = { system: "light", light: "dark", dark: "system" };
const icon = { system: "screen", light: "sun", dark: "moon" } as const;

/**
 * <portal-theme-toggle>: light, dark, or as the computer has it. Needs no circuit; who is signed in finds the choice again elsewhere.
 * The button stays the same element, or a press during which the choice is reported back would be lost.
 */
export class ThemeToggleElement extends HTMLElement {
  readonly #button = document.createElement("button");

  connectedCallback(): void {
    document.addEventListener("portal-preferences", this.#onChoice);
    this.#button.type = "button";
    this.#button.className = "icon-button";
    this.#button.onclick = () => this.#choose(next[themeChoice()]);
    this.#show();
    this.replaceChildren(this.#button);
  }

  disconnectedCallback(): void {
    document.removeEventListener("portal-preferences", this.#onChoice);
  }

  readonly #onChoice = (): void => this.#show();

  #choose(choice: ThemeChoice): void {
    chooseTheme(choice);
    keepTheme(choice);
    this.#show();
  }

  #show(): void {
    const choice = themeChoice();
    this.#button.title = `${words.theme}: ${words.themes[choice]}`;
    this.#button.setAttribute("aria-label", this.#button.title);
    this.#button.replaceChildren(icons.draw(icon[choice]));
  }
}
