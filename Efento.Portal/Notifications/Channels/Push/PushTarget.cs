namespace Efento.Portal.Notifications.Channels.Push;

/// <summary>A device that a message goes to.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Name">Its name for conversations.</param>
/// <param name="Endpoint">Where its push service takes messages for it.</param>
/// <param name="P256dh">Its public key, in Base64 for URLs.</param>
/// <param name="Auth">Its authentication secret, in Base64 for URLs.</param>
internal sealed record PushTarget(int Id, string Name, string Endpoint, string P256dh, string Auth);

/// <summary>All that is needed to reach somebody's devices.</summary>
/// <param name="Keys">The portal's keys.</param>
/// <param name="Contact">Where push services find out whose messages these are: an address of HTTPS; null if there is none.</param>
/// <param name="Devices">The devices.</param>
internal sealed record PushRoute(VapidKeys Keys, string? Contact, IReadOnlyList<PushTarget> Devices);

/// <summary>What became of a message to a device.</summary>
internal enum PushFate : byte
{
    /// <summary>Its push service took the message.</summary>
    Accepted,

    /// <summary>It did not.</summary>
    Failed,

    /// <summary>Its push service does not know the device any more.</summary>
    Gone,
}
