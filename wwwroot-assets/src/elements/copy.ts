import { icons } from "../icons";
import { words } from "../words";

/** <portal-copy text="…">: copies the text; also on plain http, where the clipboard interface is withheld. */
export class CopyElement extends HTMLElement {
  connectedCallback(): void {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy-button";
    const label = document.createElement("span");
    label.textContent = words.copy;
    button.append(icons.draw("copy"), label);
    button.addEventListener("click", async () => {
      if (await copy(this.getAttribute("text") ?? "")) {
        label.textContent = words.copied;
        setTimeout(() => (label.textContent = words.copy), 2_000);
      }
    });
    this.replaceChildren(button);
  }
}

async function copy(text: string): Promise<boolean> {
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(text).then(
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
  const done = document.execCommand("copy");
  area.remove();
  return done;
}
