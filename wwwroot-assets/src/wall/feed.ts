import { type HubConnection, HubConnectionBuilder, HubConnectionState, LogLevel } from "@microsoft/signalr";
import { facts } from "./facts";
import type { Point } from "./points";

/** What the live hub tells (Streaming/ILiveClient.cs). */
export interface Listener {
  snapshot(at: number, version: string, points: Point[]): void;
  changed(at: number, points: Point[], removed: string[]): void;
  beat(at: number): void;
  /** The link or the session is over; asked for again all the same, but seldom. */
  ended(): void;
}

const firstPauseMs = 1_000;
const longestPauseMs = 15_000;
const pauseWhenEndedMs = 60_000;
/** Two beats were missed. */
const silenceMs = 25_000;

/** Listens to the live hub for ever: whatever ends a connection, another one is tried. */
export class Feed {
  readonly #listener: Listener;
  #connection: HubConnection | undefined;
  #pauseMs = firstPauseMs;
  #hasEnded = false;

  constructor(listener: Listener) {
    this.#listener = listener;
    void this.#keep();
  }

  /** Ends the connection there is, which may be dead without saying so; another one follows. */
  renew(): void {
    if (this.#connection?.state === HubConnectionState.Connected) {
      void this.#connection.stop();
    }
  }

  async #keep(): Promise<void> {
    for (;;) {
      await this.#listen();
      // Each screen at a time of its own: a portal that has just started is not overrun.
      await wait((this.#hasEnded ? pauseWhenEndedMs : this.#pauseMs) * (0.5 + Math.random()));
      this.#pauseMs = Math.min(longestPauseMs, this.#pauseMs * 2);
    }
  }

  async #listen(): Promise<void> {
    const connection = new HubConnectionBuilder().withUrl(facts.hub).configureLogging(LogLevel.None).build();
    connection.serverTimeoutInMilliseconds = silenceMs;
    connection.keepAliveIntervalInMilliseconds = 10_000;
    connection.on("Snapshot", ({ at, version, points }: { at: string; version: string; points: Point[] }) => {
      [this.#pauseMs, this.#hasEnded] = [firstPauseMs, false];
      this.#listener.snapshot(Date.parse(at), version, points);
    });
    connection.on("Changed", ({ at, points, removed }: { at: string; points: Point[]; removed: string[] }) => this.#listener.changed(Date.parse(at), points, removed));
    connection.on("Beat", (at: string) => this.#listener.beat(Date.parse(at)));
    connection.on("Ended", () => this.#end());
    const closed = new Promise<void>((resolve) => connection.onclose(() => resolve()));
    this.#connection = connection;
    try {
      await connection.start();
    } catch (fault) {
      if (String(fault).includes("'401'") || String(fault).includes("'403'")) {
        this.#end();
      }

      return;
    }

    await closed;
  }

  #end(): void {
    this.#hasEnded = true;
    this.#listener.ended();
  }
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
