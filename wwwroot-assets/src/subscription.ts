/** With what this browser was turned on for Web Push: its subscription ends or changes while no page of the portal is open. */
export interface Subscribed {
  readonly endpoint: string;
  /** The portal's key, in Base64 for URLs. */
  readonly key: string;
}

const shelf = "push";
const label = "/subscription";

/** Keeps it where the pages and the service worker find it; null forgets it. */
export async function remember(its: Subscribed | null): Promise<void> {
  if (its === null) {
    await caches.delete(shelf);
    return;
  }

  const kept = await caches.open(shelf);
  await kept.put(label, new Response(JSON.stringify(its)));
}

/** What was kept; null if messages were never turned on here, or were turned off. */
export async function remembered(): Promise<Subscribed | null> {
  const kept = await caches.match(label, { cacheName: shelf });
  return kept ? ((await kept.json()) as Subscribed) : null;
}
