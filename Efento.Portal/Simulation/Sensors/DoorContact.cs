namespace Efento.Portal.Simulation.Sensors;

/// <summary>A door's contact: "open" or "closed". Beside a <see cref="FridgeTemperature"/> it is the same door.</summary>
internal sealed record DoorContact() : SensorModel("open-close")
{
    /// <inheritdoc/>
    public override SensorValue At(ulong seed, DateTimeOffset time) =>
        SensorValue.Of(DoorOpenings.IsOpen(seed, time) ? "open" : "closed");
}
