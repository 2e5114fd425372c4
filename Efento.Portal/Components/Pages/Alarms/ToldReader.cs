using Efento.Portal.Components.Words;
using Efento.Portal.Notifications;

namespace Efento.Portal.Components.Pages.Alarms;

/// <summary>
/// What somebody reads of who was told. Mail addresses, phone numbers and the names of topics are for administrators and auditors, and for
/// the person whose they are. Everybody else reads a name and a kind of channel, which is enough to know whom to ask.
/// </summary>
/// <param name="SeesAddresses">Whether they see the addresses of others.</param>
/// <param name="Own">Their own address; null if they have none.</param>
/// <param name="Book">The channels.</param>
internal sealed record ToldReader(bool SeesAddresses, string? Own, NotificationBook Book)
{
    /// <summary>Who was told, through what.</summary>
    public string Who(Delivery its) => (its.Address, Sees(its)) switch
    {
        (null, true) => its.Channel,
        (null, false) => KindOf(its),
        ({ } address, true) => $"{address} · {its.Channel}",
        ({ } address, false) => $"{NameOf(address)} · {KindOf(its)}",
    };

    /// <summary>What the server answered, which may name addresses and devices.</summary>
    public string? Answer(Delivery its) => Sees(its) ? its.Answer : null;

    private bool Sees(Delivery its) =>
        SeesAddresses || (its.Address is not null && string.Equals(its.Address, Own, StringComparison.OrdinalIgnoreCase));

    /// <summary>People have no other name than what stands before the @ of their address.</summary>
    private static string NameOf(string address) => address.Split('@')[0];

    private string KindOf(Delivery its) =>
        Book.Channels.GetValueOrDefault(its.Channel) is { } channel ? DeliveryWords.Kind(channel.Row.Kind) : AlarmsText.ToldRemoved;
}
