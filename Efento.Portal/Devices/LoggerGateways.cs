using Efento.Portal.Measurements;

namespace Efento.Portal.Devices;

/// <summary>
/// Through which gateways a logger is heard: what its newest record through each of them said. The writer alone changes it; anybody may read it at
/// any time.
/// </summary>
public sealed class LoggerGateways
{
    /// <summary>Of more gateways the ones heard last are remembered.</summary>
    internal const int Most = 8;

    /// <summary>What a gateway brought so long before the last one is no longer news.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromDays(1);

    private volatile LoggerContact[] _contacts = [];
    private volatile int _version;

    /// <summary>Becomes another one after each change of what <see cref="Now"/> tells.</summary>
    internal int Version => _version;

    /// <summary>
    /// What it said through each gateway that brought something within a day before it was heard last, or within three of its intervals if that is
    /// longer; the gateway heard last comes first.
    /// </summary>
    /// <param name="receipts">When messages were received.</param>
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

    /// <summary>Takes the word of a committed record; of no use if nothing tells through which gateway it came.</summary>
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

    /// <summary>Takes what the ledger tells of a gateway nothing is known of yet.</summary>
    internal void Restore(LoggerContact contact)
    {
        if (!Array.Exists(_contacts, c => c.GatewayId == contact.GatewayId))
        {
            Note(contact);
        }
    }

    /// <summary>A record that came later, or one measured later that came with the same message.</summary>
    private static bool IsNewer(LoggerContact contact, LoggerContact known) =>
        (contact.MessageId, contact.MeasuredAtMs).CompareTo((known.MessageId, known.MeasuredAtMs)) >= 0;
}
