/**
 * What stands before the title of the page, so that a tab in the background tells it too. Blazor writes the title into a text node of its own,
 * so that node is written and never replaced.
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

  // What is not ours was written by the page.
  const own = written && shown.startsWith(written) ? shown.slice(written.length) : shown;
  if (shown !== prefix + own) {
    node.nodeValue = prefix + own;
  }

  written = prefix;
}
