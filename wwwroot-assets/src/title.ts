/**
 * The text before the title of the page, so that a tab in the background shows it as well. Blazor writes the title into a text node of its
 * own, so this code changes that node and never replaces it.
 */
let prefix = "";
let written = "";
let observer: MutationObserver | undefined;

const separator = " · ";

/** Puts a text before the title of this page and of those that follow; nothing for an empty one. */
export function showInTitle(text: string): void {
  observer ??= follow();
  prefix = text ? text + separator : "";
  write();
}

function follow(): MutationObserver {
  const made = new MutationObserver(write);
  made.observe(document.head, { childList: true, subtree: true, characterData: true });
  return made;
}

function write(): void {
  const node = document.querySelector("head > title")?.firstChild;
  const shown = node?.nodeValue;
  if (!node || !shown) {
    return;
  }

  // Anything else was written by the page.
  const own = written && shown.startsWith(written) ? shown.slice(written.length) : shown;
  if (shown !== prefix + own) {
    node.nodeValue = prefix + own;
  }

  written = prefix;
}
