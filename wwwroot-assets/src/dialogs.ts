/**
 * Keeps the focus in an open dialog. A menu that opened it gives the focus back to its button as it closes, which may be after the dialog had
 * taken it: Escape and Tab would then be those of the page behind.
 */
const dialogs = ".mud-dialog-container";
/** Elements that may lie over a dialog: its own lists, and messages of the whole portal. */
const besides = ".mud-popover, .mud-snackbar, #not-live, #blazor-error-ui";
const focusable = ":is(input:not([type=hidden]), textarea, select, button, a[href]):not(:disabled)";

/** A dialog that closes gives the focus back a moment before it is gone. */
const goneWithinMs = 150;

export function keepFocusInDialogs(): void {
  document.addEventListener("focusin", () => {
    if (dialogLeft()) {
      setTimeout(() => dialogLeft()?.focus(), goneWithinMs);
    }
  });
}

/** A list with a field to search it in, as it is open: Escape closes it, and not the dialog around it with all that was typed. */
const openSearch = `${dialogs} .mud-autocomplete input[aria-expanded="true"]`;

export function keepEscapeInLists(): void {
  document.addEventListener("keydown", (pressed) => {
    if (pressed.key === "Escape" && pressed.target instanceof HTMLElement && pressed.target.matches(openSearch)) {
      // After the list has heard of it, and before the dialog does.
      pressed.target.closest(".mud-autocomplete")?.addEventListener("keydown", (heard) => heard === pressed && heard.stopPropagation(), { once: true });
    }
  }, { capture: true });
}

/** Where the focus belongs if it lies behind an open dialog. */
function dialogLeft(): HTMLElement | null | undefined {
  const dialog = [...document.querySelectorAll(dialogs)].at(-1);
  const at = document.activeElement;
  if (!dialog || !at || dialog.contains(at) || at.closest(besides)) {
    return undefined;
  }

  return dialog.querySelector<HTMLElement>(`.mud-dialog-content ${focusable}`) ?? dialog.querySelector<HTMLElement>(focusable);
}
