/** What the portal sends by Web Push (Notifications/Channels/Push/PushPayload.cs). */
interface Message {
  readonly title: string;
  readonly body: string;
  /** What it is about: the next message about the same takes its place. */
  readonly tag: string;
  /** The page that says more, below the portal's own address. */
  readonly path: string;
  readonly isUrgent: boolean;
  readonly isNews: boolean;
  readonly at: number;
}

interface WorkEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface PushEvent extends WorkEvent {
  readonly data: { json(): unknown } | null;
}

interface NotificationEvent extends WorkEvent {
  readonly notification: Notification;
}

interface WindowClient {
  readonly url: string;
  focus(): Promise<WindowClient>;
}

interface NoticeScope {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    matchAll(options: { type: "window"; includeUncontrolled: boolean }): Promise<WindowClient[]>;
    openWindow(url: string): Promise<WindowClient | null>;
  };
  addEventListener(type: "push", listener: (event: PushEvent) => void): void;
  addEventListener(type: "notificationclick", listener: (event: NotificationEvent) => void): void;
}

const scope = self as unknown as NoticeScope;
const name = "Efento Portal";

/** Shows each message, and leads to its page when it is touched. Nothing is loaded from elsewhere than this portal. */
export function followPushes(): void {
  scope.addEventListener("push", (event) => event.waitUntil(show(messageOf(event))));
  scope.addEventListener("notificationclick", (event) => {
    event.notification.close();
    event.waitUntil(open(addressOf(event.notification)));
  });
}

/** Browsers end the subscription of a page that shows nothing, so what can't be read is shown by the portal's name alone. */
function messageOf(event: PushEvent): Partial<Message> {
  try {
    return event.data?.json() ?? {};
  } catch {
    return {};
  }
}

function show(message: Partial<Message>): Promise<void> {
  const { title = name, body = "", tag = name, path = "", isUrgent = false, isNews = true, at = Date.now() } = message;
  // The library of types lacks what only some browsers know.
  const options: NotificationOptions & { renotify: boolean; timestamp: number } = {
    body,
    tag,
    renotify: isNews,
    requireInteraction: isUrgent,
    timestamp: at,
    icon: "/assets/icon-192.png",
    badge: "/assets/icon-192.png",
    data: path,
  };
  return scope.registration.showNotification(title, options);
}

/** A page of this portal, whatever the message says. */
function addressOf(notification: Notification): string {
  const home = new URL(scope.registration.scope);
  const wanted = new URL(String(notification.data ?? ""), home);
  return (wanted.origin === home.origin ? wanted : home).href;
}

/** Somebody may be writing in another window: that one is left alone. */
async function open(address: string): Promise<void> {
  const windows = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = windows.find((window) => window.url.split("#")[0] === address);
  await (there ? there.focus() : scope.clients.openWindow(address));
}
