using Efento.Portal.Ingest.Payload;

namespace Efento.Portal.Ingest.Quarantine;

/// <summary>Selects items of the quarantine. A part of the filter that is null selects all items.</summary>
/// <param name="GatewayId">Items of this gateway; 0 selects items without a known gateway.</param>
/// <param name="Reason">Items that were set aside for this reason.</param>
/// <param name="SinceUtc">Items that came at this time or later.</param>
/// <param name="BeforeUtc">Items that came for the last time before this time.</param>
/// <param name="IsReadAgain">Whether to select items that were read again instead of those that wait.</param>
internal sealed record QuarantineFilter(
    int? GatewayId = null, RejectReason? Reason = null, DateTimeOffset? SinceUtc = null, DateTimeOffset? BeforeUtc = null,
    bool IsReadAgain = false)
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
