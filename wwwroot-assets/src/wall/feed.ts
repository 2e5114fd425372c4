import { type HubConnection, HubConnectionBuilder, HubConnectionState, LogLevel } from "@microsoft/signalr";
import { facts } from "./facts";
import type { Notice } from "./notice";
import type { Point } from "./points";

/** The messages of the live hub (Streaming/ILiveClient.cs). */
export interface Listener {
  snapshot(at: number, version: string, points: Point[]): void;
  changed(at: number, points: Point[], removed: string[]): void;
  beat(at: number): void;
  notice(notice: Notice): void;
  /** Whether this screen has sound. */
  sound(isOn: boolean): void;
  /** The connection is gone; another one is tried. It may have been silent before, for as long as nobody should wait. */
  lost(wasSilent: boolean): void;
  /** The link or the session is over; asked for again all the same, but seldom. */
  ended(): void;
}

const firstPauseMs = 1_000;
const longestPauseMs = 15_000;
const pauseWhenEndedMs = 60_000;
/** The hub sends a ping every second or two (Streaming/StreamingSetup.cs). */
const silenceMs = 4_500;
/** An answer that doesn't come is asked for again. */
const answerWithinMs = 10_000;

/** Listens to the live hub for ever: whenever a connection ends, it tries to open another one. */
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
    const connection = new HubConnectionBuilder().withUrl(facts.hub, { timeout: answerWithinMs }).configureLogging(LogLevel.None).build();
    connection.serverTimeoutInMilliseconds = silenceMs;
    connection.keepAliveIntervalInMilliseconds = 10_000;
    connection.on("Snapshot", ({ at, version, points }: { at: string; version: string; points: Point[] }) => {
      [this.#pauseMs, this.#hasEnded] = [firstPauseMs, false];
      this.#listener.snapshot(Date.parse(at), version, points);
    });
    connection.on("Changed", ({ at, points, removed }: { at: string; points: Point[]; removed: string[] }) => this.#listener.changed(Date.parse(at), points, removed));
    connection.on("Beat", (at: string) => this.#listener.beat(Date.parse(at)));
    connection.on("Notice", (notice: Notice) => this.#listener.notice(notice));
    connection.on("Sound", (isOn: boolean) => this.#listener.sound(isOn));
    connection.on("Ended", () => this.#end());
    const closed = new Promise<Error | undefined>((resolve) => connection.onclose(resolve));
    this.#connection = connection;
    try {
      await connection.start();
    } catch (fault) {
      if (String(fault).includes("'401'") || String(fault).includes("'403'")) {
        this.#end();
      }

      return;
    }

    this.#listener.lost((await closed)?.message.startsWith("Server timeout") ?? false);
  }

  #end(): void {
    this.#hasEnded = true;
    this.#listener.ended();
  }
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
