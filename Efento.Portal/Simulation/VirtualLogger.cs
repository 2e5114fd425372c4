using Efento.Portal.Simulation.Sensors;

namespace Efento.Portal.Simulation;

/// <summary>
/// A simulated logger. It measures at whole multiples of its interval, shifted by its phase. Its values depend only on its seed and the
/// time, so <see cref="MeasureAt"/> can compute again at any time what was sent.
/// </summary>
public sealed class VirtualLogger
{
    private readonly ulong _seed;
    private readonly TimeSpan _phase;
    private readonly LoggerBehaviour _behaviour;
    private readonly bool _isBatteryLow;

    /// <summary>A logger.</summary>
    /// <param name="serial">12 upper-case hex digits.</param>
    /// <param name="kind">What it measures.</param>
    /// <param name="interval">The measurement interval: whole seconds, at least one.</param>
    /// <param name="seed">Decides every value.</param>
    /// <param name="phase">How much later than whole multiples of the interval it measures: whole seconds. The default is zero.</param>
    /// <param name="behaviour">What happens to it. The default is nothing.</param>
    public VirtualLogger(
        string serial, LoggerKind kind, TimeSpan interval, ulong seed, TimeSpan phase = default, LoggerBehaviour? behaviour = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfNotEqual(interval.Ticks % TimeSpan.TicksPerSecond, 0, nameof(interval));
        ArgumentOutOfRangeException.ThrowIfNotEqual(phase.Ticks % TimeSpan.TicksPerSecond, 0, nameof(phase));
        Serial = serial;
        Kind = kind;
        Interval = interval;
        _seed = seed;
        _phase = phase;
        _behaviour = behaviour ?? new LoggerBehaviour();
        _isBatteryLow = DeterministicNoise.Uniform(seed, 0) < 0.05;
    }

    /// <summary>The serial number.</summary>
    public string Serial { get; }

    /// <summary>What it measures.</summary>
    public LoggerKind Kind { get; }

    /// <summary>The measurement interval.</summary>
    public TimeSpan Interval { get; }

    /// <summary>The logger number <paramref name="index"/> of a simulation.</summary>
    /// <param name="seed">The simulation's seed.</param>
    /// <param name="index">From 0; decides serial and values.</param>
    /// <param name="interval">The measurement interval: whole seconds, at least one.</param>
    /// <param name="kind">What it measures. The default comes from <see cref="LoggerKind.Mix"/>, by the index.</param>
    /// <param name="phase">How much later than whole multiples of the interval it measures: whole seconds. The default is zero.</param>
    /// <param name="behaviour">What happens to it. The default is nothing.</param>
    public static VirtualLogger Create(
        ulong seed, int index, TimeSpan interval, LoggerKind? kind = null, TimeSpan phase = default, LoggerBehaviour? behaviour = null) =>
        new(
            SimulatedSerial.OfLogger(seed, index),
            kind ?? LoggerKind.Mix[index % LoggerKind.Mix.Count],
            interval,
            DeterministicNoise.Hash(seed, index),
            phase,
            behaviour);

    /// <summary>The newest instant not after <paramref name="time"/> at which it measures.</summary>
    public DateTimeOffset LastDueAt(DateTimeOffset time) =>
        new(time.UtcTicks - ((time - _phase).UtcTicks % Interval.Ticks), TimeSpan.Zero);

    /// <summary>Whether it measures at <paramref name="time"/>; if not, there is never a measurement of that time.</summary>
    public bool IsOn(DateTimeOffset time) => !_behaviour.IsOff(time);

    /// <summary>What it measures at <paramref name="time"/>.</summary>
    public LoggerMeasurement MeasureAt(DateTimeOffset time)
    {
        var channels = new ChannelValue[Kind.Sensors.Count];
        for (var i = 0; i < channels.Length; i++)
        {
            var sensor = Kind.Sensors[i];
            channels[i] = new ChannelValue(i + 1, sensor.Type, sensor.At(_seed, time));
        }

        return new LoggerMeasurement(Serial, time, Interval, IsBatteryLow(time) ? "low" : "ok", SignalAt(time), channels);
    }

    private bool IsBatteryLow(DateTimeOffset time) => _behaviour.BatteryLowFromUtc is { } low ? time >= low : _isBatteryLow;

    private int SignalAt(DateTimeOffset time)
    {
        var usual = _behaviour.Signal ?? (-66 + (20 * ((2 * DeterministicNoise.Uniform(_seed, 1)) - 1)));
        var now = usual + (6 * DeterministicNoise.Smooth(_seed + 5, time, TimeSpan.FromMinutes(13)));
        return (int)Math.Clamp(Math.Round(now), -100, -32);
    }
}
