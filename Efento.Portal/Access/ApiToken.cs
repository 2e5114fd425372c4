namespace Efento.Portal.Access;

/// <summary>A bearer token of the read API. Only its hash is kept.</summary>
public sealed class ApiToken
{
    /// <summary>The longest token that can be issued.</summary>
    public const int MaxLength = 256;

    /// <summary>The key.</summary>
    public int Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; set; }

    /// <summary>SHA-256 of the token.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>What it may do, separated by spaces (<see cref="ApiScopes"/>).</summary>
    public required string Scopes { get; init; }

    /// <summary>The locations it is limited to (<see cref="LocationLimit"/>); null without a limit.</summary>
    public string? Locations { get; init; }

    /// <summary>When it was issued.</summary>
    public required DateTimeOffset CreatedUtc { get; init; }

    /// <summary>When it was revoked; null while it is valid.</summary>
    public DateTimeOffset? RevokedUtc { get; set; }

    /// <summary>When it expires; null for never.</summary>
    public DateTimeOffset? ExpiresUtc { get; set; }

    /// <summary>A note about it.</summary>
    public string? Note { get; set; }

    /// <summary>When it was last used, to the minute; null if it never was.</summary>
    public DateTimeOffset? LastUsedUtc { get; set; }

    /// <summary>The address it was last used from.</summary>
    public string? LastUsedAddress { get; set; }

    /// <summary>Counts changes, so that a change made to an outdated version is rejected.</summary>
    public int Version { get; set; }
}

/// <summary>What an API token may be allowed.</summary>
internal static class ApiScopes
{
    /// <summary>Loggers, readings and arrivals.</summary>
    public const string MeasurementsRead = "measurements.read";

    /// <summary>Gateways.</summary>
    public const string GatewaysRead = "gateways.read";

    /// <summary>Alarms and their history.</summary>
    public const string AlarmsRead = "alarms.read";

    /// <summary>Acknowledge alarms.</summary>
    public const string AlarmsAcknowledge = "alarms.acknowledge";

    /// <summary>Rules of alarms.</summary>
    public const string RulesRead = "rules.read";

    /// <summary>Change the rules of alarms.</summary>
    public const string RulesWrite = "rules.write";

    /// <summary>Turning maintenance on and off, planning it, and seeing whether it is on.</summary>
    public const string MaintenanceWrite = "maintenance.write";

    /// <summary>Who was told of alarms, and by which address. It names people, so it has to be granted by its own name.</summary>
    public const string DeliveriesRead = "deliveries.read";

    /// <summary>Figures of how the portal fares. They concern the whole site.</summary>
    public const string MetricsRead = "metrics.read";

    /// <summary>All read scopes but <see cref="DeliveriesRead"/>, including future ones. The set-up token has it.</summary>
    public const string AllReads = "*.read";

    /// <summary>What the set-up token of an operator has.</summary>
    public const string OfOperator = $"{AllReads} {AlarmsAcknowledge} {RulesWrite}";

    /// <summary>Each scope by itself.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        MeasurementsRead, GatewaysRead, AlarmsRead, AlarmsAcknowledge, RulesRead, RulesWrite, DeliveriesRead, MetricsRead, MaintenanceWrite,
    ];

    /// <summary>Whether there is such a scope.</summary>
    public static bool IsKnown(string scope) => scope == AllReads || All.Contains(scope);

    /// <summary>
    /// The first of these scopes that concerns the whole site and so can't be limited to locations; null if there is none.
    /// </summary>
    public static string? OfWholeSite(IEnumerable<string> scopes) =>
        scopes.FirstOrDefault(scope => scope is MaintenanceWrite or RulesWrite or MetricsRead);

    /// <summary>Whether a token with <paramref name="granted"/> scopes may do what needs <paramref name="scope"/>.</summary>
    public static bool Allow(string granted, string scope) =>
        granted.Split(' ').Any(g => g == scope || (g == AllReads && IsOfAllReads(scope)));

    private static bool IsOfAllReads(string scope) => scope.EndsWith(".read", StringComparison.Ordinal) && scope != DeliveriesRead;
}
