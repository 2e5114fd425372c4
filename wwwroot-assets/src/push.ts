import { remember, remembered } from "./subscription";

/** What this browser can do about Web Push, and where its push service takes messages for it if they are turned on. */
export interface PushState {
  readonly can: "yes" | "insecure" | "unable" | "denied";
  readonly endpoint: string | null;
  /** Where it took them when they were turned on last: if that is not where it takes them now, they are off. */
  readonly was: string | null;
}

/** What came of turning messages on: how the browser is reached, or why it is not. */
export interface PushAnswer {
  readonly endpoint: string | null;
  readonly p256dh: string | null;
  readonly auth: string | null;
  readonly browser: string;
  readonly isDenied: boolean;
  readonly fault: string | null;
}

export async function pushState(): Promise<PushState> {
  if (!isSecureContext) {
    return { can: "insecure", endpoint: null, was: null };
  }

  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) {
    return { can: "unable", endpoint: null, was: null };
  }

  const registration = await navigator.serviceWorker.getRegistration();
  const subscription = (await registration?.pushManager.getSubscription()) ?? null;
  const was = (await remembered())?.endpoint ?? null;
  return { can: Notification.permission === "denied" ? "denied" : "yes", endpoint: subscription?.endpoint ?? null, was };
}

/** Called after a click. The browser asks its person, and subscribes with the portal's key. */
export async function turnOnPush(key: string): Promise<PushAnswer> {
  if ((await Notification.requestPermission()) !== "granted") {
    return answer({ isDenied: true });
  }

  try {
    const subscription = await subscribe(key);
    await remember({ endpoint: subscription.endpoint, key });
    return of(subscription);
  } catch (fault) {
    return answer({ fault: fault instanceof Error ? fault.message : String(fault) });
  }
}

/** The portal has forgotten this browser: its push service forgets it as well. */
export async function turnOffPush(endpoint: string): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration();
  const subscription = await registration?.pushManager.getSubscription();
  if (subscription?.endpoint === endpoint) {
    await subscription.unsubscribe();
  }

  if ((await remembered())?.endpoint === endpoint) {
    await remember(null);
  }
}

async function subscribe(key: string): Promise<PushSubscription> {
  const { pushManager } = await navigator.serviceWorker.ready;

  // A subscription is for one key: the portal may have another one by now.
  await (await pushManager.getSubscription())?.unsubscribe();
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

function of(subscription: PushSubscription): PushAnswer {
  const { endpoint, keys } = subscription.toJSON();
  return answer({ endpoint: endpoint ?? null, p256dh: keys?.["p256dh"] ?? null, auth: keys?.["auth"] ?? null });
}

function answer(given: Partial<PushAnswer>): PushAnswer {
  return { endpoint: null, p256dh: null, auth: null, browser: navigator.userAgent, isDenied: false, fault: null, ...given };
}
