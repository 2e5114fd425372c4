namespace Efento.Portal.Simulation.Sensors;

/// <summary>
/// A sensor that delivers a fixed value for a while after an event of which nobody knows the time in advance. What was measured before
/// does not depend on it.
/// </summary>
/// <param name="Inner">The sensor at all other times.</param>
/// <param name="Event">The event.</param>
/// <param name="Lasting">How long it lasts.</param>
/// <param name="Instead">The value in that time.</param>
internal sealed record Sudden(SensorModel Inner, Onset Event, TimeSpan Lasting, SensorValue Instead) : SensorModel(Inner.Type)
{
    /// <inheritdoc/>
    public override SensorValue At(ulong seed, DateTimeOffset time) =>
        Event.IsWithin(Lasting, time) ? Instead : Inner.At(seed, time);
}
