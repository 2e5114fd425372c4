// Around a list of time zones: preselects the browser's own zone.
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
