using Efento.Portal.Access;
using Efento.Portal.Ingest;
using Efento.Portal.Transport;

namespace Efento.Portal.Configuration;

/// <summary>Everything under <c>Portal:</c>; appsettings.Example.json holds each setting with its default.</summary>
public sealed class PortalOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Portal";

    /// <summary>
    /// The directory of the database and everything else that the portal stores, relative to the working directory. The default is "data".
    /// </summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>
    /// The address at which people open the portal, such as https://portal.example.com: links in messages begin with it. The default is
    /// null: the address on the settings page counts.
    /// </summary>
    public string? PublicAddress { get; set; }

    /// <summary>The endpoints for gateways.</summary>
    public IngestOptions Ingest { get; set; } = new();

    /// <summary>How long users stay signed in, and which proxies are trusted.</summary>
    public AccessOptions Access { get; set; } = new();

    /// <summary>HTTPS by the portal itself.</summary>
    public TlsOptions Tls { get; set; } = new();

    /// <summary>How long data is kept.</summary>
    public RetentionOptions Retention { get; set; } = new();

    /// <summary>The feeds that send measurements on to other programs. The default is none.</summary>
    public OutgoingOptions[] Outgoing { get; set; } = [];

    /// <summary>Backups that the portal makes by itself, and the passphrase of all.</summary>
    public BackupOptions Backup { get; set; } = new();

    /// <summary>What others may see of how the portal fares.</summary>
    public TelemetryOptions Telemetry { get; set; } = new();

    /// <summary>Unattended set-up of an empty database.</summary>
    public SetupOptions Setup { get; set; } = new();
}

/// <summary>How long data is kept.</summary>
public sealed class RetentionOptions
{
    /// <summary>How long the ledger of messages is kept. The default is 30 days. Readings keep their time of receipt beyond that.</summary>
    public TimeSpan Ledger { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long readings are kept, by the time they were measured. The default is null: for ever.</summary>
    public TimeSpan? Readings { get; set; }
}

/// <summary>
/// Tokens, the administrator, rules and notifications that are made on the first start, when the database is empty. Ignored afterwards.
/// </summary>
public sealed class SetupOptions
{
    /// <summary>The token a gateway sends as X-Api-Token, 1 to 36 printable characters. The default is null: none is made.</summary>
    public string? GatewayToken { get; set; }

    /// <summary>A token for the read API with all read scopes. The default is null: none is made.</summary>
    public string? ApiToken { get; set; }

    /// <summary>
    /// A token for the API with all read scopes that also acknowledges alarms and writes rules. The default is null: none is made.
    /// </summary>
    public string? OperatorApiToken { get; set; }

    /// <summary>
    /// The path of a file with rules of alarms, as docs/alarms.md describes it. The default is null: there are the built-in rules alone.
    /// </summary>
    public string? Rules { get; set; }

    /// <summary>
    /// The path of a file that says who is told of alarms, as docs/notifications.md describes it. The default is null: nobody is told.
    /// </summary>
    public string? Notifications { get; set; }

    /// <summary>The first administrator's e-mail address. The default is null: a link in the log leads to the set-up.</summary>
    public string? AdminEmail { get; set; }

    /// <summary>The first administrator's password. The default is null.</summary>
    public string? AdminPassword { get; set; }
}
