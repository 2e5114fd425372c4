// Loaded by every page: the elements that follow the clock, and the watchdog of the connection. Charts are loaded separately (chart.ts).
import { keepEscapeInLists, keepFocusInDialogs } from "./dialogs";
import { AgeElement } from "./elements/age";
import { ChoiceElement } from "./elements/choice";
import { CopyElement } from "./elements/copy";
import { FlashElement } from "./elements/flash";
import { FreshnessElement, StateElement } from "./elements/freshness";
import { KeySwitchElement } from "./elements/key-switch";
import { LiveElement } from "./elements/live";
import { OwnZoneElement } from "./elements/own-zone";
import { StatusElement } from "./elements/status";
import { TabsElement } from "./elements/tabs";
import { TallyElement } from "./elements/tally";
import { ThemeToggleElement } from "./elements/theme-toggle";
import { TimeElement } from "./elements/time";
import { prepareOffline } from "./install";
import { followKeys } from "./shortcuts";

export { watch } from "./connection";
export { prefer } from "./preferences";
export { pushState, turnOffPush, turnOnPush } from "./push";

customElements.define("portal-age", AgeElement);
customElements.define("portal-time", TimeElement);
customElements.define("portal-freshness", FreshnessElement);
customElements.define("portal-state", StateElement);
customElements.define("portal-flash", FlashElement);
customElements.define("portal-tabs", TabsElement);
customElements.define("portal-tally", TallyElement);
customElements.define("portal-live", LiveElement);
customElements.define("portal-copy", CopyElement);
customElements.define("portal-theme-toggle", ThemeToggleElement);
customElements.define("portal-own-zone", OwnZoneElement);
customElements.define("portal-status", StatusElement);
customElements.define("portal-key-switch", KeySwitchElement);
customElements.define("portal-choice", ChoiceElement);

keepFocusInDialogs();
keepEscapeInLists();
followKeys();
prepareOffline();
