namespace Efento.Portal.Access;

/// <summary>A bearer token of the read API. Only its hash is kept.</summary>
public sealed class ApiToken
{
    /// <summary>The longest token that can be issued.</summary>
    public const int MaxLength = 256;

    /// <summary>The key.</summary>
    public int Id { get; init; }

    /// <summary>What people call it.</summary>
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

    /// <summary>Until when it is valid; null for ever.</summary>
    public DateTimeOffset? ExpiresUtc { get; set; }

    /// <summary>What people want to remember of it.</summary>
    public string? Note { get; set; }

    /// <summary>When it was last used, to the minute.</summary>
    public DateTimeOffset? LastUsedUtc { get; set; }

    /// <summary>The address it was last used from.</summary>
    public string? LastUsedAddress { get; set; }

    /// <summary>Counts changes, so that nobody overwrites what they have not seen.</summary>
    public int Version { get; set; }
}

/// <summary>What an API token may be allowed.</summary>
public static class ApiScopes
{
    /// <summary>Loggers, readings and arrivals.</summary>
    public const string MeasurementsRead = "measurements.read";

    /// <summary>Gateways.</summary>
    public const string GatewaysRead = "gateways.read";

    /// <summary>Alarms and their history.</summary>
    public const string AlarmsRead = "alarms.read";

    /// <summary>Acknowledge alarms.</summary>
    public const string AlarmsAcknowledge = "alarms.acknowledge";

    /// <summary>Turning maintenance on and off, planning it, and seeing whether it is on.</summary>
    public const string MaintenanceWrite = "maintenance.write";

    /// <summary>Every read scope, those to come included: what the set-up token has.</summary>
    public const string AllReads = "*.read";

    /// <summary>Each scope by itself.</summary>
    public static IReadOnlyList<string> All { get; } = [MeasurementsRead, GatewaysRead, AlarmsRead, AlarmsAcknowledge, MaintenanceWrite];

    /// <summary>Whether there is such a scope.</summary>
    public static bool IsKnown(string scope) => scope == AllReads || All.Contains(scope);

    /// <summary>The first scope of these that concerns the whole site, which nobody limited to locations may have; null if none does.</summary>
    public static string? OfWholeSite(IEnumerable<string> scopes) => scopes.FirstOrDefault(scope => scope is MaintenanceWrite);

    /// <summary>Whether a token with <paramref name="granted"/> scopes may do what needs <paramref name="scope"/>.</summary>
    public static bool Allow(string granted, string scope) =>
        granted.Split(' ').Any(g => g == scope || (g == AllReads && scope.EndsWith(".read", StringComparison.Ordinal)));
}
