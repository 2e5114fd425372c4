namespace Efento.Portal.Devices.Administration;

/// <summary>What a user saw before deciding: for example a logger or a point, with its version at that time.</summary>
/// <param name="Id">The key.</param>
/// <param name="Version">Its version.</param>
public readonly record struct Seen(int Id, int Version);
