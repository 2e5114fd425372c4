namespace Efento.Portal.Simulation.Scenes;

/// <summary>A site in miniature: gateways, what their loggers measure, and what happened in the time that is told.</summary>
public sealed record Scene
{
    /// <summary>When it begins.</summary>
    public required DateTimeOffset BeginUtc { get; init; }

    /// <summary>The gateways.</summary>
    public required IReadOnlyList<SceneGateway> Gateways { get; init; }

    /// <summary>When somebody decided that a logger need not be synchronised.</summary>
    public required SceneDecision Unsynchronised { get; init; }

    /// <summary>When the portal itself asked gateways to come later, and why.</summary>
    public required (Stretch When, string Reason) Maintenance { get; init; }

    /// <summary>The loggers people know, of all gateways.</summary>
    public IEnumerable<SceneLogger> Named => Gateways.SelectMany(g => g.Loggers).Where(l => l.Name.Length > 0);
}

/// <summary>A gateway of a scene.</summary>
/// <param name="Serial">Its serial.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Loggers">The loggers it hears.</param>
public sealed record SceneGateway(string Serial, string Name, IReadOnlyList<SceneLogger> Loggers)
{
    /// <summary>When it could not reach the portal: it keeps what it hears and sends it afterwards. The default is null: never.</summary>
    public Stretch? Offline { get; init; }

    /// <summary>When its power was cut. The default is null: never.</summary>
    public DateTimeOffset? RestartUtc { get; init; }

    /// <summary>A record that can't be right, and when it is sent. The default is null: none.</summary>
    public (DateTimeOffset AtUtc, LoggerMeasurement Record)? Mistake { get; init; }
}

/// <summary>A logger of a scene.</summary>
/// <param name="Device">The logger.</param>
/// <param name="Name">What people call the point it measures at; empty for one nobody knows yet.</param>
/// <param name="Location">Where that is: the site, what lies in it, and so on.</param>
public sealed record SceneLogger(VirtualLogger Device, string Name, IReadOnlyList<string> Location);

/// <summary>What somebody decided about a logger.</summary>
/// <param name="AtUtc">When.</param>
/// <param name="Serial">The logger.</param>
/// <param name="Reason">Why.</param>
public sealed record SceneDecision(DateTimeOffset AtUtc, string Serial, string Reason);
