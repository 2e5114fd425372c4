using System.Globalization;
using Efento.Portal.Access;
using Efento.Portal.Ingest;

namespace Efento.Portal.Configuration;

/// <summary>The allowed values of a setting.</summary>
/// <param name="MustBe">The allowed values in words.</param>
/// <param name="IsAllowed">Checks a value of the setting's type; for a list, each of its values.</param>
internal sealed record SettingRule(string MustBe, Predicate<object> IsAllowed)
{
    /// <summary>Whether it may be left empty.</summary>
    public bool MayBeNone { get; init; }

    /// <summary>Whether its value must not be shown.</summary>
    public bool IsSecret { get; init; }
}

/// <summary>The rule of each setting.</summary>
internal static class SettingRules
{
    private const long KiB = 1024, GiB = 1024 * 1024 * KiB, TiB = 1024 * GiB;
    private const string HeaderMarks = "!#$%&'*+-.^_`|~";

    private static readonly Dictionary<string, SettingRule> ByKey = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Portal:DataDirectory"] = new(
            "the path of a directory", v => v is string path && !string.IsNullOrWhiteSpace(path) && !path.Any(char.IsControl)),
        ["Portal:PublicAddress"] =
            new(AddressText.MustBe, v => v is string text && AddressText.Read(text) is not null) { MayBeNone = true },
        ["Portal:Ingest:MeasurementPaths"] = GatewayPathRule.Syntax,
        ["Portal:Ingest:HeartbeatPaths"] = GatewayPathRule.Syntax,
        ["Portal:Ingest:GatewaySerialHeader"] = new(
            $"the name of a header other than X-Api-Token: 1 to 100 letters, digits or {HeaderMarks}", v =>
                v is string name && IsHeader(name)),
        ["Portal:Ingest:UnknownLoggers"] = new(
            string.Join(", ", Enum.GetNames<UnknownLoggerPolicy>()[..^1]) + " or " + Enum.GetNames<UnknownLoggerPolicy>()[^1], _ => true),
        ["Portal:Ingest:MaxBodyBytes"] = Whole(1, GiB, "bytes"),
        ["Portal:Ingest:ClockSkewAhead"] = Duration(TimeSpan.FromSeconds(1), TimeSpan.FromDays(3650)),
        ["Portal:Ingest:ClockSkewEarliest"] = new(
            "a date and time with its offset, such as 2015-01-01T00:00:00Z, from 1970 to 2099", v =>
                v is DateTimeOffset { Year: >= 1970 and < 2100 }),
        ["Portal:Ingest:ClockSkewServer"] = Duration(TimeSpan.FromSeconds(1), TimeSpan.FromDays(36500)),
        ["Portal:Ingest:QueueMessages"] = Whole(1, 1_000_000, "messages"),
        ["Portal:Ingest:QueueReadings"] = Whole(1, 100_000_000, "readings"),
        ["Portal:Ingest:QueueBytes"] = Whole(1, 64 * GiB, "bytes"),
        ["Portal:Ingest:QueueAge"] = Duration(TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1)),
        ["Portal:Ingest:QuarantineBytes"] = Whole(0, TiB, "bytes"),
        ["Portal:Ingest:QuarantineBytesPerToken"] = Whole(0, TiB, "bytes"),
        ["Portal:Ingest:MaxSeriesPerLogger"] = Whole(1, 10_000, "series"),
        ["Portal:Ingest:MaxNewLoggersPerTokenPerDay"] = Whole(0, 1_000_000, "loggers"),
        ["Portal:Ingest:MaxNewGatewaysPerTokenPerDay"] = Whole(0, 1_000_000, "gateways"),
        ["Portal:Ingest:RawBodiesPerGateway"] = Whole(0, 1_000, "bodies"),
        ["Portal:Ingest:RawBodiesBytes"] = Whole(0, TiB, "bytes"),
        ["Portal:Access:TrustedProxies"] = new(
            "an address or a network such as 10.0.0.0/24", v => v is string proxy && Networks.Read(proxy) is not null),
        ["Portal:Ingest:RequireHttps"] = new("true or false", _ => true),
        ["Portal:Tls:CertificatePath"] = FilePath(),
        ["Portal:Tls:KeyPath"] = FilePath(),
        ["Portal:Tls:Password"] = new("the password of the key", _ => true) { MayBeNone = true, IsSecret = true },
        ["Portal:Tls:Url"] = new("an address to listen at with HTTPS, such as https://0.0.0.0:5443", v => v is string url && IsHttps(url)) { MayBeNone = true },
        ["Portal:Tls:Hsts"] = Duration(TimeSpan.FromSeconds(1), TimeSpan.FromDays(36500)) with { MayBeNone = true },
        ["Portal:Access:IdleTimeout"] = Duration(TimeSpan.FromMinutes(5), TimeSpan.FromDays(30)),
        ["Portal:Access:SessionLifetime"] = Duration(TimeSpan.FromHours(1), TimeSpan.FromDays(365)),
        ["Portal:Retention:Ledger"] = Duration(TimeSpan.FromHours(1), TimeSpan.FromDays(36500)),
        ["Portal:Retention:Readings"] = Duration(TimeSpan.FromDays(1), TimeSpan.FromDays(36500)) with { MayBeNone = true },
        ["Portal:Outgoing"] = new(OutgoingRule.MustBe, _ => true),
        ["Portal:Backup:Directory"] = new("the path of a directory", v => v is string path && !string.IsNullOrWhiteSpace(path) && !path.Any(char.IsControl)) { MayBeNone = true },
        ["Portal:Backup:TimeOfDay"] = Duration(TimeSpan.Zero, new TimeSpan(23, 59, 59)),
        ["Portal:Backup:PassphraseFile"] = FilePath(),
        ["Portal:Backup:KeepDaily"] = Whole(1, 1_000, "days"),
        ["Portal:Backup:KeepWeekly"] = Whole(0, 1_000, "weeks"),
        ["Portal:Backup:KeepMonthly"] = Whole(0, 1_000, "months"),
        ["Portal:Telemetry:MetricsNetworks"] = new(
            "an address or a network such as 10.0.0.0/24", v => v is string network && Networks.Read(network) is not null),
        ["Portal:Telemetry:OtlpEndpoint"] =
            new("an address such as http://127.0.0.1:4318", v => v is string address && IsHttp(address)) { MayBeNone = true },
        ["Portal:Telemetry:OtlpProtocol"] = new("Http or Grpc", _ => true),
        ["Portal:Telemetry:OtlpHeaders"] = new(
            "names and values such as \"Authorization=Bearer abc\", separated by commas",
            v => v is string headers && headers.Split(',').All(header => header.IndexOf('=') > 0 && !header.Any(char.IsControl)))
        { MayBeNone = true, IsSecret = true },
        ["Portal:Telemetry:OtlpInterval"] = Duration(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
        ["Portal:Telemetry:Log"] = new("Text or Json", _ => true),
        ["Portal:Setup:GatewayToken"] = Token(GatewayToken.MaxLength),
        ["Portal:Setup:ApiToken"] = Token(ApiToken.MaxLength),
        ["Portal:Setup:OperatorApiToken"] = Token(ApiToken.MaxLength),
        ["Portal:Setup:Rules"] = FilePath(),
        ["Portal:Setup:Notifications"] = FilePath(),
        ["Portal:Setup:AdminEmail"] = new("an e-mail address", v => v is string email && EmailText.IsAddress(email)) { MayBeNone = true },
        ["Portal:Setup:AdminPassword"] = new("a password of at least 12 characters", v => v is string { Length: >= 12 }) { MayBeNone = true, IsSecret = true },
    };

    /// <summary>The keys that have a rule.</summary>
    public static IReadOnlyCollection<string> Keys => ByKey.Keys;

    /// <summary>The rule of a setting.</summary>
    public static SettingRule Of(string key) => ByKey[key];

    private static SettingRule Whole(long from, long to, string unit) => new(
        $"a whole number from {from} to {to} ({unit})",
        v => Convert.ToInt64(v, CultureInfo.InvariantCulture) is var number && number >= from && number <= to);

    private static SettingRule Duration(TimeSpan from, TimeSpan to) => new(
        $"a duration as d.hh:mm:ss from {from:g} to {to:g}",
        v => v is TimeSpan duration && duration >= from && duration <= to);

    private static SettingRule Token(int longest) => new(
        $"1 to {longest} printable ASCII characters without spaces",
        v => v is string token && TokenText.IsAllowed(token, longest))
    { MayBeNone = true, IsSecret = true };

    private static SettingRule FilePath() =>
        new("the path of a file", v => v is string path && !string.IsNullOrWhiteSpace(path) && !path.Any(char.IsControl)) { MayBeNone = true };

    private static bool IsHttp(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

    private static bool IsHttps(string url) =>
        url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) && SettingsCheck.IsListenable(url);

    private static bool IsHeader(string name) =>
        name.Length is >= 1 and <= 100
        && name.All(c => char.IsAsciiLetterOrDigit(c) || HeaderMarks.Contains(c))
        && !name.Equals("X-Api-Token", StringComparison.OrdinalIgnoreCase);
}
