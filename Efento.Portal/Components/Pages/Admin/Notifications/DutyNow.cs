using Efento.Portal.Notifications;

namespace Efento.Portal.Components.Pages.Admin.Notifications;

/// <summary>Who is on duty by a rota.</summary>
/// <param name="Rota">The key of the rota.</param>
/// <param name="Person">Who is on duty now.</param>
/// <param name="UntilUtc">Until when; null if nobody else ever is.</param>
/// <param name="Next">Who is next; null if nobody else ever is.</param>
public sealed record DutyNow(string Rota, string Person, DateTimeOffset? UntilUtc, string? Next)
{
    /// <summary>Who is on duty by a rota at a time.</summary>
    internal static DutyNow Of(NotificationRota rota, DateTimeOffset now)
    {
        var next = rota.NextAfter(now);
        return new(rota.Key, rota.OnDutyAt(now), next?.AtUtc, next?.Person);
    }
}
