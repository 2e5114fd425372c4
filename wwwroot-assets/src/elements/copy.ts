import { icons } from "../icons";
import { words } from "../words";

/** <portal-copy text="…">: copies the text; also on plain http, where the clipboard interface is withheld, or selects it. */
export class CopyElement extends HTMLElement {
  connectedCallback(): void {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy-button";
    const label = document.createElement("span");
    label.textContent = words.copy;
    button.append(icons.draw("copy"), label);
    button.addEventListener("click", () => void this.copy(label));
    this.replaceChildren(button);
  }

  private async copy(label: HTMLElement): Promise<void> {
    label.textContent = (await copy(this.getAttribute("text") ?? "")) ? words.copied : this.select();
    setTimeout(() => (label.textContent = words.copy), 4_000);
  }

  /** Where nothing may be copied for the person, the text beside is selected for them. */
  private select(): string {
    const shown = this.previousElementSibling;
    if (shown) {
      getSelection()?.selectAllChildren(shown);
    }

    return words.selected;
  }
}

async function copy(text: string): Promise<boolean> {
  // On plain http there is none, whatever the types say.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (clipboard) {
    return clipboard.writeText(text).then(
      () => true,
      () => copyBySelection(text),
    );
  }

  return copyBySelection(text);
}

function copyBySelection(text: string): boolean {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "off-screen";
  document.body.append(area);
  area.select();
  // Deprecated, but the only way on plain http.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const done = document.execCommand("copy");
  area.remove();
  return done;
}
