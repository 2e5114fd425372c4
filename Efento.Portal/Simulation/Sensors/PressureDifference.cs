namespace Efento.Portal.Simulation.Sensors;

/// <summary>
/// How far the pressure in a clean room is above that of the corridor: about 15 Pa, almost none while its door is open. Pa, 1.
/// </summary>
public sealed record PressureDifference() : SensorModel("pressure_diff")
{
    private const double OpenDoorShare = 0.15;

    /// <inheritdoc/>
    public override SensorValue At(ulong seed, DateTimeOffset time)
    {
        var pascal = Trait(seed, 1, 14, 17) + (1.5 * DeterministicNoise.Smooth(seed + 1, time, TimeSpan.FromMinutes(6)));
        return SensorValue.Of(Math.Round(DoorOpenings.IsOpen(seed, time) ? OpenDoorShare * pascal : pascal));
    }
}
