namespace Efento.Portal.Access;

/// <summary>The time zones a site may be in: IANA names.</summary>
internal static class SiteZones
{
    /// <summary>Every zone this machine knows, by name, its own included: that is not always among those that the system lists.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. TimeZoneInfo.GetSystemTimeZones().Select(Iana).OfType<string>().Append(Local).Distinct().Order(StringComparer.Ordinal)
    ];

    /// <summary>The machine's own; UTC if it has no name.</summary>
    public static string Local => Iana(TimeZoneInfo.Local) ?? "Etc/UTC";

    private static string? Iana(TimeZoneInfo zone) =>
        zone.HasIanaId ? zone.Id : TimeZoneInfo.TryConvertWindowsIdToIanaId(zone.Id, out var iana) ? iana : null;
}
