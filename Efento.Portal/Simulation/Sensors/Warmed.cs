namespace Efento.Portal.Simulation.Sensors;

/// <summary>
/// A temperature with a disturbance, such as a door left ajar or failed cooling. It rises exponentially towards the excess, as bodies warm,
/// and falls back the same way. °C, 0.1.
/// </summary>
/// <param name="Inner">The temperature without the disturbance.</param>
/// <param name="When">When the cause lasted.</param>
/// <param name="By">The excess it tends to, in kelvins.</param>
/// <param name="Within">The time constant, after which 63 % of the change is done.</param>
internal sealed record Warmed(SensorModel Inner, Period When, double By, TimeSpan Within) : SensorModel(Inner.Type)
{
    /// <inheritdoc/>
    public override SensorValue At(ulong seed, DateTimeOffset time)
    {
        var value = Inner.At(seed, time);
        return time >= When.FromUtc && value.Number is { } celsius ? SensorValue.Of(Math.Round(celsius + ExcessAt(time), 1)) : value;
    }

    private double ExcessAt(DateTimeOffset time)
    {
        var end = time < When.UntilUtc ? time : When.UntilUtc;
        return By * (1 - Math.Exp(-(end - When.FromUtc) / Within)) * Math.Exp(-(time - end) / Within);
    }
}
