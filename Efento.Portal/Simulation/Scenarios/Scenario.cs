namespace Efento.Portal.Simulation.Scenarios;

/// <summary>A small simulated site: gateways, what their loggers measure, and what happened in the past.</summary>
public sealed record Scenario
{
    /// <summary>When it begins.</summary>
    public required DateTimeOffset BeginUtc { get; init; }

    /// <summary>The gateways.</summary>
    public required IReadOnlyList<ScenarioGateway> Gateways { get; init; }

    /// <summary>The decision that a logger need not be synchronised.</summary>
    public required ScenarioDecision Unsynchronised { get; init; }

    /// <summary>The maintenance window, in which the portal asked gateways to come later.</summary>
    public required (Period When, string Reason) Maintenance { get; init; }

    /// <summary>What went wrong, as far as the staff said what they did about it.</summary>
    public required IReadOnlyList<ScenarioIncident> Incidents { get; init; }

    /// <summary>When water reaches the floor of the server room, which is after the past.</summary>
    public required Onset Leak { get; init; }

    /// <summary>The named loggers of all gateways.</summary>
    public IEnumerable<ScenarioLogger> Named => Gateways.SelectMany(g => g.Loggers).Where(l => l.Name.Length > 0);
}

/// <summary>A gateway of a scenario.</summary>
/// <param name="Serial">Its serial.</param>
/// <param name="Name">Its name.</param>
/// <param name="Loggers">The loggers it hears.</param>
public sealed record ScenarioGateway(string Serial, string Name, IReadOnlyList<ScenarioLogger> Loggers)
{
    /// <summary>When it could not reach the portal. It keeps what it hears and sends it afterwards. The default is null: never.</summary>
    public Period? Offline { get; init; }

    /// <summary>When its power was cut. The default is null: never.</summary>
    public DateTimeOffset? RestartUtc { get; init; }

    /// <summary>A record that can't be right, and when it is sent. The default is null: none.</summary>
    public (DateTimeOffset AtUtc, LoggerMeasurement Record)? Mistake { get; init; }
}

/// <summary>A logger of a scenario.</summary>
/// <param name="Device">The logger.</param>
/// <param name="Name">The name of the point it measures at; empty for one that is not named yet.</param>
/// <param name="Location">The path of its location: the site, a location in it, and so on.</param>
public sealed record ScenarioLogger(VirtualLogger Device, string Name, IReadOnlyList<string> Location)
{
    /// <summary>The template of the rules for its point (<c>RuleTemplates</c>). The default is null: none of its own.</summary>
    public string? Template { get; init; }
}

/// <summary>Something that went wrong at a point.</summary>
/// <param name="Kind">What it was.</param>
/// <param name="Serial">The logger.</param>
/// <param name="AnsweredUtc">When the staff acknowledged its alarms.</param>
public sealed record ScenarioIncident(ScenarioIncidentKind Kind, string Serial, DateTimeOffset AnsweredUtc);

/// <summary>What can go wrong.</summary>
public enum ScenarioIncidentKind
{
    /// <summary>The door of a fridge was left ajar.</summary>
    DoorAjar,

    /// <summary>A room became too warm on a hot day.</summary>
    HotDay,

    /// <summary>There was water on a floor.</summary>
    Leak,

    /// <summary>A probe failed.</summary>
    BrokenProbe,

    /// <summary>The battery of a logger was empty.</summary>
    EmptyBattery,
}

/// <summary>A user's decision about a logger.</summary>
/// <param name="AtUtc">The time.</param>
/// <param name="Serial">The logger.</param>
/// <param name="Reason">The reason.</param>
public sealed record ScenarioDecision(DateTimeOffset AtUtc, string Serial, string Reason);
