using Efento.Portal.Ingest.Payload;

namespace Efento.Portal.Ingest;

/// <summary>Which items of the quarantine are wanted; what is null does not count.</summary>
/// <param name="GatewayId">Of this gateway; 0 for items nobody knows the gateway of.</param>
/// <param name="Reason">Set aside for this reason.</param>
/// <param name="SinceUtc">That came at this time or later.</param>
/// <param name="BeforeUtc">That have not come since this time.</param>
/// <param name="IsReadAgain">Those that were read again, instead of those that wait.</param>
public sealed record QuarantineFilter(
    int? GatewayId = null, RejectReason? Reason = null, DateTimeOffset? SinceUtc = null, DateTimeOffset? BeforeUtc = null, bool IsReadAgain = false)
{
    internal IQueryable<QuarantineItem> On(IQueryable<QuarantineItem> items)
    {
        items = IsReadAgain ? items.Where(q => q.ReadAgainMs != null) : items.Where(q => q.ReadAgainMs == null);
        if (GatewayId is { } gatewayId)
        {
            items = gatewayId == 0 ? items.Where(q => q.GatewayId == null) : items.Where(q => q.GatewayId == gatewayId);
        }

        if (Reason is { } reason)
        {
            items = items.Where(q => q.Reason == reason);
        }

        if (SinceUtc?.ToUnixTimeMilliseconds() is { } since)
        {
            items = items.Where(q => q.LastMs >= since);
        }

        return BeforeUtc?.ToUnixTimeMilliseconds() is { } before ? items.Where(q => q.LastMs < before) : items;
    }
}
