using Efento.Portal.Access.Audit;
using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Efento.Portal.Texts;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access;

/// <summary>Changes what an administrator can set of the site. What somebody else changed in the meantime is not overwritten.</summary>
internal sealed class SiteSettings(WriteGate gate, AuditTrail audit, PeopleDirectory people)
{
    /// <summary>Changes name, time zone and language.</summary>
    /// <param name="actor">Who decides.</param>
    /// <param name="seen">What they were when the user began.</param>
    /// <param name="wanted">What they are to be.</param>
    /// <param name="cancellationToken">Cancels the change before anything is written.</param>
    /// <returns>The faults; empty if it is done or nothing needed to change.</returns>
    public Task<IReadOnlyList<AccessFault>> ChangeAsync(
        Actor actor, SiteFacts seen, SiteFacts wanted, CancellationToken cancellationToken = default)
    {
        var tidy = wanted with { Name = wanted.Name.Trim() };
        return tidy.Faults() is { Count: > 0 } faults
            ? Task.FromResult(faults)
            : ChangeAsync(actor, "site changed", SiteFacts.Of, seen, tidy, tidy.ApplyTo, cancellationToken);
    }

    /// <summary>Changes the public address.</summary>
    /// <param name="actor">Who decides.</param>
    /// <param name="seen">What it was when the user began; null for none.</param>
    /// <param name="wanted">What it is to be; null or empty for none.</param>
    /// <param name="cancellationToken">Cancels the change before anything is written.</param>
    /// <returns>The faults; empty if it is done or nothing needed to change.</returns>
    public Task<IReadOnlyList<AccessFault>> SetAddressAsync(
        Actor actor, string? seen, string? wanted, CancellationToken cancellationToken = default)
    {
        var address = AddressText.Read(wanted) is { } read ? AddressText.Of(read) : null;
        return address is null && !string.IsNullOrWhiteSpace(wanted)
            ? Task.FromResult<IReadOnlyList<AccessFault>>([AccessFaultKind.PublicAddress])
            : ChangeAsync(
                actor, "public address changed", site => site.PublicAddress, seen, address, site => site.PublicAddress = address,
                cancellationToken);
    }

    private async Task<IReadOnlyList<AccessFault>> ChangeAsync<T>(
        Actor actor, string action, Func<Site, T> read, T seen, T wanted, Action<Site> apply, CancellationToken cancellationToken)
    {
        var faults = await gate.WriteAsync<IReadOnlyList<AccessFault>>(
            async db =>
            {
                var site = await db.Sites.SingleAsync(cancellationToken);
                var old = read(site);
                if (!Equals(old, seen))
                {
                    return [AccessFaultKind.SiteChanged];
                }

                if (!Equals(old, wanted))
                {
                    var subject = site.Name;
                    apply(site);
                    site.Version++;
                    await audit.AddAsync(
                        db, actor, new AuditNote(action, subject, old?.ToString(), wanted?.ToString()), cancellationToken);
                }

                return [];
            },
            cancellationToken);
        await people.ReloadAsync(cancellationToken);
        return faults;
    }
}

/// <summary>What a site is called and how it tells time and speaks.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TimeZone">Its time zone, an IANA name.</param>
/// <param name="Language">Its language: en or pl.</param>
internal sealed record SiteFacts(string Name, string TimeZone, string Language)
{
    /// <summary>Those of a site.</summary>
    public static SiteFacts Of(Site site) => new(site.Name, site.TimeZone, site.Language);

    /// <summary>Why they can't be so; empty if they can.</summary>
    public IReadOnlyList<AccessFault> Faults() =>
    [
        .. Name.Length is > 0 and <= Site.MostLetters && !Name.Any(char.IsControl) ? [] : (AccessFault[])[AccessFaultKind.SiteName],
        .. SiteZones.All.Contains(TimeZone) && Languages.Has(Language) ? [] : (AccessFault[])[AccessFaultKind.SiteLists],
    ];

    /// <summary>Gives them to a site.</summary>
    public void ApplyTo(Site site) => (site.Name, site.TimeZone, site.Language) = (Name, TimeZone, Language);

    /// <summary>As the audit trail writes them.</summary>
    public override string ToString() => $"{Name}, {TimeZone}, {Language}";
}
