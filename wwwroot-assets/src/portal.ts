// What every page needs: the elements that follow the clock, and the watch over the connection. Charts load apart (chart.ts).
import { keepFocusInDialogs } from "./dialogs";
import { AgeElement } from "./elements/age";
import { CopyElement } from "./elements/copy";
import { FlashElement } from "./elements/flash";
import { FreshnessElement, StateElement } from "./elements/freshness";
import { KeySwitchElement } from "./elements/key-switch";
import { LiveElement } from "./elements/live";
import { OwnZoneElement } from "./elements/own-zone";
import { StatusElement } from "./elements/status";
import { TallyElement } from "./elements/tally";
import { ThemeToggleElement } from "./elements/theme-toggle";
import { TimeElement } from "./elements/time";
import { prepareOffline } from "./install";
import { followKeys } from "./shortcuts";

export { watch } from "./connection";
export { prefer } from "./preferences";

customElements.define("portal-age", AgeElement);
customElements.define("portal-time", TimeElement);
customElements.define("portal-freshness", FreshnessElement);
customElements.define("portal-state", StateElement);
customElements.define("portal-flash", FlashElement);
customElements.define("portal-tally", TallyElement);
customElements.define("portal-live", LiveElement);
customElements.define("portal-copy", CopyElement);
customElements.define("portal-theme-toggle", ThemeToggleElement);
customElements.define("portal-own-zone", OwnZoneElement);
customElements.define("portal-status", StatusElement);
customElements.define("portal-key-switch", KeySwitchElement);

keepFocusInDialogs();
followKeys();
prepareOffline();
