using Efento.Portal.Access;
using Efento.Portal.Alarms;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Notifications.Telling;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications.Drills;

/// <summary>Who is told in a drill: those who would be told of an alarm now, and may see it.</summary>
internal sealed class DrillCalls(NotificationDirectory directory, LocationDirectory locations)
{
    /// <summary>Finds out who is told, and of what.</summary>
    /// <param name="db">The transaction.</param>
    /// <param name="wish">What is wanted.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Who is told; null if the chain or the point is gone.</returns>
    public async Task<DrillAudience?> FindAsync(PortalDbContext db, DrillWish wish, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var book = directory.Book;
        var chain = wish.Chain is { } key ? book.Chains.FirstOrDefault(c => c.Key == key) : null;
        var point = wish.PointId is { } id ? await db.MeasuringPoints.SingleOrDefaultAsync(p => p.Id == id, cancellationToken) : null;
        if ((wish.Chain is not null && chain is null) || (wish.PointId is not null && point is null))
        {
            return null;
        }

        var (level, locationId) = chain is null ? (wish.Level, point?.LocationId) : (chain.Level, chain.LocationId);
        var calls = chain is null
            ? Appointments.Of(book, level, locationId, locations.Tree, now)
            : Appointments.OfChain(book, chain, now);
        var accounts = await Audience.AccountsAsync(db, cancellationToken);
        var told = calls.Where(c => MayHear(accounts, c.Target.Address, locationId));
        return new(
            level, point?.Name, [.. wish.IsAtOnce ? told.DistinctBy(c => c.Target) : told.DistinctBy(c => (c.Target, c.AfterMs))]);
    }

    private bool MayHear(IReadOnlyDictionary<string, User> accounts, string? address, int? locationId) =>
        address is null
        || !accounts.TryGetValue(address, out var account)
        || (account.DisabledUtc is null && SiteScope.Of(LocationLimit.Parse(account.Locations), locations).SeesLocation(locationId));
}

/// <summary>Who is told in a drill.</summary>
/// <param name="Level">The level of the alarm that it stands for.</param>
/// <param name="Point">The name of the point; null if there is none.</param>
/// <param name="Calls">Who is told, and after how long.</param>
internal sealed record DrillAudience(AlarmLevel Level, string? Point, IReadOnlyList<Appointment> Calls);
