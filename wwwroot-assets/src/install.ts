import { words } from "./words";

/** Where the browser lets a page be installed, prepares the page that is shown when the portal can't be reached (service-worker.ts). */
export function prepareOffline(): void {
  if (!("serviceWorker" in navigator) || !isSecureContext) {
    return;
  }

  const given = new URLSearchParams({ lang: document.documentElement.lang, ...words.offline });
  navigator.serviceWorker.register(`/assets/service-worker.js?${given}`, { scope: "/" }).catch((fault: unknown) => {
    // A browser may forbid it, as private windows do; the portal works without.
    console.info("The page for times without connection is not in place:", fault);
  });
}
