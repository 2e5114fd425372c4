namespace Efento.Portal.Simulation.Sensors;

/// <summary>
/// A temperature during which something once went wrong: a door left ajar, cooling that failed. It approaches its excess as bodies warm, and
/// goes back likewise. °C, 0.1.
/// </summary>
/// <param name="Inner">The temperature without that.</param>
/// <param name="When">When the cause lasted.</param>
/// <param name="By">The excess it tends to, in kelvins.</param>
/// <param name="Within">The time constant: after it 63 % of the way is done.</param>
public sealed record Warmed(SensorModel Inner, Stretch When, double By, TimeSpan Within) : SensorModel(Inner.Type)
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
