namespace Efento.Portal.Devices;

/// <summary>A gateway to be named or chosen.</summary>
/// <param name="Id">The key.</param>
/// <param name="Name">Its name.</param>
/// <param name="Serial">The serial it reports; null until it is known.</param>
/// <param name="Address">The address of its last heartbeat.</param>
public sealed record GatewayName(int Id, string Name, string? Serial, string? Address)
{
    /// <summary>Name and serial; only once if they are the same.</summary>
    public string InWords => Serial is null || Serial == Name ? Name : $"{Name} ({Serial})";
}
