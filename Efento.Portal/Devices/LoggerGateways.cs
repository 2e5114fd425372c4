using Efento.Portal.Measurements;

namespace Efento.Portal.Devices;

/// <summary>
/// The gateways that hear a logger, with the report of its newest record through each. Only the writer changes it; any thread may read it
/// at any time.
/// </summary>
public sealed class LoggerGateways
{
    /// <summary>The most gateways that are remembered: those heard last.</summary>
    internal const int Most = 8;

    /// <summary>A gateway whose last record is older than the newest one by more than this no longer counts.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromDays(1);

    private volatile LoggerContact[] _contacts = [];
    private volatile int _version;

    /// <summary>Changes whenever the result of <see cref="Now"/> changes.</summary>
    internal int Version => _version;

    /// <summary>
    /// The last report through each gateway that brought something within a day before the newest record, or within three intervals if that
    /// is longer. The gateway heard last comes first.
    /// </summary>
    /// <param name="receipts">The times of receipt of messages.</param>
    public IReadOnlyList<LoggerContact> Now(ReceiptTimes receipts)
    {
        var contacts = _contacts;
        if (contacts.Length <= 1)
        {
            return contacts;
        }

        var newest = contacts.MaxBy(c => c.MessageId)!;
        var since = receipts.ReceivedMs(newest.MessageId) - (long)Math.Max(Shortest.TotalMilliseconds, 3_000.0 * newest.IntervalSeconds);
        return [.. contacts.Where(c => receipts.ReceivedMs(c.MessageId) >= since).OrderByDescending(c => c.MessageId)];
    }

    /// <summary>Notes the report of a committed record. It is ignored if the gateway is not known.</summary>
    internal void Note(LoggerContact contact)
    {
        if (contact.GatewayId is null)
        {
            return;
        }

        var contacts = _contacts;
        for (var i = 0; i < contacts.Length; i++)
        {
            if (contacts[i].GatewayId == contact.GatewayId)
            {
                if (IsNewer(contact, contacts[i]))
                {
                    contacts[i] = contact;
                    _version++;
                }

                return;
            }
        }

        _contacts = [contact, .. contacts.OrderByDescending(c => c.MessageId).Take(Most - 1)];
        _version++;
    }

    /// <summary>Restores the report of a gateway from the ledger, if none is known yet.</summary>
    internal void Restore(LoggerContact contact)
    {
        if (!Array.Exists(_contacts, c => c.GatewayId == contact.GatewayId))
        {
            Note(contact);
        }
    }

    /// <summary>Whether a record came with a later message, or with the same one and was measured later.</summary>
    private static bool IsNewer(LoggerContact contact, LoggerContact known) =>
        (contact.MessageId, contact.MeasuredAtMs).CompareTo((known.MessageId, known.MeasuredAtMs)) >= 0;
}
