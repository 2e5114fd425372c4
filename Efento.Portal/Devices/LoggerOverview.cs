using Efento.Portal.Measurements;

namespace Efento.Portal.Devices;

/// <summary>The current state of a logger. Two that say the same are equal: everything in it is compared by value.</summary>
public sealed record LoggerOverview
{
    /// <summary>The key.</summary>
    public required int Id { get; init; }

    /// <summary>The serial number.</summary>
    public required string Serial { get; init; }

    /// <summary>The name of the point it measures at; its serial if it is assigned to none.</summary>
    public required string PointName { get; init; }

    /// <summary>The point it measures at; null if it is assigned to none.</summary>
    public PointOverview? Point { get; init; }

    /// <summary>Whether it is shown.</summary>
    public required LoggerApproval Approval { get; init; }

    /// <summary>Y or N.</summary>
    public required bool Synchronise { get; init; }

    /// <summary>Who set that; null if no user ever did.</summary>
    public SynchroniseSetting? SynchroniseSetting { get; init; }

    /// <summary>When it, or the point it measures at, was retired; null while both are in use.</summary>
    public DateTimeOffset? RetiredUtc { get; init; }

    /// <summary>Whether the logger itself is retired.</summary>
    public bool IsRetired { get; init; }

    /// <summary>Counts changes by people.</summary>
    public int Version { get; init; }

    /// <summary>Whether it is shown on the site's pages.</summary>
    public bool IsShown => Approval is LoggerApproval.Accepted && RetiredUtc is null;

    /// <summary>When its first message came.</summary>
    public required DateTimeOffset FirstSeenUtc { get; init; }

    /// <summary>The report of its newest record; null before the first.</summary>
    public LoggerContactOverview? Contact { get; init; }

    /// <summary>Its last report through each gateway that hears it, the one heard last first; empty if no gateway is known.</summary>
    public ValueList<LoggerContactOverview> Through { get; init; } = [];

    /// <summary>Whether that record was measured ahead of the server's clock. Freshness then counts from its receipt.</summary>
    public bool IsClockAhead { get; init; }

    /// <summary>How many of its last records were set aside because their time can't be right; 0 if the last one was not.</summary>
    public int SetAside { get; init; }

    /// <summary>When it is due, late and silent.</summary>
    public required LoggerFreshness Freshness { get; init; }

    /// <summary>Its series by channel and type.</summary>
    public required ValueList<SeriesOverview> Series { get; init; }

    /// <summary>The alarms that go on at its point.</summary>
    public PointAlert Alert { get; init; }

    /// <summary>Whether limits are set anywhere on the site.</summary>
    public bool AreLimitsSet { get; init; }
}

/// <summary>The measuring point of a logger.</summary>
/// <param name="Id">The key.</param>
/// <param name="Name">Its name.</param>
/// <param name="Place">The remark beside its location, in the users' words.</param>
/// <param name="RetiredUtc">When it was retired; null while it is in use.</param>
/// <param name="Version">Counts changes by people.</param>
public sealed record PointOverview(int Id, string Name, string? Place, DateTimeOffset? RetiredUtc, int Version)
{
    /// <summary>The location it lies in; null if there is none.</summary>
    public LocationEntry? Location { get; init; }

    /// <summary>Where it is, in full: the path of its location, then its place; null if neither is set.</summary>
    public string? Where => (Location, Place) switch
    {
        (null, _) => Place,
        (_, null) => Location.Path,
        _ => $"{Location.Path} · {Place}",
    };
}

/// <summary>Who set Y or N.</summary>
/// <param name="AtUtc">The time.</param>
/// <param name="By">The user who set it.</param>
/// <param name="Reason">The reason.</param>
public sealed record SynchroniseSetting(DateTimeOffset AtUtc, string? By, string? Reason);

/// <summary>What a logger's newest record reports about the logger itself.</summary>
/// <param name="MeasuredAtUtc">When it was measured.</param>
/// <param name="IntervalSeconds">The measurement interval in seconds; null if not reported.</param>
/// <param name="NextMeasurementAtUtc">When the next one was promised; null if not reported.</param>
/// <param name="Signal">Signal strength as sent (dBm, negative); null if not reported.</param>
/// <param name="BatteryLow">Whether the battery is low; null if not reported.</param>
/// <param name="ReceivedAtUtc">When the message was received.</param>
/// <param name="MessageId">The message it came with.</param>
/// <param name="GatewayId">The gateway it was heard through, if known.</param>
/// <param name="GatewayName">The gateway's name.</param>
public sealed record LoggerContactOverview(
    DateTimeOffset MeasuredAtUtc,
    int? IntervalSeconds,
    DateTimeOffset? NextMeasurementAtUtc,
    short? Signal,
    bool? BatteryLow,
    DateTimeOffset ReceivedAtUtc,
    long MessageId,
    int? GatewayId,
    string? GatewayName);

/// <summary>A series with its latest reading.</summary>
/// <param name="Id">The key.</param>
/// <param name="Channel">The logger's channel, 1–255.</param>
/// <param name="Type">What is measured, with its unit.</param>
/// <param name="Latest">The latest reading by the time measured; null before the first.</param>
public sealed record SeriesOverview(int Id, byte Channel, MeasurementType Type, Reading? Latest)
{
    /// <summary>The latest reading with a value if <see cref="Latest"/> has none (a sensor error); otherwise null.</summary>
    public Reading? LastValue { get; init; }

    /// <summary>The limits set for it; null if there are none.</summary>
    public ValueLimits? Limits { get; init; }

    /// <summary>Whether its latest value is outside its limits, for however short a time.</summary>
    public bool IsOutside => Limits is not null && Latest?.Measurement is { } value && Limits.Excludes(value);

    /// <summary>Whether the sensor's latest reading has no value.</summary>
    public bool IsSensorError => Latest is { Measurement: null };

    /// <summary>Whether its latest value reports water or an alarm.</summary>
    public bool IsAlarm => Type.IsAlarm(Latest?.Measurement);
}
