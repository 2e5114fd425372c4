// Around a list of time zones: chooses the browser's own, as long as nobody has chosen one.
export class OwnZoneElement extends HTMLElement {
  connectedCallback() {
    if (this.dataset.chosen === "yes") {
      return;
    }

    const list = this.querySelector("select");
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (list && [...list.options].some((option) => option.value === own)) {
      list.value = own;
    }
  }
}
