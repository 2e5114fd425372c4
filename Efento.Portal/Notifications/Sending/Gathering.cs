namespace Efento.Portal.Notifications.Sending;

/// <summary>
/// Decides which deliveries of a channel are said in one message. The first one goes at once. What follows to the same recipient within
/// <see cref="Window"/> is gathered into the next message. A pure function of what is due and of what was sent.
/// </summary>
/// <param name="due">The deliveries that could be sent now, in order.</param>
/// <param name="recent">The deliveries whose message was begun within the window.</param>
/// <param name="now">The time.</param>
internal sealed class Gathering(IReadOnlyList<Delivery> due, IReadOnlyList<Delivery> recent, DateTimeOffset now)
{
    /// <summary>How long what follows a message is gathered.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    private readonly List<IReadOnlyList<Delivery>> _messages = [];
    private readonly Dictionary<Delivery, DateTimeOffset> _held = [];

    /// <summary>The deliveries of each message, the one that carries it first.</summary>
    public IReadOnlyList<IReadOnlyList<Delivery>> Messages => _messages;

    /// <summary>Those that wait, and until when.</summary>
    public IReadOnlyDictionary<Delivery, DateTimeOffset> Held => _held;

    /// <summary>Decides.</summary>
    public Gathering Run()
    {
        // Another attempt of a message says the same as the one before: its receiver knows it by its key.
        _messages.AddRange(due.Where(d => d.BegunUtc is not null).GroupBy(d => d.CarrierId ?? d.Id).Select(its => its.ToList()));
        foreach (var its in due.Where(d => d.BegunUtc is null).GroupBy(d => d.Address, StringComparer.OrdinalIgnoreCase))
        {
            // What is long over has a message of its own, and holds back nothing that goes on.
            Take([.. its.Where(d => d.Event is not DeliveryEvent.FoundLate)]);
            Take([.. its.Where(d => d.Event is DeliveryEvent.FoundLate)]);
        }

        return this;
    }

    private void Take(List<Delivery> fresh)
    {
        if (fresh.Count == 0)
        {
            return;
        }

        var others = recent
            .Where(r => string.Equals(r.Address, fresh[0].Address, StringComparison.OrdinalIgnoreCase))
            .Where(r => fresh.Exists(d => d.AlarmId != r.AlarmId))
            .Where(r => (r.Event is DeliveryEvent.FoundLate) == (fresh[0].Event is DeliveryEvent.FoundLate)).ToList();
        if (others.Count == 0 || fresh.Exists(d => now - d.DueUtc >= Window))
        {
            _messages.Add(fresh);
            return;
        }

        var until = others.Max(r => r.BegunUtc!.Value) + Window;
        foreach (var delivery in fresh)
        {
            _held[delivery] = until < delivery.DueUtc + Window ? until : delivery.DueUtc + Window;
        }
    }
}
