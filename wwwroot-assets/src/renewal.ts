import { remember, remembered } from "./subscription";

interface ChangeEvent extends Event {
  readonly oldSubscription?: PushSubscription | null;
  readonly newSubscription?: PushSubscription | null;
  waitUntil(work: Promise<unknown>): void;
}

interface RenewalScope {
  readonly registration: ServiceWorkerRegistration;
  addEventListener(type: "pushsubscriptionchange", listener: (event: ChangeEvent) => void): void;
}

const scope = self as unknown as RenewalScope;
const taken = 204;

/** A push service gives browsers new addresses now and then: the portal is told of them, for whoever is signed in. */
export function followRenewals(): void {
  scope.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renew(event)));
}

/** What can't be renewed stays off: the account page says so, because what is remembered is not what the browser has. */
async function renew(event: ChangeEvent): Promise<void> {
  const before = await remembered();
  if (before === null) {
    return;
  }

  // Browsers differ in what they tell, and some leave it to the portal to subscribe.
  const fresh = event.newSubscription ?? (await subscribe(before.key));
  const old = event.oldSubscription?.endpoint ?? before.endpoint;
  if (fresh !== null && (await isTaken(old, fresh))) {
    await remember({ ...before, endpoint: fresh.endpoint });
  }
}

async function subscribe(key: string): Promise<PushSubscription | null> {
  try {
    return await scope.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  } catch (fault) {
    // Its person does not let the portal show notifications any more.
    console.info("Messages of the portal are off:", fault);
    return null;
  }
}

async function isTaken(old: string, fresh: PushSubscription): Promise<boolean> {
  const { endpoint, keys } = fresh.toJSON();
  const answer = await fetch(new URL("account/device", scope.registration.scope), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ old, endpoint, p256dh: keys?.["p256dh"], auth: keys?.["auth"] }),
    redirect: "manual",
  });
  return answer.status === taken;
}
