using Efento.Portal.Devices;
using Efento.Portal.Notifications.Channels;

namespace Efento.Portal.Notifications.Sending;

/// <summary>Writes messages of deliveries that tell of no alarm.</summary>
internal interface IOtherMessages
{
    /// <summary>What they tell.</summary>
    DeliveryEvent Event { get; }

    /// <summary>Writes the message as it is true now.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="reader">Who reads it.</param>
    /// <param name="scope">What they may see.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<OtherMessage> WriteAsync(Delivery delivery, Reader reader, SiteScope scope, CancellationToken cancellationToken);
}

/// <summary>A message that tells of no alarm.</summary>
/// <param name="Message">The message; null if it is not sent any more.</param>
/// <param name="End">Why it is not; null if it is.</param>
internal sealed record OtherMessage(OutgoingMessage? Message, DeliveryEnd? End);
