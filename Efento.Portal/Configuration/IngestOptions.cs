namespace Efento.Portal.Configuration;

/// <summary>What happens with a logger the portal has never heard of.</summary>
public enum UnknownLoggerPolicy
{
    /// <summary>Stored, shown and synchronised (Y).</summary>
    Accept,

    /// <summary>Stored and synchronised (Y), but hidden until somebody approves it.</summary>
    Hold,

    /// <summary>Not stored, answered N, counted in the ledger.</summary>
    Ignore,
}

/// <summary>The gateways' door: paths, limits and clocks.</summary>
public sealed class IngestOptions
{
    /// <summary>
    /// Further paths that take measurements, for gateways whose path was changed. At most 256 characters, beginning with "/", only letters,
    /// digits and <c>. - _ ~ /</c>; a segment <c>{gateway}</c> names the gateway's serial. The default is none.
    /// </summary>
    public string[] MeasurementPaths { get; set; } = [];

    /// <summary>Further paths that take heartbeats; the same rules. The default is none.</summary>
    public string[] HeartbeatPaths { get; set; } = [];

    /// <summary>A custom header in which a gateway says its serial. The default is "X-Gateway-Serial".</summary>
    public string GatewaySerialHeader { get; set; } = "X-Gateway-Serial";

    /// <summary>
    /// Whether gateways must use HTTPS; plain HTTP is then answered 401. Leave it off behind a proxy that ends TLS. The default is false.
    /// Takes effect without a restart.
    /// </summary>
    public bool RequireHttps { get; set; }

    /// <summary>What happens with a logger never heard of. The default is Accept.</summary>
    public UnknownLoggerPolicy UnknownLoggers { get; set; } = UnknownLoggerPolicy.Accept;

    /// <summary>
    /// The largest body, as sent and inflated, in bytes. The default is 67108864 (64 MiB). Takes effect without a restart.
    /// </summary>
    public long MaxBodyBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>A measurement further ahead of the server is quarantined. The default is 24 hours.</summary>
    public TimeSpan ClockSkewAhead { get; set; } = TimeSpan.FromHours(24);

    /// <summary>A measurement before this is quarantined. The default is 2015-01-01 (UTC).</summary>
    public DateTimeOffset ClockSkewEarliest { get; set; } = new(2015, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// How far the server's clock may be behind the newest received message before gateways are answered 503; within it, a clock that is
    /// behind by more than a minute is accepted as it is. The default is 1 minute.
    /// </summary>
    public TimeSpan ClockSkewServer { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Messages that may wait for the writer. The default is 1024.</summary>
    public int QueueMessages { get; set; } = 1024;

    /// <summary>
    /// Readings that may wait for the writer; a single larger message is let in when nothing else waits. The default is 50000.
    /// </summary>
    public int QueueReadings { get; set; } = 50_000;

    /// <summary>
    /// Bytes of bodies that may be in memory at once, from their arrival to their commit, with what was read of them; a token's bodies may
    /// take as much as they leave to the others. A single larger message is let in when no other is there. The default is 167772160 (160
    /// MiB).
    /// </summary>
    public long QueueBytes { get; set; } = 160 * 1024 * 1024;

    /// <summary>When the oldest waiting message is older, new ones are answered 503. The default is 2 seconds.</summary>
    public TimeSpan QueueAge { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>What the quarantine may hold in all, compressed, in bytes. The default is 268435456 (256 MiB).</summary>
    public long QuarantineBytes { get; set; } = 256 * 1024 * 1024;

    /// <summary>What the quarantine may hold of one token, compressed, in bytes. The default is 67108864 (64 MiB).</summary>
    public long QuarantineBytesPerToken { get; set; } = 64 * 1024 * 1024;

    /// <summary>Series (channel and type) a logger may have; more are quarantined. The default is 32.</summary>
    public int MaxSeriesPerLogger { get; set; } = 32;

    /// <summary>New loggers a token may bring in one day (UTC); more are quarantined. The default is 1000.</summary>
    public int MaxNewLoggersPerTokenPerDay { get; set; } = 1000;

    /// <summary>
    /// New gateways a token may bring in one day (UTC); of more the heartbeats are quarantined and the readings belong to the token alone.
    /// The default is 100.
    /// </summary>
    public int MaxNewGatewaysPerTokenPerDay { get; set; } = 100;

    /// <summary>Raw bodies kept of each gateway. The default is 20.</summary>
    public int RawBodiesPerGateway { get; set; } = 20;

    /// <summary>
    /// What the raw bodies of all gateways may take, compressed, in bytes; those of the gateways of one token a quarter of it. The default
    /// is 67108864 (64 MiB).
    /// </summary>
    public long RawBodiesBytes { get; set; } = 64 * 1024 * 1024;
}
