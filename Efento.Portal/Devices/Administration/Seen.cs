namespace Efento.Portal.Devices.Administration;

/// <summary>What somebody looked at before deciding: such as a logger or point, and how often it had been changed by then.</summary>
/// <param name="Id">The key.</param>
/// <param name="Version">Its version.</param>
public readonly record struct Seen(int Id, int Version);
