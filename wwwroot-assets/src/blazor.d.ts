/** The part of the API of blazor.web.js that the scripts use. */
declare const Blazor: {
  /** True when the circuit is there again, false when the server no longer has it; throws when the server can't be reached. */
  reconnect(): Promise<boolean>;
  resumeCircuit(): Promise<boolean>;
};

/** A .NET object in the circuit. */
interface DotNetReference {
  invokeMethodAsync<T>(method: string, ...args: unknown[]): Promise<T>;
}
